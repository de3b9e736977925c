"""What a question tells about itself, whoever shows it."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from bot.core.draft import Draft, Words
from bot.core.finding import Finding
from bot.core.question import OPEN, Post, Question, Reply, Signature, Standing
from bot.core.tone import Tone
from tests.world import MORNING, a_mention

STOP = Finding(item="H6", severity="stop", start=0, end=3, why="no fact says so", hint="leave it out")
WARNING = Finding(item="H11", severity="warn", start=0, end=3, why="du and Sie", hint="one of them")
SIGNED = (Signature(person="Alice", at=MORNING, surface="desk", reason="It is written on the door."),)


def a_question(**changes: Any) -> Question:
    posts = (
        Post(number=3, mention=a_mention("Hart."), heard_at=MORNING),
        Post(number=5, mention=a_mention("Und kalt."), heard_at=MORNING),
    )
    known: dict[str, Any] = {
        "number": 7,
        "standing": "asked",
        "opened_at": MORNING,
        "due_at": MORNING,
        "posts": posts,
        "version": 2,
    }
    return Question(**(known | changes))


def a_draft(text: str = "Danke.", drafter: Any = "template", *findings: Finding) -> Draft:
    words = Words(text=text, drafter=drafter, lang="de")
    return Draft(question=7, version=2, words=words, by=drafter, at=MORNING, covers=5, findings=findings)


def test_buttons_carry_the_number_and_the_version_alone() -> None:
    assert a_question().name == a_draft().name == "7:2"


def test_the_reply_stands_under_the_newest_post() -> None:
    question = a_question()

    assert question.newest.text == "Und kalt."
    assert question.newest_number == 5


def test_only_what_has_no_ending_must_be_answered() -> None:
    assert [post.number for post in a_question(answered=3).unanswered] == [5]


def test_when_everything_is_answered_another_reply_looks_at_all_of_it() -> None:
    assert [post.number for post in a_question(answered=5).unanswered] == [3, 5]


def test_a_question_is_open_until_it_is_published_or_left_alone() -> None:
    assert set(get_args(Standing)) - OPEN == {"published", "left_alone"}
    assert a_question().open
    assert not a_question(standing="published").open


@pytest.mark.parametrize(
    ("standing", "decidable"),
    [
        ("asked", True),
        ("needs_words", True),
        ("half_signed", True),
        ("failed", True),
        ("preparing", False),
        ("sending", False),
        ("unknown", False),
    ],
)
def test_buttons_make_sense_only_while_something_is_to_be_decided(standing: Standing, decidable: bool) -> None:  # noqa: FBT001
    assert a_question(standing=standing).decidable is decidable


@pytest.mark.parametrize(
    ("changes", "approvable"),
    [
        ({"draft": a_draft()}, True),
        ({"draft": a_draft("Danke.", "template", WARNING)}, True),
        ({"draft": None}, False),
        ({"draft": a_draft("", "nobody")}, False),
        ({"draft": a_draft(), "standing": "preparing"}, False),
        ({"draft": a_draft("Morgen.", "llm", STOP)}, False),
        ({"draft": a_draft("Morgen.", "llm", STOP), "signatures": SIGNED}, False),
        ({"draft": a_draft("Morgen.", "person", STOP), "standing": "half_signed", "signatures": SIGNED}, True),
        ({"draft": a_draft("Morgen.", "person", STOP)}, False),
    ],
)
def test_a_machines_stopped_words_are_never_approved_a_persons_only_when_signed_with_a_reason(
    changes: dict[str, Any],
    approvable: bool,  # noqa: FBT001
) -> None:
    assert a_question(**changes).approvable is approvable


def test_what_nobody_is_sure_about_looks_different() -> None:
    sure = Tone(lang="de", polarity="negative", confidence=0.9, certain=True)
    unsure = Tone(lang="de", polarity="negative", confidence=0.4)
    legal = Tone(lang="de", polarity="negative", confidence=0.9, certain=True, flags=frozenset({"legal"}))

    assert [a_question(tone=tone).high_risk for tone in (None, sure, unsure, legal)] == [False, False, True, True]


def test_a_question_is_reopened_when_the_customer_came_back_after_our_reply() -> None:
    said = (Reply(version=1, text="Danke.", at=MORNING, post="-100/9"),)

    assert a_question(said=said).reopened
    assert not a_question().reopened
    assert not a_question(said=said, standing="published").reopened
