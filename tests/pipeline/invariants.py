"""What must hold after every single step, told from the rows alone (`docs/house.md`: the three promises)."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bot.core.attempt import MAY_TRY_AGAIN
from bot.history.words import commitment
from tests.pipeline.unreliable import ANSWERS

if TYPE_CHECKING:
    from tests.pipeline.unreliable import UnreliableWorld

Row = dict[str, Any]
REASON_AT_LEAST = 10
TWO_PEOPLE = ("Anwalt", "verletzt")
"""Words of the test's customers that ask for two people."""


class Journey:
    """All rows of one moment."""

    def __init__(self, world: UnreliableWorld) -> None:
        self.world = world
        with world.history.reading() as rows:
            for table in ("mentions", "questions", "drafts", "findings", "signatures", "decisions", "attempts", "outcomes",
                          "replies", "endings", "words", "waiting"):  # fmt: skip
                setattr(self, table, rows.all(f"select * from {table}"))
            self.told = {question.number: question for question in world.everything()}
        self.text: dict[int, Row] = {row["number"]: row for row in self.words}
        self.draft = {(row["question"], row["version"]): row for row in self.drafts}
        self.decision = {(row["question"], row["version"]): row for row in self.decisions}

    mentions: list[Row]
    questions: list[Row]
    drafts: list[Row]
    findings: list[Row]
    signatures: list[Row]
    decisions: list[Row]
    attempts: list[Row]
    outcomes: list[Row]
    replies: list[Row]
    endings: list[Row]
    words: list[Row]
    waiting: list[Row]


def check(world: UnreliableWorld) -> None:
    """Every invariant."""
    journey = Journey(world)
    nothing_is_said_twice(journey)
    nothing_is_said_without_its_signatures(journey)
    nothing_that_nobody_may_lift_is_said(journey)
    in_doubt_nothing_is_sent_again(journey)
    nothing_is_said_that_answers_too_little(journey)
    nothing_is_answered_twice(journey)
    nothing_is_ignored(journey)
    no_news_are_told_twice(journey)


def nothing_is_said_twice(journey: Journey) -> None:
    """At most one reply per version and decision, in the rows and in public."""
    keys = [attempt.key for attempt in journey.world.public.public]
    assert len(keys) == len(set(keys)), "the same words stand in public twice"
    calls = [attempt.number for attempt, _ in journey.world.public.called]
    assert len(calls) == len(set(calls)), "an attempt was called again"
    for reply in journey.replies:
        assert (reply["question"], reply["version"]) in journey.decision, "a reply without a decision"


def nothing_is_said_without_its_signatures(journey: Journey) -> None:
    """Whatever was attempted was decided to be published, by enough people, under exactly that text."""
    for attempt in journey.attempts:
        name = attempt["question"], attempt["version"]
        draft, decision = journey.draft[name], journey.decision[name]
        assert decision["kind"] in ("approved", "rewritten")
        signatures = [row for row in journey.signatures if (row["question"], row["version"]) == name]
        assert {row["commitment"] for row in signatures} == {draft["commitment"]} == {attempt["commitment"]}
        people = {row["person"] for row in signatures}
        assert people == set(json.loads(decision["by"]))
        needed = max(draft["needs"], _needed_for(journey, draft))
        assert len(people) >= needed or _second_look(journey, signatures, needed), (
            f"{name} went out with too few signatures"
        )
    for said, _ in journey.world.public.called:
        words = journey.text[journey.draft[said.question, said.version]["words"]]
        assert said.text == words["text"]
        assert (
            commitment(words["salt"], said.text, words["about"])
            == journey.draft[said.question, said.version]["commitment"]
        )


def nothing_that_nobody_may_lift_is_said(journey: Journey) -> None:
    """A stop goes out only when it may be lifted, was typed by a person, and has its written reason."""
    for attempt in journey.attempts:
        name = attempt["question"], attempt["version"]
        stops = [
            row for row in journey.findings if (row["question"], row["version"]) == name and row["severity"] == "stop"
        ]
        if not stops:
            continue
        assert all(stop["liftable"] for stop in stops)
        assert journey.draft[name]["drafter"] == "person"
        reasons = [
            journey.text[row["words"]]["text"] if row["words"] else ""
            for row in journey.signatures
            if (row["question"], row["version"]) == name
        ]
        assert any(len(reason.strip()) >= REASON_AT_LEAST for reason in reasons)


def in_doubt_nothing_is_sent_again(journey: Journey) -> None:
    """A later try comes only after proof that nothing was said, or the word of a person who looked."""
    outcomes = defaultdict(list)
    for row in journey.outcomes:
        outcomes[row["attempt"]].append(row)
    tries = defaultdict(list)
    for row in journey.attempts:
        tries[row["question"], row["version"]].append(row["number"])
    for numbers in tries.values():
        for earlier in sorted(numbers)[:-1]:
            assert outcomes[earlier], "another try while nobody knew what became of the last"
            assert outcomes[earlier][-1]["kind"] in MAY_TRY_AGAIN
    for kinds in outcomes.values():
        for before, after in itertools.pairwise(kinds):
            assert before["kind"] == "unknown"
            assert (after["kind"], after["by"] in ("Alice", "Bob")) in (("there", True), ("not_there", True))


def nothing_is_said_that_answers_too_little(journey: Journey) -> None:
    """When words went out, the customer had said nothing newer, and no other words were on the table."""
    for attempt, question in journey.world.public.called:
        assert attempt.version == question.version
        assert question.draft
        assert question.draft.covers >= question.newest_number


def nothing_is_answered_twice(journey: Journey) -> None:
    """When drafted words went out, none of the posts they were drafted for had its reply yet."""
    for attempt, question in journey.world.public.called:
        answers = journey.draft[attempt.question, attempt.version]["template"]
        if answers:
            waiting = {post.mention.id for post in question.posts if post.number > question.answered}
            assert set(answers.removeprefix(ANSWERS).split()) <= waiting, "a post was answered a second time"


def nothing_is_ignored(journey: Journey) -> None:
    """Every mention has its question; every question is ended with who and why, or stands in the list that people see."""
    numbers = {row["number"] for row in journey.questions}
    assert {row["question"] for row in journey.mentions} == numbers
    waiting = {row["question"]: row for row in journey.waiting}
    newest = {number: max(row["number"] for row in journey.mentions if row["question"] == number) for number in numbers}
    for number in numbers:
        question = journey.told[number]
        ended = [row for row in journey.endings if row["question"] == number and row["covers"] >= newest[number]]
        assert bool(ended) != (number in waiting), f"question {number} is ended and open, or neither"
        assert question.open == (number in waiting)
        if number in waiting:
            assert waiting[number]["standing"] == question.standing, (
                f"the list says {waiting[number]['standing']} about question {number}, its rows say {question.standing}"
            )
        for ending in ended:
            decision = journey.decision[number, ending["version"]]
            assert question.ruling, f"nobody can tell who ended question {number}"
            assert list(question.ruling.by) == json.loads(decision["by"]) != []
            if ending["kind"] == "left_alone":
                assert (decision["kind"], bool(decision["why"])) == ("left_alone", True)
            else:
                assert any((row["question"], row["version"]) == (number, ending["version"]) for row in journey.replies)


def no_news_are_told_twice(journey: Journey) -> None:
    """Whatever was lost, a thread says each thing once."""
    cards = journey.world.cards
    assert cards
    told = [(news.question, news.name) for news in cards.news]
    assert len(told) == len(set(told)), "the same news stand in a thread twice"


def _needed_for(journey: Journey, draft: Row) -> int:
    """How many people the posts ask for that these words answer, whatever the draft says of itself."""
    before = max(
        (
            row["covers"]
            for row in journey.endings
            if row["question"] == draft["question"] and row["version"] < draft["version"]
        ),
        default=0,
    )
    answered = {
        row["post"]: journey.text[row["words"]]["text"]
        for row in journey.mentions
        if row["question"] == draft["question"] and before < row["number"] <= draft["covers"]
    }
    return 2 if any(word in text for text in answered.values() for word in TWO_PEOPLE) else 1


def _second_look(journey: Journey, signatures: list[Row], needed: int) -> bool:
    """Whether one person alone looked twice, with a reason each time."""
    return journey.world.house.second_person == "none" and max(row["look"] for row in signatures) >= needed and all(
        row["words"] for row in signatures
    )  # fmt: skip
