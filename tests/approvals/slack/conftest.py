"""A strict Slack, a house that remembers what it was told, and the real room between them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.slack.room import SlackRoom
from bot.core.health import Health
from bot.core.overview import Overview
from tests.approvals.slack.samples import HOUSE, NOW
from tests.counterparts.slack_server import SlackServer
from tests.pretend_decisions import PretendDecisions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.core.house import House
    from bot.core.person import Person
    from bot.core.question import Question
    from tests.counterparts.slack_workspace import Message


@dataclass
class PretendTime:
    """A clock that moves on only when somebody sleeps."""

    at: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """What it shows."""
        return self.at

    def ticks(self) -> float:
        """Seconds that only ever grow."""
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        """No waiting."""
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(kw_only=True)
class Team:
    """Everything a test needs to play a day in Slack."""

    slack: SlackServer
    house: House = HOUSE
    fallback: str | None = "C0FALLBACK"
    time: PretendTime = field(default_factory=PretendTime)
    places: dict[str, int] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    seen: Overview = field(default_factory=lambda: Overview(open=0))
    """The house at a glance."""
    asked_by: list[Person] = field(default_factory=list)
    """Who looked at it."""
    decisions: PretendDecisions = field(init=False)
    health: Health = field(init=False)
    room: SlackRoom = field(init=False)

    def __post_init__(self) -> None:
        """Open the room; it does not listen yet."""
        self.decisions = PretendDecisions(house=self.house, clock=self.time.now)
        self.health = Health(clock=self.time.now)
        self.room = self.another_room()

    def another_room(self, **changes: Any) -> SlackRoom:
        """A room of the same team, with something different."""
        known: dict[str, Any] = {
            "bot_token": self.slack.bot_token,
            "app_token": self.slack.app_token,
            "signing_secret": None,
            "api_url": self.slack.api_url,
            "channel": "C0CANDOR",
            "fallback_channel": self.fallback,
            "house": self.house,
            "decisions": self.decisions,
            "clock": self.time.now,
            "find": self.places.get,
            "seen": self.is_new,
            "limit_of": lambda _: 4096,
            "overview": self.overview,
            "health": self.health,
            "sleep": self.time.sleep,
            "ticks": self.time.ticks,
        }
        return SlackRoom(**(known | changes))

    def overview(self, person: Person) -> Overview:
        """What this person sees."""
        self.asked_by.append(person)
        return self.seen

    def is_new(self, key: str) -> bool:
        """Remember an id."""
        new = key not in self.known
        self.known.add(key)
        return new

    async def hangs(self, question: Question) -> Message:
        """Put a question on the table and its card on the wall."""
        self.decisions.holds(question)
        place = await self.room.show(question, None, again=False)
        self.places[place] = question.number
        return self.slack.cards()[-1]

    async def note(self, user: str = "U01ALICE") -> str:
        """Wait for a private note, and read it."""
        return await self.slack.until(lambda: next((e.text for e in self.slack.ephemerals if e.user == user), ""))

    async def soon(self, condition: Callable[[], object]) -> None:
        """Wait until the bot has done something."""
        await self.slack.until(condition)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """The room listens, over two sockets."""
        listening = asyncio.create_task(self.room.run())
        try:
            await self.slack.until(lambda: len(self.slack.sockets.open) == 2)
            yield
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A strict Slack of its own for each test."""
    async with SlackServer.running() as server:
        yield server


@pytest.fixture
async def team(slack: SlackServer) -> Team:
    """A team with two people who decide, not listening yet."""
    return Team(slack=slack)
