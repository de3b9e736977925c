"""One place in the queue for each channel: Slack takes about one new post a second, and says when it wants a rest."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from bot.core.why import Why
from bot.errors import NotSent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

BETWEEN_POSTS = 1.1
"""Seconds. https://docs.slack.dev/apis/web-api/rate-limits: `chat.postMessage` about once a second and channel."""
PATIENCE = 3.0
"""Seconds; a longer rest is told to the caller, who comes back later, instead of being slept through."""


class Pacer:
    """Lets one post at a time through to a channel: cards first, news in threads between them."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        """`clock`: seconds that only ever grow, whatever happens to the time of day."""
        self._clock, self._sleep = clock, sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}
        self._news_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for one's turn; raises NotSent when Slack wants a longer rest. A 429 inside sets that rest."""
        async with self._locks[channel]:
            wait = self._free_at.get(channel, 0.0) - self._clock()
            if wait > PATIENCE:
                raise NotSent(Why.slack_slow(), retry_after=wait)
            if wait > 0:
                await self._sleep(wait)
            with self._rests(channel):
                yield
            self._free_at[channel] = self._clock() + BETWEEN_POSTS

    @asynccontextmanager
    async def turn_behind(self, channel: str) -> AsyncIterator[None]:
        """The same for what may wait: it goes only where no card wants to, and no card waits for it afterwards.

        Slack allows a short burst, so a card may follow at once; the next news leave room for two.
        """
        while (wait := self._until_news(channel)) > 0:
            if wait > PATIENCE:
                raise NotSent(Why.slack_slow(), retry_after=wait)
            await self._sleep(wait)
        with self._rests(channel):
            yield
        self._news_at[channel] = self._clock() + 2 * BETWEEN_POSTS

    def _until_news(self, channel: str) -> float:
        if self._locks[channel].locked():
            return BETWEEN_POSTS
        return max(self._free_at.get(channel, 0.0), self._news_at.get(channel, 0.0)) - self._clock()

    @contextmanager
    def _rests(self, channel: str) -> Iterator[None]:
        try:
            yield
        except NotSent as error:
            self._free_at[channel] = self._clock() + error.retry_after
            raise
