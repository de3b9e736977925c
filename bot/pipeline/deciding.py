"""Decide: take a person's signature under exactly what they saw; with the last one needed, carry it out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, assert_never

from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.draft import Words
from bot.core.why import Why
from bot.errors import NotAllowed
from bot.pipeline.hearing import Hearing
from bot.pipeline.settling import Settling
from bot.pipeline.signing import Signing
from bot.pipeline.wishing import Wishing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.decision import Decision, Surface
    from bot.core.finding import Finding
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.pipeline.ports import Rows

EDITING_FOR = timedelta(minutes=10)
CLAIM_FOR = timedelta(hours=4)


class Deciding(Hearing, Signing, Wishing, Settling):
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

    def pause(self, *, by: str) -> None:
        """Nothing leaves the house any more."""
        with self.history.together() as rows:
            rows.switch("pause", by=by)

    def resume(self, *, by: str) -> None:
        """Sending goes on; each reply is checked again just before it goes."""
        with self.history.together() as rows:
            rows.switch("resume", by=by)

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

    def _deputy_for(self, person: Person) -> str | None:
        """Who takes over: a deputy, else an admin who is somebody else."""
        deputies = self.people.deputies_of(person) or tuple(
            other for other in self.people.everybody if "admin" in other.roles and other != person
        )
        return deputies[0].name if deputies else None
