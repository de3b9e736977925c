"""Nudge: whoever has a question on their table is reminded, then the deputy, then everybody; nothing expires in silence."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from typing import TYPE_CHECKING

from bot.core.why import Why
from bot.errors import ChannelError
from bot.pipeline.base import Base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.late import Late
    from bot.core.why import Told

log = logging.getLogger("candor.pipeline")

REMINDER, OVERDUE = 1, 3
NAMED = 10
"""So many questions are named in one line; the rest is counted."""


class Nudging(Base):
    """From a clock to the people who decide."""

    async def nudge(self) -> None:
        """Tell each person once about each question that has used up half, most or all of its time."""
        if self.approvals is None:
            return
        for person, late in (await asyncio.to_thread(self._to_nudge)).items():
            await self._tell(person, late)

    async def alarm(self, text: str) -> None:
        """Tell everybody who decides; where that fails the log says so, and the desk shows the trouble itself."""
        if self.approvals is None:
            return
        try:
            await self.approvals.alarm(text)
        except ChannelError as error:
            log.warning("an alarm did not reach anybody: %s", error)

    async def _tell(self, person: str | None, late: list[Late]) -> None:
        if person is None:
            await self.alarm(Why.overdue(questions=_named(late)))
            return
        try:
            await self.approvals.tell(person, Why.still_waiting(questions=_named(late)))  # type: ignore[union-attr]  # nudge() looked
        except ChannelError as error:
            log.warning("a reminder did not reach anybody: %s", error)

    def _to_nudge(self) -> dict[str | None, list[Late]]:
        """Whom to tell about which questions; None is everybody. What is told is noted in the same transaction."""
        told: dict[str | None, list[Late]] = defaultdict(list)
        with self.history.together() as rows:
            late = rows.late(rows.now)
            rows.nudged(late)
        for question in late:
            for person in self._whom(question):
                told[person].append(question)
        return told

    def _whom(self, late: Late) -> Iterable[str | None]:
        """Everybody when it is overdue; before that who claimed it, and then who stands in for them."""
        if late.stage == OVERDUE:
            return (None,)
        owner = self.people.by_name(late.claimed_by) if late.claimed_by else None
        if owner is None:
            return ()
        return (owner.name,) if late.stage == REMINDER else [deputy.name for deputy in self.people.deputies_of(owner)]


def _named(late: list[Late]) -> Told:
    """A line with the numbers, never the customer's words: it goes where anybody may read it."""
    named = ", ".join(f"{one.question} ({one.channel})" for one in late[:NAMED])
    if len(late) > NAMED:
        return Why.questions_named_and_more(named=named, more=len(late) - NAMED)
    return Why.questions_named(named=named) if len(late) > 1 else Why.question_named(named=named)
