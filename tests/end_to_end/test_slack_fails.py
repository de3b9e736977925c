"""Slack slows us down, loses answers, cuts lines or takes cards away: one card each, and it shows what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.town import ALICE, BOB, Town

if TYPE_CHECKING:
    from typing import Any

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize(
    "how", [{"cut": "after"}, {"cut": "before"}, {"status": 500, "after": True}, {"status": 503}, {"retry_after": 1}]
)
async def test_a_card_whose_call_went_wrong_hangs_exactly_once(town: Town, how: dict[str, Any]) -> None:
    await town.settled()  # news of an earlier question must not meet the fault instead
    customer = town.customer()
    town.slack.fault_next("chat.postMessage", **how)

    customer.says("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert len([post for post in town.slack.posts() if f" {customer.handle}:" in post.text]) == 1
    assert len(customer.replies) == 1


@pytest.mark.parametrize("how", [{"cut": "after"}, {"cut": "before"}, {"status": 500}, {"retry_after": 1}])
async def test_an_update_that_went_wrong_is_drawn_again(town: Town, how: dict[str, Any]) -> None:
    customer, card = await town.asked()
    town.slack.fault_next("chat.update", times=2, **how)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert customer.cards == [card]
    assert len(customer.replies) == 1


async def test_a_deleted_card_comes_again_in_the_fall_back_channel(town: Town) -> None:
    customer, card = await town.asked()
    town.slack.delete_card(card)

    customer.says("Und die Brezeln auch.", to_us=False)
    new = await customer.card(version=2)
    await town.click(BOB, new, "approve")
    await customer.card(standing="Published")

    assert new.channel == "C0FALLBACK"
    assert customer.cards == [new]
    assert len(customer.replies) == 1


async def test_a_note_that_cannot_be_shown_stops_nothing(town: Town) -> None:
    customer, card = await town.asked()
    town.slack.fault_next("chat.postEphemeral", error="user_not_in_channel")

    town.slack.reply_in_thread(ALICE, card, "Bitte kürzer.")
    await customer.card(version=2)

    assert customer.question.standing == "asked"


async def test_an_event_that_comes_twice_redrafts_once(town: Town) -> None:
    customer, card = await town.asked()

    town.slack.reply_in_thread(ALICE, card, "Bitte kürzer.")
    await customer.card(version=2)
    envelope = next(sent for sent in reversed(town.slack.sent) if sent.kind == "events_api")
    again = type(envelope)(kind=envelope.kind, payload=envelope.payload)
    await town.slack.delivery.send(again)
    await town.settled()

    assert customer.question.version == 2


@pytest.mark.parametrize("how", ["frame", "cut"])
async def test_a_click_after_the_line_broke_decides(town: Town, how: str) -> None:
    customer, card = await town.asked()
    before = len(town.slack.sockets.every)

    await (town.slack.disconnect_frame() if how == "frame" else town.slack.drop_sockets())
    await town.until(lambda: len(town.slack.sockets.every) == before + 2 and len(town.slack.sockets.open) == 2)
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert len(customer.replies) == 1
