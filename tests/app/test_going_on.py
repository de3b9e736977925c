"""Whoever was told that something stands still is told when it goes again, and not before."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.app.going_on import GoingOn
from bot.clock import now
from bot.core.why import Why
from bot.errors import NeedsLogin


@dataclass
class Listening:
    """A room that hears once it may."""

    alarms: list[str] = field(default_factory=list)
    may_hear: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.going_on = GoingOn(alarm=self.alarm, clock=now, sleep=self.until_it_may)

    async def alarm(self, text: str) -> None:
        self.alarms.append(text)

    async def until_it_may(self, _seconds: float) -> None:
        await self.may_hear.wait()

    async def hear(self) -> None:
        if not self.may_hear.is_set():
            raise NeedsLogin(Why.telegram_two_listeners())
        self.going_on.health.well("telegram", "hearing")


async def test_a_reply_that_goes_out_does_not_tell_that_customers_are_heard_again() -> None:
    room = Listening()
    stands_still = Why.stands_still(room="Telegram", because=Why.telegram_two_listeners())

    async with room.going_on.side_by_side() as tasks:
        tasks.create_task(room.going_on.keep("Telegram", room.hear, ("telegram", "hearing")))
        while not room.alarms:
            await asyncio.sleep(0)
        room.going_on.health.well("telegram", "replies")
        await asyncio.sleep(0)
        meanwhile = list(room.alarms)
        room.may_hear.set()

    assert meanwhile == [stands_still]
    assert room.alarms == [stands_still, Why.works_again(channel="Telegram")]
