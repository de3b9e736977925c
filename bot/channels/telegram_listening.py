"""Wait for what customers say on Telegram, through every outage, and let nothing slip."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.channels.telegram_albums import is_album_part
from bot.channels.telegram_failures import failure_from, reason_of
from bot.channels.telegram_intake import UNREADABLE, Intake
from bot.channels.telegram_words import CHANNEL
from bot.core.why import Why
from bot.errors import NeedsLogin, NotSent

if TYPE_CHECKING:
    import random
    from collections.abc import Awaitable, Callable
    from typing import NoReturn, TypeVar

    from bot.channels.telegram_client import TelegramClient
    from bot.channels.telegram_intake import Raw, Take
    from bot.core.health import Health
    from bot.core.house import House

    Answer = TypeVar("Answer")

LONG_POLL = 30  # seconds Telegram holds a question for news
ALBUM_PAUSE = 0.5  # seconds in which the other parts of an album arrive
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between two questions to a Telegram that does not answer
DOUBLINGS = 6

log = logging.getLogger(__name__)


class TelegramListening:
    """Long polling that confirms nothing before it is stored."""

    def __init__(
        self,
        client: TelegramClient,
        *,
        house: House,
        health: Health,
        sleep: Callable[[float], Awaitable[None]],
        rng: random.Random,
    ) -> None:
        """`sleep` takes seconds; `rng` keeps many bots from knocking at the same moment after an outage."""
        self._client = client
        self._house = house
        self._health = health
        self._sleep = sleep
        self._rng = rng

    async def listen(self, take: Take) -> NoReturn:
        """Hand over batch after batch; the next question confirms what `take` has committed.

        It begins without an offset, and again after every empty answer: Telegram then gives whatever is not
        confirmed. A remembered number would be wrong after a quiet week, when Telegram begins at a random one, and
        posts would be confirmed unread. What is delivered twice is for `take` to recognise.

        Raises:
            NeedsLogin: the token does not fit, or somebody else listens with it.
        """
        intake = Intake(me=await self.insist(self._client.introduce), house=self._house)
        await self.insist(self._client.bot.delete_webhook)  # without dropping what waits
        offset: int | None = None
        seconds = 0  # the first question does not wait: people want to know whether we are heard
        while True:
            deliveries = intake.deliveries(await self._batch(offset, seconds))
            if deliveries:
                await take(deliveries)
            self._health.well(CHANNEL, "hearing")
            offset, seconds = (deliveries[-1].id + 1 if deliveries else None), LONG_POLL

    async def insist(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask until Telegram answers; only a key that does not fit ends the asking (NeedsLogin)."""
        tries = 0
        while True:
            try:
                return await call()
            except UNREADABLE as error:
                wait, why = self._patiently(error, tries)
            log.warning("Telegram does not answer, next try in %.0f s: %s", wait, why)
            if tries:  # one lost answer happens every day
                self._health.ill(CHANNEL, "hearing", Why.telegram_silent(said=why))
            await self._sleep(wait)
            tries += 1

    async def _batch(self, offset: int | None, seconds: int) -> list[Raw]:
        raws = await self.insist(lambda: self._client.news(offset=offset, seconds=seconds))
        if raws and is_album_part(raws[-1]):  # more of it may be on its way: look again before anything is confirmed
            await self._sleep(ALBUM_PAUSE)
            raws = await self.insist(lambda: self._client.news(offset=offset, seconds=0)) or raws
        return raws

    def _patiently(self, error: Exception, tries: int) -> tuple[float, str]:
        """Say how long to wait after this error, and why; raises NeedsLogin when waiting does not help."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, DOUBLINGS)) * self._rng.uniform(0.5, 1.0)
        if not isinstance(error, TelegramError):
            return pause, f"the answer cannot be read ({type(error).__name__})"
        failure = failure_from(error, token=self._client.token)
        if isinstance(failure, NeedsLogin):
            raise failure from error
        asked = failure.retry_after if isinstance(failure, NotSent) else 0.0
        return max(asked, pause), reason_of(error, token=self._client.token)
