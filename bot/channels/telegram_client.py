"""The line to Telegram: one for questions and replies, one for the long wait for news."""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING
from urllib.parse import urlencode

# Waiting times as timedelta, as the library's next major version has them; today's default warns on every 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram_aim import Me
from bot.channels.telegram_intake import ALLOWED, number_of

if TYPE_CHECKING:
    from bot.channels.telegram_intake import Raw

CONNECTIONS = 16


class TelegramClient:
    """The library's bot, and updates as raw JSON."""

    def __init__(self, *, token: str, api_url: str, patience: float) -> None:
        """`api_url` without `/bot`; `patience` is how many seconds an answer may take."""
        _hush_libraries()
        self.token = token
        self._patience = patience
        self._asking = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=patience)
        self._polling = HTTPXRequest(connection_pool_size=1, read_timeout=patience)
        self.bot = ExtBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            request=self._asking,
            get_updates_request=self._polling,
            # 30 a second over all chats; the pace of one chat is `telegram_pace`. It never tries again by itself.
            rate_limiter=AIORateLimiter(max_retries=0, group_max_rate=0),
        )

    async def introduce(self) -> Me:
        """Ask Telegram who we are; raises TelegramError."""
        user = await self.bot.get_me()
        return Me(id=user.id, username=user.username or "", reads_all=bool(user.can_read_all_group_messages))

    async def news(self, *, offset: int | None, seconds: int) -> list[Raw]:
        """Wait up to `seconds` for updates, confirming all below `offset`; raises TelegramError, KeyError and the like.

        `Bot.get_updates` would read the whole batch, and fail on all of it when one update is broken, so the
        library's own request is used one step earlier: it names the errors and leaves the JSON alone.
        """
        asked = {"timeout": seconds, "allowed_updates": json.dumps(ALLOWED)} | ({"offset": offset} if offset else {})
        found = await self._polling.post(
            f"{self.bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=seconds + self._patience
        )
        if not isinstance(found, list):
            raise TelegramError("updates did not come as a list")
        numbered = [raw for raw in found if number_of(raw) is not None]
        if found and not numbered:
            raise TelegramError("no update had a number")
        return numbered

    async def close(self) -> None:
        """Hang up."""
        await self._asking.shutdown()
        await self._polling.shutdown()


def _hush_libraries() -> None:
    """Keep the token and customers' words out of every log, however talkative the log is set.

    httpx writes each address, and the token stands in it; the library writes whole updates, and on a broken answer
    its text. Nothing is lost: every failure reaches us as an exception.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
