"""What every store of history promises."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError

from bot.core.attempt import Sent
from bot.core.draft import Version, Words
from bot.core.finding import Finding
from bot.core.mention import Delivery
from bot.core.tone import Tone
from bot.core.why import Told, Why
from bot.errors import AlreadyDecided, AlreadySigned, HistoryError
from bot.history.schema import JOURNEY
from tests.world import a_mention

if TYPE_CHECKING:
    from bot.history.store import History
    from tests.history.conftest import Clock

TONE = Tone(lang="de", polarity="negative", confidence=0.8, flags=frozenset({"complaint"}), certain=True)


def a_version(question: int, mention: int, clock: Clock, **changes: object) -> Version:
    words = Words(text="Danke, wir sehen nach.", drafter="template", lang="de")
    made = {
        "question": question, "version": 1, "covers": mention, "words": words, "fault": "open", "needs": 1, "tone": TONE,
        "due_at": clock() + timedelta(hours=4),
    }  # fmt: skip
    return Version(**(made | changes))  # type: ignore[arg-type]


def a_drafted_question(history: History, clock: Clock) -> int:
    with history.together() as rows:
        mention = rows.hear(a_mention())
        assert mention
        question = rows.all("select question from mentions where number = ?", mention)[0]["question"]
        rows.keep_version(a_version(question, mention, clock))
    return int(question)


def test_what_happens_together_is_kept_together_or_not_at_all(history: History) -> None:
    with pytest.raises(RuntimeError), history.together() as rows:
        rows.hear(a_mention())
        raise RuntimeError

    with history.reading() as rows:
        assert rows.open_count() == 0


def test_a_draft_version_is_kept_once_whoever_comes_second(history: History, clock: Clock) -> None:
    question = a_drafted_question(history, clock)
    with history.together() as rows:
        assert not rows.keep_version(
            a_version(question, 1, clock, words=Words(text="Anders", drafter="llm", lang="de"))
        )

    with history.reading() as rows:
        found = rows.question(question)
    assert found
    assert found.draft
    assert found.draft.words.text == "Danke, wir sehen nach."


def test_one_decision_per_version(history: History, clock: Clock) -> None:
    question = a_drafted_question(history, clock)
    with history.together() as rows:
        rows.rule(question, 1, "approved", by=["Alice"], surface="slack")

    with pytest.raises(AlreadyDecided), history.together() as rows:
        rows.rule(question, 1, "declined", by=["Bob"], surface="desk")


def test_one_signature_per_person_and_version(history: History, clock: Clock) -> None:
    question = a_drafted_question(history, clock)
    with history.together() as rows:
        rows.sign(question, 1, "Alice", surface="slack")

    with pytest.raises(AlreadySigned, match="Alice signed version 1"), history.together() as rows:
        rows.sign(question, 1, "Alice", surface="desk")


def test_a_signature_is_bound_to_the_text_that_was_shown(history: History, clock: Clock) -> None:
    question = a_drafted_question(history, clock)
    with history.together() as rows:
        rows.sign(question, 1, "Alice", surface="slack")
        signature = rows.all("select commitment from signatures")[0]
        draft = rows.all("select commitment from drafts")[0]

    assert signature["commitment"] == draft["commitment"]


def test_findings_come_back_as_they_were_found(history: History, clock: Clock) -> None:
    finding = Finding(
        item="H6", severity="stop", start=3, end=9, why="no fact says 50 Euro", hint="leave it out", liftable=False,
        why_de="50 Euro hat niemand bestätigt", hint_de="weglassen",
    )  # fmt: skip
    with history.together() as rows:
        rows.hear(a_mention())
        rows.keep_version(a_version(1, 1, clock, findings=[finding]))

    with history.reading() as rows:
        found = rows.question(1)
    assert found
    assert found.draft
    assert found.draft.findings == (finding,)


def test_nobody_rewrites_the_journey(history: History, clock: Clock) -> None:
    question = a_drafted_question(history, clock)
    with history.together() as rows:
        rows.rule(question, 1, "approved", by=["Alice"], surface="slack")

    for statement in ("update decisions set kind = 'declined'", "delete from decisions", "delete from drafts"):
        with pytest.raises(HistoryError, match="insert-only"), history.together() as rows:
            rows.db.execute(statement)


def test_every_table_of_the_journey_is_guarded(history: History) -> None:
    with history.reading() as rows:
        guards = {row["name"] for row in rows.all("select name from sqlite_master where type = 'trigger'")}

    assert {f"{table}_no_{verb}" for table in JOURNEY for verb in ("update", "delete")} <= guards


def test_no_word_and_no_name_of_a_customer_stands_in_the_journey(history: History, clock: Clock) -> None:
    secret = a_mention("Geheimes Brot", author="@kim_secret", author_id="4711007", id="-100/998877", thread="-100555")
    with history.together() as rows:
        mention = rows.hear(secret)
        assert mention
        rows.keep_version(
            a_version(1, mention, clock, words=Words(text="Liebe kim_secret, Geheimes", drafter="llm", lang="de"))
        )
        rows.rule(1, 1, "approved", by=["Alice"], surface="slack", reason="wegen kim_secret")
        found = rows.next_attempt(1, 1)
        assert found
        rows.keep_reply(found[0], Sent(id="-100/998878"), outbox=False)
        kept = str([list(rows.db.query(f"select * from {table}")) for table in JOURNEY])

    for word in ("Geheimes", "kim_secret", "4711007", "998877", "998878", "-100555"):
        assert word not in kept


def test_a_text_can_be_found_by_its_words_whatever_the_accents(history: History) -> None:
    with history.together() as rows:
        rows.hear(a_mention("Die Brötchen waren gestern köstlich"))
        rows.hear(a_mention("Wann öffnet ihr?", author_id="2"))

    with history.reading() as rows:
        assert [hit.number for hit in rows.search("brotchen")] == [1]
        assert [hit.number for hit in rows.search("öffnet")] == [2]


def test_a_search_for_odd_signs_finds_nothing_and_breaks_nothing(history: History) -> None:
    with history.reading() as rows:
        for words in ('"', "a OR", "(", "text:", "*", "", "x NEAR(", "'; drop table words; --"):
            assert rows.search(words) == []


def test_raw_deliveries_are_kept_once_and_forgotten_after_their_time(history: History, clock: Clock) -> None:
    with history.together() as rows:
        assert len(rows.keep_raw([Delivery(channel="telegram", id=n, body="{}") for n in (1, 2, 2)])) == 2
    clock.passes(days=8)
    with history.together() as rows:
        rows.forget_raw(timedelta(days=7))

    with history.reading() as rows:
        assert [row["id"] for row in rows.all("select id from raw")] == [2]


def test_a_delivery_id_is_known_until_its_time_is_over(history: History, clock: Clock) -> None:
    with history.together() as rows:
        assert [rows.first_seen("Ev1"), rows.first_seen("Ev1")] == [True, False]
    clock.passes(days=8)

    with history.together() as rows:
        rows.forget_raw(timedelta(days=7))
        assert rows.all("select id from seen") == []


def test_open_questions_come_by_due_time_and_page_by_page(history: History, clock: Clock) -> None:
    with history.together() as rows:
        for person in range(5):
            mention = rows.hear(a_mention(author_id=str(person)))
            assert mention
            rows.keep_version(a_version(person + 1, mention, clock, due_at=clock() + timedelta(hours=5 - person)))

    with history.reading() as rows:
        first = rows.open_numbers(after=None, limit=3, channel=None, standing=None)
        rest = rows.open_numbers(after=first[-1][0], limit=3, channel=None, standing=None)
        assert [number for _, number in first + rest] == [5, 4, 3, 2, 1]
        assert rows.open_count(channel="telegram") == 5
        assert rows.open_count(channel="bluesky") == 0


def test_the_list_of_open_questions_is_what_the_journey_says(history: History, clock: Clock) -> None:
    for _ in range(3):
        a_drafted_question(history, clock)
    with history.together() as rows:
        rows.rule(1, 1, "left_alone", by=["Alice"], surface="desk", why="spam")
        rows.end(1, 1, "left_alone", 1)
        listed = {row["question"] for row in rows.all("select question from waiting")}
        told = {question.number for question in rows.questions([1, 2, 3]) if question.open}

    assert listed == told


def test_a_card_that_changed_while_it_was_drawn_stays_on_the_list(history: History) -> None:
    with history.together() as rows:
        rows.hear(a_mention())
        rows.repaint(1)
        stale = rows.next_stale()
        assert stale
        rows.repaint(1)
        rows.keep_card(stale, "slack", "C1/1", 1)
        again = rows.next_stale()

    assert again
    assert (again.place, again.begun) == ("C1/1", False)


def test_a_card_whose_call_was_never_answered_is_looked_for(history: History) -> None:
    with history.together() as rows:
        rows.hear(a_mention())
        rows.repaint(1)
        rows.begin_card(1, "slack")
        stale = rows.next_stale()

    assert stale
    assert (stale.place, stale.begun) == (None, True)


def test_decided_and_troubled_cards_are_drawn_first(history: History) -> None:
    with history.together() as rows:
        for person in range(3):
            rows.hear(a_mention(author_id=str(person)))
            rows.repaint(person + 1)
        rows.repaint(3, first=True)
        stale = rows.next_stale()

    assert stale
    assert stale.question == 3


def test_what_is_read_cannot_be_written(history: History) -> None:
    with history.reading() as rows:
        rows.hear(a_mention())

    with history.reading() as rows:
        assert rows.open_count() == 0


def test_two_writers_at_once_wait_for_each_other(history: History) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def hears(person: int) -> None:
        with history.together() as rows:
            rows.hear(a_mention(author_id=str(person)))

    with ThreadPoolExecutor(8) as people:
        list(people.map(hears, range(40)))

    with history.reading() as rows:
        assert rows.open_count() == 40


def test_a_failure_of_the_database_is_told_as_ours(history: History) -> None:
    with pytest.raises(HistoryError), history.together() as rows:
        rows.db.execute("select * from nowhere")
    assert not issubclass(HistoryError, (sqlite3.Error, DBAPIError))


def test_why_nothing_was_drafted_is_kept_by_name_and_read_as_a_sentence(history: History, clock: Clock) -> None:
    with history.together() as rows:
        rows.hear(a_mention())
        rows.set_aside(1, 1, Why.drafting_broke(fault="ValueError"))

    with history.reading() as rows:
        kept = rows.all("select why from asides")[0]["why"]
        found = rows.question(1)
    assert kept == '{"why": "drafting_broke", "fault": "ValueError"}'
    assert found
    assert isinstance(found.note, Told)
    assert (found.note, found.note.why) == ("Drafting broke (ValueError): please write.", Why.drafting_broke)


def test_sentences_that_were_kept_before_reasons_had_names_are_still_read(history: History, clock: Clock) -> None:
    with history.together() as rows:
        rows.hear(a_mention())
        rows.set_aside(1, 1, "Drafting broke (ValueError): please write.")

    with history.reading() as rows:
        found = rows.question(1)
    assert found
    assert found.note == "Drafting broke (ValueError): please write."
