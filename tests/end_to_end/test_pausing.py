"""One word in Slack stops all sending; what was approved waits, is looked at again, and then goes out once."""

from __future__ import annotations

import pytest

from tests.end_to_end.faces import buttons_on, words_on
from tests.end_to_end.town import ALICE, BOB, Town

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]


async def test_nothing_leaves_while_paused_and_everything_once_after(town: Town) -> None:
    customer, card = await town.asked()
    await town.slack.command(BOB, "/candor", "pause")
    assert "nothing leaves the house" in await town.note(BOB)
    await town.until(lambda: any("Bob paused all sending" in post.text for post in town.slack.posts()))

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Held")
    town.time_passes(minutes=5)
    await town.sweeps()
    assert customer.replies == []
    assert "approved by Alice" in words_on(card)
    assert buttons_on(card) == set()

    await town.slack.command(ALICE, "/candor", "resume")
    await town.note(ALICE, "Sending goes on")
    town.time_passes(seconds=10)
    await town.sweeps()
    await customer.card(standing="Published")
    await town.sweeps()
    assert len(customer.replies) == 1


async def test_a_reply_held_for_another_reason_does_not_slip_out_during_a_pause(town: Town) -> None:
    customer, card = await town.asked()
    town.telegram.fault_next("sendMessage", status=429, retry_after=1)
    await town.click(ALICE, card, "approve")
    await town.until(lambda: town.rows("attempts", f"question = {customer.number}"))

    await town.slack.command(BOB, "/candor", "pause")
    await customer.card(standing="Held")
    town.time_passes(minutes=5)
    await town.sweeps()
    sent = len(customer.replies)
    await town.slack.command(BOB, "/candor", "resume")
    await town.until(lambda: not town.house.pipeline.paused)
    town.time_passes(minutes=5)
    await town.sweeps()
    await customer.card(standing="Published")

    assert sent == 0
    assert len(customer.replies) == 1


async def test_who_waits_is_listed_most_urgent_first_for_the_asker_alone(town: Town) -> None:
    customer, _ = await town.asked()
    town.slack.ephemerals.clear()

    await town.slack.command(ALICE, "/candor", "open", channel="C0GENERAL")

    note = await town.note(ALICE)
    assert customer.handle in note
    assert "waits for a decision" in note
