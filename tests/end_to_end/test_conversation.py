"""A customer goes on talking, a colleague answers by hand: the card follows, and old buttons refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.faces import buttons_on, words_on
from tests.end_to_end.town import ALICE, BOB, Town

if TYPE_CHECKING:
    from tests.counterparts.telegram_chats import Person

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]


async def test_a_second_post_joins_the_same_card_and_the_reply_goes_to_the_newest(town: Town) -> None:
    customer, card = await town.asked("Mein Brot war heute steinhart.")
    old = len(card.versions) - 1
    newest = customer.says("Und die Brezeln waren auch alt.", to_us=False)
    await customer.card(version=2)

    await town.click(ALICE, card, "approve", face=old)
    assert "out of date" in await town.note(ALICE, "Version 1")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert customer.cards == [card]
    assert "steinhart" in words_on(card)
    assert "Brezeln" in words_on(card)
    assert [reply.reply_to for reply in customer.replies] == [newest]


async def test_an_edited_post_is_answered_as_it_reads_now(town: Town) -> None:
    customer = town.customer()
    post = customer.says("Mein Brot war heute gut.")
    card = await customer.card(version=1)
    old = len(card.versions) - 1

    town.telegram.edits(post, "@candor_bot Mein Brot war heute steinhart!")
    await customer.card(version=2)
    await town.click(ALICE, card, "approve", face=old)
    note = await town.note(ALICE, "out of date")
    await town.settled()

    assert "Version 1 is out of date, 2 is current" in note
    assert "edited by the customer" in words_on(card)
    assert "steinhart" in words_on(card)
    assert customer.replies == []
    assert customer.cards == [card]


async def test_the_same_update_twice_is_one_question(town: Town) -> None:
    customer, card = await town.asked()
    again = town.rows("raw")[-1]["body"]
    town.telegram.mailbox.updates.insert(0, json.loads(again))
    town.telegram.says(customer.group, town.telegram.add_person("Zoe"), "Ach ja.")
    await town.until(lambda: not town.telegram.mailbox.updates)
    await town.settled()

    assert customer.cards == [card]
    assert customer.question.version == 1
    assert len(customer.question.posts) == 1


async def test_a_customer_who_answers_our_reply_reopens_the_card_with_our_words_in_view(town: Town) -> None:
    customer, card = await town.asked()
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    ours = customer.replies[0]

    answer = customer.says("Und wann genau meldet ihr euch?", to_us=False, reply_to=ours)
    await customer.card(version=2)

    assert customer.cards == [card]
    assert "came back to us" in words_on(card)
    assert "What we said before" in words_on(card)
    assert ours.text in words_on(card)
    assert "We promised" in words_on(card)

    await town.click(BOB, card, "approve")
    await town.until(lambda: len(customer.replies) == 2)
    await customer.card(standing="Published")
    assert customer.replies[1].reply_to is answer


async def test_a_post_after_the_decision_stops_the_reply_and_nothing_is_sent_unread(town: Town) -> None:
    customer, card = await town.asked()
    town.house.pipeline.pause(by="Alice")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Held")
    newest = customer.says("Hat sich erledigt, danke!", to_us=False)
    await town.until(lambda: not town.telegram.mailbox.updates)
    await town.settled()

    town.house.pipeline.resume(by="Alice")
    town.time_passes(seconds=10)
    await town.sweeps()
    await customer.card(version=2)

    assert customer.replies == []
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    assert [reply.reply_to for reply in customer.replies] == [newest]


async def test_a_colleagues_own_answer_makes_the_draft_stale_and_stands_on_the_card(town: Town) -> None:
    customer = town.customer()
    post = customer.says("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    old = len(card.versions) - 1
    alice = _alice(town)

    town.telegram.says(customer.group, alice, "Tut mir leid, ich schaue gleich nach!", reply_to=post)
    await customer.card(version=2)
    await town.click(BOB, card, "approve", face=old)
    note = await town.note(BOB, "out of date")
    await town.settled()

    assert "Version 1 is out of date" in note
    assert "A colleague answered:* Tut mir leid, ich schaue gleich nach!" in words_on(card)
    assert customer.replies == []


async def test_a_colleague_who_answers_after_the_decision_stops_the_reply(town: Town) -> None:
    customer = town.customer()
    post = customer.says("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    town.house.pipeline.pause(by="Alice")
    await town.click(BOB, card, "approve")
    await customer.card(standing="Held")

    town.telegram.says(customer.group, _alice(town), "Tut mir leid, ich schaue gleich nach!", reply_to=post)
    await town.until(lambda: not town.telegram.mailbox.updates)
    await town.settled()
    town.house.pipeline.resume(by="Alice")
    town.time_passes(seconds=10)
    await town.sweeps()
    await customer.card(version=2)

    assert customer.replies == []
    assert customer.question.open
    assert "approve" in buttons_on(card)


@pytest.mark.parametrize(
    ("kind", "words"), [("photo", "with picture"), ("voice", "with voice note"), ("sticker", "with sticker")]
)
async def test_what_has_no_words_is_a_post_too(town: Town, kind: str, words: str) -> None:
    customer = town.customer()

    town.telegram.says(town.telegram.add_private(customer.person), customer.person, attached=kind)
    card = await customer.card()
    await town.settled()

    assert words in words_on(card)
    assert "no words" in words_on(card)
    assert customer.question.open


async def test_an_album_is_one_question_on_one_card(town: Town) -> None:
    customer = town.customer()

    town.telegram.posts_album(customer.group, customer.person, 3, "@candor_bot So sah mein Brot heute aus, steinhart!")
    await customer.card()
    await town.settled()

    assert len(customer.cards) == 1
    assert "steinhart" in words_on(customer.cards[0])
    assert customer.question.standing == "asked"


async def test_a_reply_in_a_forum_stays_in_its_topic(town: Town) -> None:
    customer = town.customer(town.telegram.add_group("Krume Forum", forum=True))
    topic = town.telegram.add_topic(customer.group, "Reklamationen")
    post = customer.says("Mein Brot war heute steinhart.", thread=topic)
    card = await customer.card(version=1)

    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert [(reply.reply_to, reply.thread) for reply in customer.replies] == [(post, topic)]


async def test_a_picture_with_words_shows_both(town: Town) -> None:
    customer = town.customer()

    customer.says("So sah mein Brot heute aus!", attached="photo")
    card = await customer.card(version=1)

    assert "with picture" in words_on(card)
    assert "So sah mein Brot heute aus!" in words_on(card)


async def test_a_private_letter_is_answered_privately(town: Town) -> None:
    customer = town.customer()

    post = customer.writes_privately("Mein Brot war heute steinhart.")
    card = await customer.card(version=1)
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")

    assert "writes to us privately" in words_on(card)
    assert [reply.reply_to for reply in customer.replies] == [post]


async def test_a_post_that_only_names_the_brand_is_asked_about_as_such(town: Town) -> None:
    customer = town.customer()

    customer.says("Bei Krume war das Brot heute steinhart.", to_us=False)
    card = await customer.card(version=1)

    assert "names us on Telegram" in words_on(card)


async def test_two_people_in_one_thread_are_two_questions(town: Town) -> None:
    kim = town.customer()
    tom = town.customer(kim.group)
    kim.says("Mein Brot war heute steinhart.")
    tom.says("Meins auch!")
    cards = [await kim.card(version=1), await tom.card(version=1)]

    await town.click(ALICE, cards[1], "approve")
    await tom.card(standing="Published")
    await town.settled()

    assert cards[0] is not cards[1]
    assert len(tom.replies) == 1
    assert kim.replies == []
    assert kim.question.standing == "asked"


def _alice(town: Town) -> Person:
    known = [person for person in town.telegram.people.values() if person.username == "alice_at_work"]
    return known[0] if known else town.telegram.add_person("Alice", "alice_at_work")
