"""The line to Slack goes dumb, or the channel goes away: each time in a town of its own, since nothing heals it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.faces import words_on
from tests.end_to_end.town import ALICE, RULES, Town, a_town

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.counterpart


async def test_a_line_that_went_dumb_is_noticed(fresh_town: Town) -> None:
    customer, card = await fresh_town.asked()

    await fresh_town.slack.drop_sockets(silent=True)
    await fresh_town.until(lambda: len(fresh_town.slack.sockets.every) == 4, 30)
    await fresh_town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert len(customer.replies) == 1


async def test_an_archived_channel_sends_cards_to_the_fall_back_and_says_so_once(fresh_town: Town) -> None:
    first, _ = await fresh_town.asked()
    fresh_town.slack.archive("C0CANDOR")

    second, new = await fresh_town.asked()
    await fresh_town.click(ALICE, new, "approve")
    await second.card(standing="Published")
    third, _ = await fresh_town.asked()
    first.says("Und die Brezeln auch.", to_us=False)
    moved = await first.card(version=2)

    assert (new.channel, moved.channel) == ("C0FALLBACK", "C0FALLBACK")
    assert len(second.replies) == 1
    alarms = [post.text for post in fresh_town.slack.cards("C0FALLBACK") if "Cards come here now" in post.text]
    assert len(alarms) == 1
    assert "archived" in alarms[0]
    assert third.cards
    assert "steinhart" in words_on(moved)


async def test_the_bot_taken_out_of_the_channel_loses_no_question(fresh_town: Town) -> None:
    fresh_town.slack.remove_bot("C0CANDOR")

    customer, card = await fresh_town.asked()

    assert card.channel == "C0FALLBACK"
    assert customer.question.standing == "asked"


async def test_without_a_fall_back_a_deleted_card_comes_again_where_it_hung(tmp_path: Path) -> None:
    async with a_town(tmp_path, rules=RULES.replace('fallback_channel = "C0FALLBACK"', "")) as town:
        customer, card = await town.asked()
        town.slack.delete_card(card)
        await town.click(ALICE, card, "approve")
        new = await customer.card(standing="Published")

        assert new.channel == "C0CANDOR"
        assert customer.cards == [new]
        assert len(customer.replies) == 1
