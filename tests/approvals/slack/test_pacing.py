"""Posts come at Slack's pace, whatever the time of day does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.approvals.slack.pacing import BETWEEN_POSTS, Pacer
from bot.errors import NotSent
from tests.approvals.slack.samples import NOW, a_question

if TYPE_CHECKING:
    from tests.approvals.slack.conftest import Team


@dataclass
class PretendStopwatch:
    """Seconds since it was started; only sleeping moves it."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 1))
        self.seconds += seconds
        await asyncio.sleep(0)


@pytest.fixture
def watch() -> PretendStopwatch:
    return PretendStopwatch()


@pytest.fixture
def pacer(watch: PretendStopwatch) -> Pacer:
    return Pacer(watch.read, watch.sleep)


async def test_each_channel_has_its_own_pace(pacer: Pacer, watch: PretendStopwatch) -> None:
    for channel in ("A", "A", "B", "A"):
        async with pacer.turn(channel):
            pass

    assert watch.slept == [1.1, 1.1]


async def test_news_leave_room_for_the_cards_between_them(pacer: Pacer, watch: PretendStopwatch) -> None:
    for _ in range(3):
        async with pacer.turn_behind("A"):
            pass

    assert watch.slept == [2.2, 2.2]


async def test_news_stand_back_while_a_card_is_on_its_way(pacer: Pacer, watch: PretendStopwatch) -> None:
    order: list[str] = []

    async def tell() -> None:
        async with pacer.turn_behind("A"):
            order.append("news")

    async with pacer.turn("A"):
        telling = asyncio.create_task(tell())
        await asyncio.sleep(0)
        order.append("card")
    await telling

    assert order == ["card", "news"]
    assert watch.seconds >= BETWEEN_POSTS


async def test_a_rest_that_slack_wants_holds_for_news_and_cards_alike(pacer: Pacer) -> None:
    with pytest.raises(NotSent):
        async with pacer.turn_behind("A"):
            raise NotSent("429", retry_after=30)
    with pytest.raises(NotSent) as card:
        async with pacer.turn("A"):
            pass
    with pytest.raises(NotSent) as news:
        async with pacer.turn_behind("A"):
            pass

    assert (card.value.retry_after, news.value.retry_after) == (30, 30)


@pytest.mark.counterpart
async def test_a_clock_that_is_set_back_keeps_no_card_waiting(team: Team) -> None:
    """Pacing reads a stop-watch, not the time of day."""
    await team.room.show(a_question(), None, again=False)
    team.time.at = NOW.replace(year=2020)

    await team.room.show(a_question(number=13), None, again=False)

    assert [round(seconds, 1) for seconds in team.time.slept] == [1.1]
    assert len(team.slack.cards()) == 2
