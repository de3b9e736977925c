"""One parent card per question: versions, feedback and results stand in its thread, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.town import ALICE, BOB, Town

if TYPE_CHECKING:
    from typing import Any

    from tests.counterparts.slack_workspace import Message

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]


def below(town: Town, card: Message) -> list[str]:
    """What the bot said in the thread of a card."""
    return [post.text for post in town.slack.thread(card) if post.by_bot]


async def test_a_day_of_one_question_can_be_read_in_its_thread(town: Town) -> None:
    customer, card = await town.asked()
    town.slack.reply_in_thread(BOB, card, "Bitte <kürzer> & *netter*.")
    await customer.card(version=2)
    await town.settled()
    customer.says("Und die Brezeln auch.", to_us=False)
    await customer.card(version=3)
    await town.settled()
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    await town.settled()

    wished, again, published = below(town, card)
    assert wished.startswith("*Version 2* · from the template")
    assert wished.endswith("Bob asked for other words · “Bitte &lt;kürzer&gt; &amp; ∗netter∗.”")
    assert again.endswith("the customer wrote again")
    assert published.startswith("*Published* · version 3, approved by Alice · <http")
    assert customer.cards == [card]


async def test_a_first_version_makes_no_noise(town: Town) -> None:
    _, card = await town.asked()
    await town.settled()

    assert below(town, card) == []


@pytest.mark.parametrize(
    "how", [{"cut": "after"}, {"cut": "before"}, {"status": 500, "after": True}, {"status": 503}, {"retry_after": 1}]
)
async def test_a_post_whose_call_went_wrong_stands_exactly_once(town: Town, how: dict[str, Any]) -> None:
    customer, card = await town.asked()
    await town.settled()
    town.slack.fault_next("chat.postMessage", **how)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    await town.settled()

    assert [text.split("*")[1] for text in below(town, card)] == ["Published"]


async def test_a_doubt_and_its_end_are_told_and_so_is_who_left_a_question_alone(town: Town) -> None:
    customer, card = await town.asked()
    town.telegram.cut_after("sendMessage")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Unknown")
    await town.settled()
    await town.click(BOB, card, "there")
    await customer.card(standing="Published")
    await town.settled()
    _, other = await town.asked("Gewinne jetzt 1000 Euro!")
    view = await town.modal(BOB, other, "leave_alone")
    await town.slack.submit(BOB, view, {"kind": {"kind": "spam"}})
    await town.until(lambda: other.text.startswith("Left alone"))
    await town.settled()

    assert [text[:24] for text in below(town, card)] == ["*Did version 1 arrive?* ", "*Published* · version 1,"]
    assert below(town, other) == ["*Left alone* by Bob (spam)"]


async def test_news_of_a_deleted_card_follow_it_to_where_it_hangs_now(town: Town) -> None:
    customer, card = await town.asked()
    await town.settled()
    town.slack.delete_card(card)
    customer.says("Und die Brezeln auch.", to_us=False)
    new = await customer.card(version=2)
    await town.settled()

    assert new.channel == "C0FALLBACK"
    assert below(town, card) == []
    assert [text.rpartition(" · ")[2] for text in below(town, new)] == ["the customer wrote again"]
