"""Hear what customers say on Telegram, and answer right below their post."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.channels.telegram_client import TelegramClient
from bot.channels.telegram_failures import failure_from, reason_of, seconds
from bot.channels.telegram_intake import ALLOWED, UNREADABLE, Intake
from bot.channels.telegram_listening import TelegramListening
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_place import topic_of, url_of
from bot.channels.telegram_words import CHANNEL
from bot.core.attempt import Sent
from bot.core.why import Why
from bot.errors import NotSent, OutcomeUnknown, Refused, SettingsError

if TYPE_CHECKING:
    import random
    from collections.abc import Awaitable, Callable

    from telegram import Message

    from bot.channels.telegram_intake import Take
    from bot.core.attempt import Attempt
    from bot.core.health import Health
    from bot.core.house import House

READ_TIMEOUT = 5.0  # seconds for an answer
OWN_PATIENCE = 1.0  # seconds to wait for a turn inside a call; who must wait longer comes back for it


class TelegramChannel:
    """A bot account on Telegram. No key, and nothing can be read back: in doubt a person looks."""

    name = CHANNEL
    limit = 4096
    """UTF-16 units of a reply."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        house: House,
        health: Health,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        rng: random.Random,
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        """`api_url` without `/bot`; `health` is told how hearing goes; `clock` gives seconds and never goes back; times are seconds."""
        self._client = TelegramClient(token=token, api_url=api_url, patience=read_timeout)
        self._listening = TelegramListening(self._client, house=house, health=health, sleep=sleep, rng=rng)
        self._pace = Pace(clock)
        self._house = house
        self._health = health
        self._sleep = sleep
        self.intake: Intake | None = None
        """What `telegram_webhook.route` hears with; nothing before Telegram has told us who we are."""

    async def publish(self, attempt: Attempt) -> Sent:
        """Answer below the post; a post that is gone refuses, the reply never floats.

        Raises:
            NotSent, Refused, NeedsLogin, OutcomeUnknown: as `telegram_failures` tells them apart.
        """
        chat, post = _place_of(attempt)
        await self._take_turn(chat, attempt.key)
        try:
            said = await self._send(attempt, chat, post)
        except TelegramError as error:
            if isinstance(error, RetryAfter):
                self._pace.hold(chat, seconds(error.retry_after))
            raise failure_from(error, token=self._client.token) from error
        except UNREADABLE as error:
            raise OutcomeUnknown(Why.telegram_unreadable(fault=type(error).__name__)) from error
        finally:
            self._pace.done(chat, attempt.key)
        return Sent(id=f"{said.chat.id}/{said.message_id}", url=url_of(said))

    async def find(self, attempt: Attempt) -> Sent | None:
        """Bots cannot read what stands in a chat, so nobody can tell: always raises OutcomeUnknown."""
        raise OutcomeUnknown(Why.telegram_look(attempt=attempt.number))

    async def listen(self, take: Take) -> NoReturn:
        """Hear by long polling until cancelled; see `TelegramListening.listen`."""
        await self._listening.listen(take)

    async def open_webhook(self, url: str, secret: str) -> None:
        """Have updates sent to `url` instead, where `intake` reads them.

        Raises:
            SettingsError: Telegram does not take the address or the secret (letters, digits, `_`, `-`).
            NeedsLogin: the token does not fit.
        """
        self.intake = Intake(me=await self._listening.insist(self._client.introduce), house=self._house)
        await self._listening.insist(lambda: self._set_webhook(url, secret))
        self._health.well(CHANNEL, "hearing")

    async def close(self) -> None:
        """Hang up; `listen` must have been cancelled before."""
        await self._client.close()

    async def _take_turn(self, chat: int, key: str) -> None:
        wait = self._pace.wait(chat, key)
        if wait > OWN_PATIENCE:
            raise NotSent(Why.telegram_turn(seconds=f"{wait:.0f}"), retry_after=wait)
        if wait > 0:
            await self._sleep(wait)

    async def _send(self, attempt: Attempt, chat: int, post: int) -> Message:
        return await self._client.bot.send_message(
            chat,
            attempt.text,
            message_thread_id=topic_of(attempt.thread),
            reply_parameters=ReplyParameters(post),  # not "allow_sending_without_reply": this is the look before
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def _set_webhook(self, url: str, secret: str) -> None:
        try:
            await self._client.bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED)
        except BadRequest as error:
            why = reason_of(error, token=self._client.token)
            raise SettingsError(f"Telegram refuses the webhook: {why}") from error


def _place_of(attempt: Attempt) -> tuple[int, int]:
    """Chat and post, as numbers; a replayed post may have any name, and none that Telegram knows."""
    chat, _, post = attempt.post.partition("/")
    try:
        return int(chat), int(post)
    except ValueError as error:
        raise Refused(Why.telegram_foreign_post()) from error
