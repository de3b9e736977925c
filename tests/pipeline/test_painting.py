"""Every card comes to show what is true, and one that cannot be drawn keeps nobody else's from it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.errors import Refused
from tests.world import PretendCards, World, a_mention

if TYPE_CHECKING:
    import pytest

    from bot.core.question import Question


async def test_a_card_that_breaks_its_drawing_is_logged_without_words_and_drawn_after_the_others(
    world_with_cards: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = world_with_cards
    assert world.cards
    world.cards.fails = [KeyError("steinhart")]

    await world.hears(a_mention("steinhart"), a_mention("Meins auch.", author_id="78"))
    await world.works()

    assert [question.number for question in world.cards.shown] == [2, 1]
    assert "the card of question 1 broke: KeyError" in caplog.text
    assert "steinhart" not in caplog.text


class PretendWallWithAHole(PretendCards):
    """The first question's card never holds."""

    async def show(self, question: Question, place: str | None, *, again: bool) -> str:
        if question.number == 1:
            raise Refused("invalid_blocks")
        return await super().show(question, place, again=again)


async def test_a_card_that_can_never_be_drawn_keeps_no_other_waiting(world_with_cards: World) -> None:
    world = world_with_cards
    world.cards = world.pipeline.approvals = PretendWallWithAHole()
    await world.hears(a_mention())
    painting = asyncio.create_task(world.pipeline.paint())
    while sum(world.waits) < 100:  # by now the pauses between two tries are long
        await asyncio.sleep(0)

    world.waits.clear()
    world.pipeline.hear([a_mention("Meins auch.", author_id="78")])
    await world.jobs.run(world.pipeline)
    while not world.cards.shown:
        await asyncio.sleep(0)

    assert max(world.waits, default=0) < 1  # whenever it was heard, it was looked for within a second
    painting.cancel()
