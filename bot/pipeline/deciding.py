"""Decide: take a person's signature under exactly what they saw; with the last one needed, carry it out."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, assert_never

from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.draft import Version, Words
from bot.core.playbook import answer_within, signatures_needed
from bot.core.promise import promises_in
from bot.core.why import Why
from bot.errors import AlreadyDecided, NotAllowed, Outdated, Stopped
from bot.pipeline.hearing import Hearing
from bot.pipeline.preparing import Preparing
from bot.pipeline.publishing import NEXT_TRY, Publishing
from bot.pipeline.refusing import Refusing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.decision import Decision, Surface
    from bot.core.fact import Fault
    from bot.core.finding import Finding
    from bot.core.person import Person
    from bot.core.question import Question, Signature
    from bot.core.tone import Polarity, Tone
    from bot.pipeline.ports import Rows

REASON_AT_LEAST = 10
"""Characters of a written reason that lifts a stop or replaces the second person (`slack` page)."""
EDITING_FOR = timedelta(minutes=10)
CLAIM_FOR = timedelta(hours=4)


class Deciding(Hearing, Preparing, Publishing, Refusing):
    """From a click to a decision; every refusal is a row, every word typed is kept."""

    def decide(self, decision: Decision) -> Question:
        """Take a person's signature or ruling; gives back the question as it stands afterwards."""
        with self._refusals_kept(decision), self.history.together() as rows:
            question = self._on_the_table(rows, decision.question, decision.version, decision.by, decision.shown)
            self.reached("decide: before the row")
            match decision:
                case Approved():
                    self._approve(rows, question, decision)
                case Rewritten():
                    self._rewrite(rows, question, decision)
                case Declined():
                    self._decline(rows, question, decision)
                case LeftAlone():
                    self._leave_alone(rows, question, decision)
                case _:
                    assert_never(decision)
            self._changed(rows, question.number, first=True)
            self.reached("decide: before commit")
        self.reached("decide: decided")
        return self._standing(decision.question)

    def findings(self, question: int, text: str) -> Sequence[Finding]:
        """What the guard says about words a person is typing; nothing is kept."""
        with self.history.reading() as rows:
            asked = rows.question(question)
            recent = rows.recent_replies()
        if asked is None:
            return ()
        return self._findings(asked, self._tone_of(asked), text, recent, edited=True)

    def redraft(self, question: int, version: int, *, by: Person, surface: Surface, feedback: str = "") -> None:
        """Draft anew at once."""
        with self._draft_wish(question, version, by, surface) as (rows, asked):
            self._draft_anew(rows, asked, why="redraft", by=by.name, feedback=feedback)

    def set_fault(self, question: int, version: int, fault: Fault, *, by: Person, surface: Surface) -> None:
        """Say whose fault it is; the draft is stale and drafted anew."""
        with self._draft_wish(question, version, by, surface) as (rows, asked):
            rows.set_fault(question, fault, by=by.name, surface=surface)
            self._draft_anew(rows, asked, why="fault", by=by.name)

    def correct_tone(self, question: int, version: int, polarity: Polarity, *, by: Person, surface: Surface) -> None:
        """Correct the judge; the draft is stale and drafted anew."""
        with self._draft_wish(question, version, by, surface) as (rows, asked):
            rows.correct_tone(question, asked.newest_number, self._tone_of(asked), polarity, by=by.name)
            self._draft_anew(rows, asked, why="tone", by=by.name)

    def hand_over(
        self, question: int, kind: Literal["claim", "editing", "escalate", "release"], *, by: Person, surface: Surface
    ) -> Question:
        """Claim, show that one is editing, escalate to a deputy, or put one's own claim back; the question stays open."""
        with self.history.together() as rows:
            asked = self._open(rows, question, by)
            if kind == "release" and (asked.handover is None or asked.handover.person != by.name):
                return asked
            to = self._deputy_for(by) if kind == "escalate" else None
            until = {"claim": rows.now + CLAIM_FOR, "editing": rows.now + EDITING_FOR}.get(kind)
            rows.hand_over(asked.number, kind, by.name, to=to, until=until, surface=surface)
            self._changed(rows, question, first=True)
        return self._standing(question)

    def settle(
        self, question: int, *, there: bool, by: Person, surface: Surface, attempt: int | None = None
    ) -> Question:
        """Somebody looked: the reply of unknown outcome stands there, or it does not and is sent again.

        `attempt` is the try that their card spoke of: who looked before a later one knows nothing of it.
        """
        with self.history.together() as rows:
            asked = self._open(rows, question, by)
            if asked.standing != "unknown" or asked.trouble is None or asked.ruling is None:
                raise AlreadyDecided(Why.settled())
            if attempt not in (None, asked.trouble.attempt):
                raise Outdated(Why.look_again())
            tried = rows.attempt(asked.trouble.attempt)
            if there:
                self._said(rows, tried, None)
                rows.close_attempt(tried.number, "there", by=by.name, why=f"seen by {by.name} ({surface})")
            else:
                why, again_at = f"not there, says {by.name} ({surface})", rows.now + NEXT_TRY
                rows.close_attempt(tried.number, "not_there", by=by.name, why=why, again_at=again_at)
                self._promise_to_publish(rows, tried.question, tried.version, f"after-{tried.number}")
            self._changed(rows, question, first=True)
        return self._standing(question)

    def pause(self, *, by: str) -> None:
        """Nothing leaves the house any more."""
        with self.history.together() as rows:
            rows.switch("pause", by=by)

    def resume(self, *, by: str) -> None:
        """Sending goes on; each reply is checked again just before it goes."""
        with self.history.together() as rows:
            rows.switch("resume", by=by)

    def _approve(self, rows: Rows, question: Question, decision: Approved) -> None:
        if question.standing == "failed":
            raise AlreadyDecided(Why.refused_for_good())
        if question.standing == "needs_words" or question.draft is None or not question.draft.words.text:
            raise NotAllowed(Why.nothing_drafted())
        if not question.approvable:
            raise Stopped(question.draft.stops)
        kind: Literal["approved", "rewritten"] = "rewritten" if question.draft.words.drafter == "person" else "approved"
        self._sign(rows, question, question.version, decision, kind, decision.reason)

    def _rewrite(self, rows: Rows, question: Question, decision: Rewritten) -> None:
        """Typed words become a version of their own, signed by the one who typed them."""
        text = decision.text.strip()
        if not text:
            raise NotAllowed(Why.empty_reply())
        tone = self._tone_of(question)
        needs = max(question.needs, signatures_needed(tone))  # also where nothing was drafted
        question = replace(question, needs=needs)
        findings = self._findings(question, tone, text, rows.recent_replies(), edited=True)
        stops = [finding for finding in findings if finding.stops]
        if stops and not (all(stop.liftable for stop in stops) and len(decision.reason.strip()) >= REASON_AT_LEAST):
            raise Stopped(stops)
        words = Words(text=text, drafter="person", lang=tone.lang, promises=promises_in(text))
        version = self._typed_version(question, words, tone, findings, decision.by)
        rows.keep_version(version)  # read and written in one transaction: nobody comes in between
        self._sign(rows, question, version.version, decision, "rewritten", decision.reason)

    def _sign(
        self,
        rows: Rows,
        question: Question,
        version: int,
        decision: Approved | Rewritten,
        kind: Literal["approved", "rewritten"],
        reason: str,
    ) -> None:
        """One signature; with the last one needed, the decision and the promise to publish it."""
        signed = [signature for signature in question.signatures if version == question.version]
        look = self._look(rows, question, signed, decision.by, reason)
        rows.sign(question.number, version, decision.by.name, surface=decision.surface, look=look, reason=reason)
        signers = tuple(dict.fromkeys((*(signature.person for signature in signed), decision.by.name)))
        if max(len(signers), look) < question.needs:
            return
        rows.rule(question.number, version, kind, by=signers, surface=decision.surface, reason=reason)
        self._promise_to_publish(rows, question.number, version, "0")

    def _look(self, rows: Rows, question: Question, signed: Sequence[Signature], by: Person, reason: str) -> int:
        """1, or 2 for the second look that replaces a second person in a one-person house: a reason, and a pause."""
        if question.needs == 1 or self.house.second_person == "required":
            return 1
        if len(reason.strip()) < REASON_AT_LEAST:
            raise NotAllowed(Why.reason_needed(characters=REASON_AT_LEAST))
        first = next((signature for signature in signed if signature.person == by.name), None)
        if first is None:
            return 1
        earliest = first.at + self.house.second_look_after
        if rows.now < earliest:
            raise NotAllowed(Why.second_look_from(clock=f"{self._local(earliest):%H:%M:%S}"))
        return 2

    def _decline(self, rows: Rows, question: Question, decision: Declined) -> None:
        """Not these words: others are drafted with the reason in view; the customer still waits."""
        if question.standing == "needs_words" or question.draft is None:
            raise NotAllowed(Why.nothing_to_decline())
        version = self._undecided_version(rows, question)
        rows.rule(
            question.number, version, "declined", by=(decision.by.name,), surface=decision.surface, why=decision.kind,
            reason=decision.reason,
        )  # fmt: skip
        feedback = f"{decision.kind.replace('_', ' ')}: {decision.reason}".rstrip(": ")
        self._draft_anew(rows, question, why="declined", by=decision.by.name, feedback=feedback)

    def _leave_alone(self, rows: Rows, question: Question, decision: LeftAlone) -> None:
        version = self._undecided_version(rows, question)
        rows.rule(
            question.number, version, "left_alone", by=(decision.by.name,), surface=decision.surface, why=decision.kind,
            reason=decision.reason,
        )  # fmt: skip
        rows.end(question.number, question.newest_number, "left_alone", version)

    def _undecided_version(self, rows: Rows, question: Question) -> int:
        """The version on the table, or an empty one after it when that one was decided already (declined, refused)."""
        if question.ruling is None or question.ruling.version != question.version:
            return question.version
        words = Words(text="", drafter="nobody", lang="und", note="")
        empty = self._typed_version(question, words, question.tone or self._tone_of(question), (), None)
        rows.keep_version(empty)
        return empty.version

    def _typed_version(
        self, question: Question, words: Words, tone: Tone, findings: Sequence[Finding], by: Person | None
    ) -> Version:
        heard_at = min(post.heard_at for post in question.unanswered)
        return Version(
            question=question.number,
            version=question.version + 1,
            covers=question.newest_number,
            words=words,
            fault=question.fault,
            needs=question.needs,
            tone=tone,
            due_at=heard_at + answer_within(tone),
            findings=findings,
            by=by.name if by else "nobody",
            redraft=question.redraft,
        )

    def _deputy_for(self, person: Person) -> str | None:
        """Who takes over: a deputy, else an admin who is somebody else."""
        deputies = self.people.deputies_of(person) or tuple(
            other for other in self.people.everybody if "admin" in other.roles and other != person
        )
        return deputies[0].name if deputies else None

    @contextmanager
    def _draft_wish(self, number: int, version: int, by: Person, surface: Surface) -> Iterator[tuple[Rows, Question]]:
        """A transaction in which other words may be wished for."""
        with self._refused_kept(number, by, surface), self.history.together() as rows:
            yield rows, self._on_the_table(rows, number, version, by)

    def _standing(self, number: int) -> Question:
        question = self.question(number)
        assert question is not None  # noqa: S101  # decided just now, so it is there
        return question
