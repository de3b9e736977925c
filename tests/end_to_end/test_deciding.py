"""From a customer's post to the reply below it: what people in Slack decide is what happens, once."""

from __future__ import annotations

import pytest

from tests.end_to_end.faces import buttons_on, chosen_on, links_on, version_on, words_on
from tests.end_to_end.town import ALICE, BOB, Town

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]


async def test_an_approved_draft_stands_once_below_the_right_post(town: Town) -> None:
    customer = town.customer()
    town.telegram.says(customer.group, town.telegram.add_person("Zoe", "zoe"), "Schönes Wetter heute.")
    post = customer.says("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    draft = customer.question.draft
    assert draft is not None
    assert draft.words.text in words_on(card)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    await town.settled()

    assert [(reply.text, reply.reply_to) for reply in customer.replies] == [(draft.words.text, post)]
    assert links_on(card)["open the reply"].startswith(f"{customer.replies[0].link}?")
    assert "approved by Alice" in words_on(card)
    assert buttons_on(card) == set()
    assert customer.cards == [card]


async def test_words_that_a_colleague_typed_go_out_exactly_as_typed(town: Town) -> None:
    customer, card = await town.asked()
    typed = "Das tut uns leid & wird geprüft -> wir melden uns hier. 🥖"

    seen = await town.types(BOB, card, typed)
    assert seen.action == "close", seen
    await customer.card(standing="Published")

    assert [reply.text for reply in customer.replies] == [typed]
    assert "approved by Bob" in words_on(card)
    assert "typed by Bob" in words_on(card)


async def test_money_that_nobody_confirmed_is_refused_at_the_field_and_nothing_typed_is_lost(town: Town) -> None:
    customer, card = await town.asked()
    typed = "Das tut uns leid. Wir erstatten Ihnen 50 Euro."
    view = await town.modal(ALICE, card, "edit")

    seen = await town.slack.submit(ALICE, view, {"words": {"text": typed}})

    assert seen.action == "errors"
    assert set(seen.errors) == {"words"}
    assert "50 Euro" in seen.errors["words"]
    assert view.is_open
    assert view.typed["words"]["text"]["value"] == typed
    assert customer.replies == []
    assert customer.question.standing == "asked"


async def test_a_number_goes_out_only_with_a_written_reason_bound_to_exactly_these_words(town: Town) -> None:
    customer, card = await town.asked()
    view = await town.modal(ALICE, card, "edit")
    typed = "Das tut uns leid. Unser Laden ist heute bis 18:30 Uhr offen, kommen Sie gern vorbei."

    first = await town.slack.submit(ALICE, view, {"words": {"text": typed}})
    other = typed.replace("18:30", "19:30")
    changed = await town.slack.submit(
        ALICE, view, {"words": {"text": other}, "override": {"text": "Steht so an der Tür."}}
    )
    again = await town.slack.submit(
        ALICE, view, {"words": {"text": other}, "override": {"text": "Steht so an der Tür."}}
    )
    await customer.card(standing="Published")

    assert (first.action, changed.action, again.action) == ("update", "update", "close")
    assert [reply.text for reply in customer.replies] == [other]
    signed = customer.question.ruling
    assert signed is not None
    assert signed.reason == "Steht so an der Tür."


async def test_a_declined_draft_is_replaced_by_another_and_the_customer_still_waits(town: Town) -> None:
    customer, card = await town.asked()
    first = words_on(card)
    view = await town.modal(ALICE, card, "decline")

    seen = await town.slack.submit(ALICE, view, {"kind": {"kind": "too_vague"}, "reason": {"text": "Zu allgemein."}})
    await customer.card(version=2)

    assert seen.action == "close"
    assert words_on(card) != first
    assert "approve" in buttons_on(card)
    assert customer.replies == []


async def test_a_question_left_alone_ends_with_name_kind_and_reason(town: Town) -> None:
    customer, card = await town.asked()
    view = await town.modal(BOB, card, "leave_alone")

    unsaid = await town.slack.submit(BOB, view, {"kind": {"kind": "other"}})
    seen = await town.slack.submit(
        BOB, view, {"kind": {"kind": "settled_elsewhere"}, "reason": {"text": "Am Telefon geklärt."}}
    )
    await customer.card(standing="Left alone")

    assert (unsaid.action, seen.action) == ("errors", "close")
    assert "Left alone* by Bob (settled elsewhere): “Am Telefon geklärt.”" in words_on(card)
    assert buttons_on(card) == set()
    assert customer.replies == []


async def test_redraft_brings_other_words_at_once(town: Town) -> None:
    customer, card = await town.asked()
    first = customer.question.draft

    await town.click(ALICE, card, "redraft")
    await customer.card(version=2)

    second = customer.question.draft
    assert first is not None
    assert second is not None
    assert first.words.text != second.words.text
    assert second.words.text in words_on(card)


@pytest.mark.parametrize(("select", "value"), [("fault", "confirmed"), ("tone", "positive")])
async def test_another_fault_or_tone_makes_the_draft_stale_and_drafts_anew(town: Town, select: str, value: str) -> None:
    customer, card = await town.asked()
    first = customer.question.draft
    assert first is not None

    await town.slack.select(ALICE, card, select, value)
    await customer.card(version=2)

    second = customer.question.draft
    assert second is not None
    assert second.words.template != first.words.template
    assert chosen_on(card, select) == value


async def test_a_typed_ok_in_the_thread_approves_nothing_and_asks_for_other_words(town: Town) -> None:
    customer, card = await town.asked()

    town.slack.reply_in_thread(ALICE, card, "ok")
    await customer.card(version=2)
    await town.settled()

    assert customer.replies == []
    assert customer.question.standing == "asked"
    assert "Nothing was approved" in await town.note(ALICE, "new draft")


async def test_claiming_and_escalating_leave_the_question_open_for_others(town: Town) -> None:
    customer, card = await town.asked()

    await town.click(ALICE, card, "claim")
    await town.until(lambda: "claimed by Alice" in words_on(card))
    await town.click(ALICE, card, "escalate")
    await town.until(lambda: "escalated by Alice to Bob" in words_on(card))
    await town.click(BOB, card, "approve")
    await customer.card(standing="Published")

    assert len(customer.replies) == 1


async def test_an_eye_below_the_card_claims_it_and_no_other_sign_decides_anything(town: Town) -> None:
    customer, card = await town.asked()

    town.slack.react(ALICE, card, "white_check_mark")
    town.slack.react(ALICE, card, "+1")
    town.slack.react(BOB, card, "eyes")
    await town.until(lambda: "claimed by Bob" in words_on(card))
    await town.settled()

    assert customer.question.standing == "asked"
    assert version_on(card) == 1
    assert customer.replies == []
