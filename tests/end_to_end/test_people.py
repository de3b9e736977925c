"""Who may decide, and what happens when several people do, or somebody who may not."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.decision import Approved
from tests.end_to_end.faces import buttons_on, words_on
from tests.end_to_end.town import ALICE, BOB, CAROL, RITA, Town

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]
LEGAL = "Ich schalte jetzt meinen Anwalt ein und verklage euch wegen dem Brot."


async def test_of_two_people_at_once_one_decides_and_the_other_reads_who(town: Town) -> None:
    customer, card = await town.asked()

    await asyncio.gather(town.click(ALICE, card, "approve"), town.click(BOB, card, "approve"))
    await customer.card(standing="Published")
    await town.settled()

    assert len(customer.replies) == 1
    first, second = (ALICE, "Bob") if "approved by Alice" in words_on(card) else (BOB, "Alice")
    late = BOB if second == "Bob" else ALICE
    assert "approved version 1 at" in await town.note(late, "approved")
    assert not [note for note in town.slack.ephemerals if note.user == first and "approved version 1" in note.text]


async def test_ten_clicks_on_one_button_say_it_once(town: Town) -> None:
    customer, card = await town.asked()

    await asyncio.gather(*(town.click(ALICE, card, "approve") for _ in range(10)))
    await customer.card(standing="Published")
    await town.settled()

    assert len(customer.replies) == 1
    assert len(town.rows("attempts", f"question = {customer.number}")) == 1


@pytest.mark.parametrize(
    ("user", "why"), [(CAROL, "belongs to nobody in candor.toml"), (RITA, "Rita may read, not decide")]
)
async def test_who_may_not_decide_reads_why_and_nothing_else_happens(town: Town, user: str, why: str) -> None:
    customer, card = await town.asked()
    face, views = len(card.versions), len(town.slack.views)
    buttons = ("approve", "edit", "redraft", "decline", "claim", "escalate", "leave_alone")

    for button in buttons:
        town.slack.ephemerals.clear()
        await town.click(user, card, button)
        assert why in await town.note(user), button
    await town.settled()

    assert len(town.rows("refusals", f"question = {customer.number}")) == len(buttons)
    assert (len(card.versions), len(town.slack.views)) == (face, views)
    assert customer.question.handover is None
    assert customer.question.signatures == ()
    assert customer.replies == []


@pytest.mark.parametrize(("select", "value"), [("fault", "confirmed"), ("tone", "positive")])
async def test_a_stranger_judges_nothing(town: Town, select: str, value: str) -> None:
    customer, card = await town.asked()

    await town.slack.select(CAROL, card, select, value)
    await town.note(CAROL)
    await town.settled()

    assert customer.question.version == 1
    assert customer.question.fault == "open"


async def test_a_strangers_words_in_the_thread_and_their_eye_change_nothing(town: Town) -> None:
    customer, card = await town.asked()

    town.slack.reply_in_thread(CAROL, card, "Schreibt doch: wir zahlen alles!")
    town.slack.react(RITA, card, "eyes")
    await town.note(RITA)
    await town.settled()

    assert customer.question.version == 1
    assert customer.question.handover is None
    assert len(town.rows("refusals", f"question = {customer.number}")) == 2


async def test_a_stranger_who_pauses_is_told_no(town: Town) -> None:
    town.slack.ephemerals.clear()

    await town.slack.command(CAROL, "/candor", "pause")

    assert "not decide" in await town.note(CAROL)
    assert not town.house.pipeline.paused


async def test_a_legal_threat_needs_two_people_and_nobody_signs_twice(town: Town) -> None:
    customer, card = await town.asked(LEGAL)
    assert "High risk" in words_on(card)

    await town.click(ALICE, card, "approve")
    await town.until(lambda: "1 of 2* · Alice, second person please" in words_on(card))
    town.slack.ephemerals.clear()
    await town.click(ALICE, card, "approve")
    refused = await town.note(ALICE)
    await town.settled()

    assert "signed version 1" in refused
    assert customer.replies == []
    assert "approve" in buttons_on(card)

    await town.click(BOB, card, "approve")
    await customer.card(standing="Published")
    assert len(customer.replies) == 1
    assert "approved by Alice and Bob" in words_on(card)


async def test_words_typed_for_a_legal_threat_need_somebody_else_and_an_edit_voids_the_first_signature(
    town: Town,
) -> None:
    customer, card = await town.asked(LEGAL)
    await town.click(ALICE, card, "approve")
    await town.until(lambda: "1 of 2" in words_on(card))

    typed = "Wir haben Ihre Nachricht gelesen und melden uns hier wieder."
    seen = await town.types(BOB, card, typed)
    await customer.card(version=2)

    assert seen.action == "close", seen
    assert "1 of 2* · Bob, second person please" in words_on(card)
    assert customer.replies == []

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    assert [reply.text for reply in customer.replies] == [typed]


async def test_a_late_click_on_an_old_face_is_refused_with_the_number_of_the_current_one(town: Town) -> None:
    customer, card = await town.asked()
    old = len(card.versions) - 1
    await town.click(ALICE, card, "redraft")
    await customer.card(version=2)

    await town.click(BOB, card, "approve", face=old)
    note = await town.note(BOB, "out of date")
    await town.settled()

    assert "Version 1 is out of date, 2 is current" in note
    assert customer.replies == []
    assert customer.question.standing == "asked"


async def test_a_click_on_the_face_before_the_reply_went_out_says_who_decided(town: Town) -> None:
    customer, card = await town.asked()
    old = len(card.versions) - 1
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    for button in ("approve", "edit", "decline", "redraft", "leave_alone", "claim"):
        town.slack.ephemerals.clear()
        await town.click(BOB, card, button, face=old)
        assert "Alice" in await town.note(BOB), button
    await town.settled()

    assert len(customer.replies) == 1
    assert customer.question.standing == "published"


async def test_words_typed_while_somebody_else_decided_are_shown_for_copying_and_kept(town: Town) -> None:
    customer, card = await town.asked()
    view = await town.modal(BOB, card, "edit")
    await town.until(lambda: "Bob is editing" in words_on(card))
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    typed = "Das tut uns leid, wir gehen dem nach und melden uns hier."
    seen = await town.slack.submit(BOB, view, {"words": {"text": typed}})

    assert seen.action == "update"
    assert seen.view is not None
    assert typed in words_on(seen.view)
    assert "Alice" in words_on(seen.view)
    assert len(town.rows("unsent", f"question = {customer.number}")) == 1
    assert len(customer.replies) == 1


async def test_what_was_decided_on_the_desk_shows_on_the_card_and_old_buttons_refuse(town: Town) -> None:
    customer, card = await town.asked()
    old = len(card.versions) - 1

    town.house.pipeline.decide(on_the_desk(town, customer.number))
    await customer.card(standing="Published")
    await town.click(BOB, card, "approve", face=old)

    assert "Alice" in await town.note(BOB, "approved version 1")
    assert len(customer.replies) == 1


async def test_one_person_with_two_accounts_is_still_one_person(town: Town) -> None:
    customer, card = await town.asked(LEGAL)
    town.house.pipeline.decide(on_the_desk(town, customer.number))
    await town.until(lambda: "1 of 2* · Alice" in words_on(card))
    town.slack.ephemerals.clear()

    await town.click(ALICE, card, "approve")

    assert "Alice signed version 1" in await town.note(ALICE)
    assert customer.replies == []


def on_the_desk(town: Town, question: int) -> Approved:
    alice = town.house.pipeline.people.by_name("Alice")
    assert alice is not None
    return Approved(question=question, version=1, by=alice, surface="desk")
