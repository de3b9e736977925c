"""Nudge: whoever has a question on their table is reminded, then the deputy, then everybody; nothing expires in silence."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from typing import TYPE_CHECKING

from bot.errors import ChannelError
from bot.pipeline.base import Base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.question import Question

log = logging.getLogger("candor.pipeline")

REMINDER, DEPUTY, OVERDUE = 1, 2, 3
NAMED = 10
"""So many questions are named in one line; the rest is counted."""


class Nudging(Base):
    """From a clock to the people who decide."""

    async def nudge(self) -> None:
        """Tell each person once about each question that has used up half, most or all of its time."""
        if self.approvals is None:
            return
        for person, questions in (await asyncio.to_thread(self._to_nudge)).items():
            await self._tell(person, questions)

    async def alarm(self, text: str) -> None:
        """Tell everybody who decides; where that fails the log says so, and the desk shows the trouble itself."""
        if self.approvals is None:
            return
        try:
            await self.approvals.alarm(text)
        except ChannelError as error:
            log.warning("an alarm did not reach anybody: %s", error)

    async def _tell(self, person: str | None, questions: list[Question]) -> None:
        if person is None:
            await self.alarm(f"Overdue: {_named(questions)}. Please answer, or leave them alone with a reason.")
            return
        try:
            await self.approvals.tell(person, f"Still waiting for you: {_named(questions)}.")  # type: ignore[union-attr]  # nudge() looked
        except ChannelError as error:
            log.warning("a reminder did not reach anybody: %s", error)

    def _to_nudge(self) -> dict[str | None, list[Question]]:
        """Whom to tell about which questions; None is everybody. What is told is noted in the same transaction."""
        told: dict[str | None, list[Question]] = defaultdict(list)
        with self.history.together() as rows:
            late = rows.late(rows.now)
            for question in rows.questions(list(late)):
                stage = late[question.number]
                rows.nudged(question.number, stage)
                for person in self._whom(question, stage):
                    told[person].append(question)
        return told

    def _whom(self, question: Question, stage: int) -> Iterable[str | None]:
        """Everybody when it is overdue; before that who claimed it, and then who stands in for them."""
        if stage == OVERDUE:
            return (None,)
        claimed = question.handover.to or question.handover.person if question.handover else None
        owner = self.people.by_name(claimed) if claimed else None
        if owner is None:
            return ()
        return (owner.name,) if stage == REMINDER else [deputy.name for deputy in self.people.deputies_of(owner)]


def _named(questions: list[Question]) -> str:
    """A line with the numbers, never the customer's words: it goes where anybody may read it."""
    named = ", ".join(f"{question.number} ({question.newest.channel})" for question in questions[:NAMED])
    more = f" and {len(questions) - NAMED} more" if len(questions) > NAMED else ""
    return f"question{'s' if len(questions) > 1 else ''} {named}{more}"
