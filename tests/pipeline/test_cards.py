"""A card is hung once, shows what is true, and is found again after a crash."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import NeedsLogin, NotSent, OutcomeUnknown
from bot.pipeline.painting import LONGEST_WAIT
from tests.world import ALICE, MORNING, PretendCards, World, a_mention

if TYPE_CHECKING:
    from pathlib import Path


class Over(BaseException):
    """The house closes."""


async def test_a_card_is_hung_once_and_drawn_again_where_it_hangs(world_with_cards: World) -> None:
    world = world_with_cards
    number = await world.hears(a_mention())
    await world.approves(number)

    assert world.cards
    assert world.cards.posted == 1
    assert [card.standing for card in world.cards.shown][-1] == "published"
    assert world.pipeline.question_at("C1/1") == number
    assert world.pipeline.question_at("C1/2") is None


async def test_a_card_whose_answer_was_lost_is_not_hung_twice(world_with_cards: World) -> None:
    world = world_with_cards
    assert world.cards
    world.cards.lose_answer = True
    await world.hears(a_mention())
    await world.works()

    assert world.cards.posted == 1
    assert world.rows("stale_cards") == []


async def test_a_wall_that_asks_for_patience_is_given_it(world_with_cards: World) -> None:
    world = world_with_cards
    assert world.cards
    world.cards.fails = [NotSent("429", retry_after=7)]
    await world.hears(a_mention())
    await world.works()

    assert 7 in world.waits
    assert [card.number for card in world.cards.shown] == [1]


async def test_a_card_of_a_question_that_is_not_there_is_forgotten(world_with_cards: World) -> None:
    world = world_with_cards
    with world.history.together() as rows:
        rows.repaint(99)

    assert await world.pipeline.paint_next() is True
    assert await world.pipeline.paint_next() is None


async def test_without_a_wall_nothing_is_drawn(world: World) -> None:
    await world.hears(a_mention())

    assert await world.pipeline.paint_next() is None
    await world.pipeline.paint()
    await world.pipeline.nudge()
    await world.pipeline.alarm("nobody hears this")
    assert world.waits == []


async def test_questions_from_before_there_was_a_wall_get_their_cards(tmp_path: Path) -> None:
    before = World(tmp_path)
    number = await before.hears(a_mention())
    before.history.close()
    world = World(tmp_path, cards=True)
    assert world.cards

    await _painted(world, pauses=3)

    assert list(world.cards.places) == [number]
    world.history.close()


@pytest.mark.parametrize("failure", [NeedsLogin("token revoked"), OutcomeUnknown("timed out")])
async def test_while_no_card_can_be_drawn_the_pauses_grow_and_end_at_half_a_minute(
    world_with_cards: World, failure: Exception
) -> None:
    world = world_with_cards
    assert world.cards
    world.pipeline.hear([a_mention()])
    world.cards.fails = [failure] * 9

    begun = world.now
    await _painted(world, pauses=1600)

    assert world.cards.fails == []
    assert [card.number for card in world.cards.shown] == [1]
    assert timedelta(seconds=2 * LONGEST_WAIT) < world.now - begun < timedelta(seconds=9 * LONGEST_WAIT)


async def _painted(world: World, *, pauses: int) -> None:
    """Let the painter work until it has paused so often."""

    async def sleep(seconds: float) -> None:
        await world._sleep(seconds)
        if len(world.waits) >= pauses:
            raise Over

    world.pipeline.sleep = sleep
    with pytest.raises(Over):
        await world.pipeline.paint()


class PretendDeafWall(PretendCards):
    """A wall whose messages reach nobody."""

    async def alarm(self, text: str) -> None:
        raise NeedsLogin("token revoked")

    async def tell(self, person: str, text: str) -> None:
        raise OutcomeUnknown("timed out")


async def test_a_reminder_that_reaches_nobody_is_logged_without_words_and_the_house_goes_on(
    world_with_cards: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = world_with_cards
    world.pipeline.approvals = PretendDeafWall()
    number = await world.hears(a_mention("steinhart"))
    await world.hears(a_mention("Meine Brezel war auch steinhart.", author_id="78"))  # nobody claimed that one
    world.pipeline.hand_over(number, "claim", by=ALICE, surface="slack")
    for share in (0.6, 1.1):
        world.now = MORNING + share * (world.question(number).due_at - MORNING)
        await world.pipeline.nudge()

    assert "a reminder did not reach anybody: timed out" in caplog.text
    assert "an alarm did not reach anybody: token revoked" in caplog.text
    assert "steinhart" not in caplog.text
