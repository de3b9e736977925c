"""Refuse: whoever may not decide, or comes too late, is told why; that is a row too, and no typed word is lost."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.decision import Rewritten
from bot.core.why import Why
from bot.errors import AlreadyDecided, AlreadySigned, DecisionError, NotAllowed, Outdated, Stopped
from bot.pipeline.base import Base

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.core.decision import Decision, Surface
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.core.why import Told
    from bot.pipeline.ports import Rows

_DID = {"approved": Why.approved_by, "rewritten": Why.rewritten_by, "declined": Why.declined_by}


class Refusing(Base):
    """From a click that cannot count to a line for whoever clicked."""

    def refuse(self, question: int, account: str, why: str, *, surface: Surface) -> None:
        """Keep that somebody clicked who may not."""
        with self.history.together() as rows:
            rows.refuse(question, account, why, surface=surface)

    def _on_the_table(self, rows: Rows, number: int, version: int, by: Person, shown: str = "") -> Question:
        """The question, when this person may decide now about exactly this version."""
        question = self._open(rows, number, by)
        if question.standing in ("sending", "held") and question.ruling:
            raise AlreadyDecided(self._who_decided(question))
        if question.standing == "unknown":
            raise NotAllowed(Why.look_first())
        if version != question.version:
            raise Outdated(Why.out_of_date(version=version, current=question.version))
        if question.standing == "preparing":
            raise Outdated(Why.being_drafted(version=version))
        if shown and question.draft and shown != question.draft.commitment:
            raise Outdated(Why.words_changed())
        return question

    def _open(self, rows: Rows, number: int, by: Person) -> Question:
        question = rows.question(number)
        if question is None:
            raise NotAllowed(Why.no_question(question=number))
        if not by.may_decide:
            raise NotAllowed(Why.may_only_read(person=by.name))
        if not question.open:
            raise AlreadyDecided(self._who_decided(question))
        return question

    @contextmanager
    def _refusals_kept(self, decision: Decision) -> Iterator[None]:
        """What was refused is a row, and words typed for nothing are kept, after the decision itself was rolled back."""
        try:
            with self._refused_kept(decision.question, decision.by, decision.surface):
                yield
        except (AlreadyDecided, Outdated, AlreadySigned) as error:
            if isinstance(decision, Rewritten):
                with self.history.together() as rows:
                    rows.keep_unsent(
                        decision.question,
                        decision.version,
                        decision.text,
                        by=decision.by.name,
                        why=type(error).__name__,
                    )
            raise

    @contextmanager
    def _refused_kept(self, number: int, by: Person, surface: Surface) -> Iterator[None]:
        try:
            yield
        except Stopped:
            raise
        except DecisionError as error:
            self.refuse(number, by.name, f"{type(error).__name__}: {error}", surface=surface)
            raise

    def _who_decided(self, question: Question) -> Told:
        """Who was first, when, and what became of it."""
        ruling = question.ruling
        assert ruling is not None  # noqa: S101  # whatever is ended or on its way was decided by somebody
        at = f"{self._local(ruling.at):%H:%M}"
        if ruling.kind == "left_alone":
            return Why.left_alone_by(people=ruling.by, clock=at)
        return _DID[ruling.kind](people=ruling.by, version=ruling.version, clock=at)

    def _local(self, at: datetime) -> datetime:
        """A time as the people of this house read it on their wall."""
        return at.astimezone(ZoneInfo(self.house.timezone))
