"""Every card comes to show what is true, and one that cannot be drawn keeps nobody else's from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import World, a_mention

if TYPE_CHECKING:
    import pytest


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
