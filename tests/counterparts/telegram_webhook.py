"""Carries updates to the bot's webhook, again and again until it answers 2xx."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout

if TYPE_CHECKING:
    from tests.counterparts.telegram_chats import Json
    from tests.counterparts.telegram_mailbox import Mailbox, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 1.0


class Courier:
    """One update at a time, in order. Telegram's pauses last minutes; these are shortened for tests."""

    def __init__(self, mailbox: Mailbox) -> None:
        """`patience`: seconds until an answer counts as missing; `repeats`: deliveries to make twice although taken."""
        self.mailbox = mailbox
        self.patience = 5.0
        self.repeats = 0
        self._pause = FIRST_PAUSE

    async def run(self) -> None:
        """Work until cancelled."""
        async with ClientSession(timeout=ClientTimeout(total=None)) as session:
            while True:
                webhook, update = await self.mailbox.next_for_webhook()
                await self._settle(webhook, update, await self._deliver(session, webhook, update))

    async def _deliver(self, session: ClientSession, webhook: Webhook, update: Json) -> str | None:
        """What went wrong, or nothing."""
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        call = session.post(webhook.url, json=update, headers=headers, allow_redirects=False)
        try:
            async with asyncio.timeout(self.patience), call as answer:
                taken = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
                return None if taken else f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except ClientError as error:
            return f"Connection failed: {type(error).__name__}"

    async def _settle(self, webhook: Webhook, update: Json, problem: str | None) -> None:
        if problem:
            webhook.last_error_date, webhook.last_error_message = int(time.time()), problem
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            return
        self._pause = FIRST_PAUSE
        if self.repeats:
            self.repeats -= 1
        else:
            self.mailbox.forget(update)
