"""The real channel, its world in the test's hands."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.channels.telegram import TelegramChannel
from bot.core.attempt import Attempt
from bot.core.health import Health
from tests.channels.telegram_posts import HOUSE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.core.mention import Delivery, Mention, Overheard
    from tests.counterparts.telegram_chats import Post

SOON = 5.0  # seconds after which a test gives up


@dataclass
class PretendClock:
    """Time that passes only when somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class PretendMemory:
    """Keeps deliveries, each number once; may fail instead."""

    kept: dict[int, Delivery] = field(default_factory=dict)
    calls: int = 0
    fails: list[Exception] = field(default_factory=list)
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        self.calls += 1
        if self.fails:
            raise self.fails.pop(0)
        for delivery in deliveries:
            self.kept.setdefault(delivery.id, delivery)
        self.grown.set()

    @property
    def heard(self) -> list[Mention | Overheard]:
        return [delivery.heard for delivery in self.kept.values() if delivery.heard]

    async def has(self, number: int) -> None:
        """Wait until so many deliveries are kept."""
        async with asyncio.timeout(SOON):
            while len(self.kept) < number:
                self.grown.clear()
                await self.grown.wait()


async def until(holds: Callable[[], object]) -> None:
    """Wait for what another task brings about, looking again and again; a test that waits in vain fails."""
    async with asyncio.timeout(SOON):
        while not holds():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def a_channel(
    url: str, token: str, clock: PretendClock | None = None, **changes: Any
) -> AsyncIterator[TelegramChannel]:
    """Connect a channel, and hang up at the end."""
    clock = clock or PretendClock()
    health = Health(clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    world: dict[str, Any] = {
        "house": HOUSE, "health": health, "clock": clock, "sleep": clock.sleep, "rng": random.Random(7),
    }  # fmt: skip
    channel = TelegramChannel(token=token, api_url=url, **(world | changes))
    try:
        yield channel
    finally:
        await channel.close()


@asynccontextmanager
async def listening(channel: TelegramChannel, memory: PretendMemory) -> AsyncIterator[asyncio.Task[None]]:
    """Let the channel listen in the background until the block ends."""
    task = asyncio.create_task(channel.listen(memory.take))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


def a_reply(question: Post, text: str = "Thank you for telling us.", **changes: Any) -> Attempt:
    """Try to answer a post."""
    chat = str(question.chat.id)
    known: dict[str, Any] = {
        "number": 1,
        "question": 1,
        "version": 1,
        "channel": "telegram",
        "thread": chat,
        "post": f"{chat}/{question.id}",
        "text": text,
        "key": "1:1",
    }
    return Attempt(**(known | changes))
