"""How long ago, how long still: what a person reads at a glance, with the exact time behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.approvals.wording import Wording
    from bot.core.question import Question

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Times as one reader sees them now, in the zone of the house."""

    wording: Wording
    now: datetime
    zone: ZoneInfo

    def ago(self, at: datetime) -> str:
        """`12 min ago`."""
        passed = self.now - at
        return self.wording.say("time.just_now") if passed < _MINUTE else self._span("ago", passed)

    def due(self, at: datetime) -> str:
        """`due in 12 min`, or `overdue by 12 min`."""
        return self._span("overdue" if self.overdue(at) else "left", abs(at - self.now))

    def overdue(self, at: datetime) -> bool:
        """Whether this time has passed."""
        return at < self.now

    def late(self, question: Question) -> int:
        """At which stage of waiting a question is that people are to decide: 0 to 3, as they are nudged."""
        return question.late(self.now)

    def span(self, length: timedelta) -> str:
        """`12 min`."""
        return self._span("span", length)

    def exact(self, at: datetime) -> str:
        """Date, time and zone, for those who want to know."""
        local = at.astimezone(self.zone)
        month = self.wording.say(f"month.{local.month}")
        return self.wording.say(
            "time.exact", day=local.day, month=month, year=local.year, clock=f"{local:%H:%M}", zone=self.zone.key
        )

    def clock(self, at: datetime) -> str:
        """The time of day."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def _span(self, kind: str, length: timedelta) -> str:
        """In one unit: minutes up to two hours, hours up to two days, then days."""
        if length < 2 * _HOUR:
            return self.wording.say(f"time.{kind}.minutes", n=max(1, length // _MINUTE))
        if length < 2 * _DAY:
            return self.wording.say(f"time.{kind}.hours", n=length // _HOUR)
        return self.wording.say(f"time.{kind}.days", n=length // _DAY)
