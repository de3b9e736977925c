"""Telegram slows us down, loses answers, or refuses: never twice, never silently lost, in doubt a person is asked."""

from __future__ import annotations

import pytest

from tests.end_to_end.faces import buttons_on, words_on
from tests.end_to_end.town import ALICE, BOB, CAROL, Town

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]
LOST = ["cut after", "HTML after", "broken JSON after", "another server error after"]


def lose(town: Town, how: str) -> None:
    """The next reply is stored, and we do not learn of it."""
    match how:
        case "cut after":
            town.telegram.cut_after("sendMessage")
        case "HTML after":
            town.telegram.fault_next("sendMessage", status=502, html=True, after=True)
        case "broken JSON after":
            town.telegram.fault_next("sendMessage", status=200, body='{"ok": true, "res', after=True)
        case _:
            town.telegram.fault_next("sendMessage", status=500, description="Internal Server Error", after=True)


@pytest.mark.parametrize("how", LOST)
async def test_a_reply_whose_answer_was_lost_is_never_sent_again_by_itself(town: Town, how: str) -> None:
    customer, card = await town.asked()
    lose(town, how)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Unknown")
    for _ in range(3):
        town.time_passes(minutes=10)
        await town.sweeps()

    assert len(customer.replies) == 1
    assert "Did our reply arrive?" in words_on(card)
    assert buttons_on(card) == {"there", "not_there"}


async def test_a_person_who_saw_the_reply_ends_the_doubt(town: Town) -> None:
    customer, card = await town.asked()
    lose(town, "cut after")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Unknown")

    await town.click(CAROL, card, "there")
    assert "not decide" in await town.note(CAROL)
    assert customer.question.standing == "unknown"
    await town.click(BOB, card, "there")
    await customer.card(standing="Published")
    await town.sweeps()

    assert len(customer.replies) == 1
    assert buttons_on(card) == set()


async def test_a_person_who_saw_no_reply_lets_it_be_sent_once_more(town: Town) -> None:
    customer, card = await town.asked()
    town.telegram.cut_before("sendMessage")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Unknown")
    assert customer.replies == []
    old = len(card.versions) - 1

    await town.click(BOB, card, "not_there")
    await customer.card(standing="Published")
    await town.click(ALICE, card, "not_there", face=old)
    await town.note(ALICE)
    await town.settled()

    assert len(customer.replies) == 1


async def test_a_customer_who_answers_the_reply_that_nobody_was_sure_of_is_heard(town: Town) -> None:
    customer, card = await town.asked()
    lose(town, "cut after")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Unknown")

    customer.says("Danke, dass ihr das prüft!", to_us=False, reply_to=customer.replies[0])
    await town.until(lambda: "Danke, dass ihr das prüft!" in words_on(card))
    await town.settled()

    assert customer.cards == [card]
    assert len(customer.replies) == 1


async def test_a_customer_who_writes_on_during_the_doubt_gets_one_answer_to_each(town: Town) -> None:
    customer, card = await town.asked()
    lose(town, "cut after")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Unknown")

    second = customer.says("Hallo? Ist da jemand?", to_us=False)
    await town.until(lambda: "Ist da jemand?" in words_on(card))
    await town.settled()
    assert "so version 1 (approved by Alice) perhaps stands there" in words_on(card)
    await town.click(BOB, card, "there")
    await customer.card(standing="Draft")
    await town.click(BOB, card, "approve")
    await customer.card(standing="Published")

    assert len(customer.replies) == 2
    assert customer.replies[1].reply_to is second


async def test_a_telegram_that_asks_for_patience_gets_it_and_the_reply_once(town: Town) -> None:
    customer, card = await town.asked()
    town.telegram.fault_next("sendMessage", status=429, retry_after=1)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert len(customer.replies) == 1
    assert [row["kind"] for row in _outcomes(town, customer.number)] == ["not_sent", "sent"]


async def test_a_long_patience_is_shown_on_the_card_and_over_when_it_is_over(town: Town) -> None:
    customer, card = await town.asked()
    town.telegram.fault_next("sendMessage", status=429, retry_after=40)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Held")
    assert "slow down" in words_on(card)
    await town.sweeps()
    assert customer.replies == []
    # The channel keeps its own watch, which no test can set: other chats speak meanwhile.
    other, other_card = await town.asked()
    await town.click(ALICE, other_card, "approve")
    await other.card(standing="Published")

    assert customer.replies == []
    assert len(other.replies) == 1


async def test_a_post_that_is_gone_is_not_answered_into_the_air(town: Town) -> None:
    customer = town.customer()
    post = customer.says("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    town.telegram.deletes(post)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Failed")
    await town.sweeps()

    assert town.telegram.sent == [] or town.telegram.sent[-1].chat is not customer.group
    assert "the customer's post is gone." in words_on(card)
    assert "approve" not in buttons_on(card)
    assert {"edit", "more"} <= buttons_on(card)
    view = await town.modal(BOB, card, "leave_alone")
    await town.slack.submit(BOB, view, {"kind": {"kind": "settled_elsewhere"}})
    await customer.card(standing="Left alone")


async def test_a_group_that_threw_the_bot_out_refuses_for_good(town: Town) -> None:
    customer, card = await town.asked()
    town.telegram.bot_becomes(customer.group, "kicked")

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Failed")

    assert customer.replies == []
    assert "refused the reply for good" in words_on(card)


async def test_a_group_that_became_a_supergroup_is_said_so(town: Town) -> None:
    customer = town.customer(town.telegram.add_group("Klein", kind="group"))
    customer.says("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    town.telegram.upgrades(customer.group)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Failed")

    assert customer.replies == []
    assert "somebody should write there by hand" in words_on(card)


async def test_hearing_goes_on_after_every_kind_of_broken_answer(town: Town) -> None:
    town.telegram.fault_next("getUpdates", status=502, html=True)
    town.telegram.cut_before("getUpdates")
    customer = town.customer()

    customer.says("Mein Brot war heute steinhart.")
    await customer.card(version=1)

    assert len(customer.question.posts) == 1


def _outcomes(town: Town, question: int) -> list[dict[str, object]]:
    return town.rows("outcomes", f"attempt in (select number from attempts where question = {question})")
