"""One place in the queue for each channel: Slack takes about one new post a second, and says when it wants a rest."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import NotSent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

BETWEEN_POSTS = timedelta(seconds=1.1)
"""https://docs.slack.dev/apis/web-api/rate-limits: `chat.postMessage` about once a second and channel."""
PATIENCE = timedelta(seconds=3)
"""A longer rest is told to the caller, who comes back later, instead of being slept through."""


class Pacer:
    """Lets one post at a time through to a channel."""

    def __init__(self, clock: Callable[[], datetime], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock, self._sleep = clock, sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, datetime] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for one's turn; raises NotSent when Slack wants a longer rest. A 429 inside sets that rest."""
        async with self._locks[channel]:
            wait = self._free_at.get(channel, self._clock()) - self._clock()
            if wait > PATIENCE:
                raise NotSent("Slack asked us to wait", retry_after=wait.total_seconds())
            if wait > timedelta():
                await self._sleep(wait.total_seconds())
            try:
                yield
            except NotSent as error:
                self._free_at[channel] = self._clock() + timedelta(seconds=error.retry_after)
                raise
            self._free_at[channel] = self._clock() + BETWEEN_POSTS
