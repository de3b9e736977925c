"""Keep replies in a table instead of saying them: for replayed posts and rehearsals."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.core.attempt import Sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.attempt import Attempt


class Outbox:
    """A channel that ends in our own house; the same key is never kept twice."""

    name = "outbox"
    limit = 4096

    def __init__(self, keep: Callable[[Attempt], int], seek: Callable[[str], int | None]) -> None:
        """`keep` stores an attempt and gives its number; `seek` gives the number of a key that is stored."""
        self._keep = keep
        self._seek = seek

    async def publish(self, attempt: Attempt) -> Sent:
        """Keep the reply, or find the one that was kept under its key."""
        return await self.find(attempt) or _sent(await asyncio.to_thread(self._keep, attempt))

    async def find(self, attempt: Attempt) -> Sent | None:
        """Look whether the reply is there."""
        number = await asyncio.to_thread(self._seek, attempt.key)
        return None if number is None else _sent(number)


def _sent(number: int) -> Sent:
    return Sent(id=f"outbox/{number}")
