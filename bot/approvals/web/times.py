"""How long ago, how long still: what a person reads at a glance, with the exact time behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from bot.approvals.web.wording import Wording

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Times as one reader sees them now, in the zone of the house."""

    wording: Wording
    now: datetime
    zone: ZoneInfo

    def ago(self, at: datetime) -> str:
        """`12 min ago`."""
        passed = self.now - at
        if passed.total_seconds() < _MINUTE:
            return self.wording.say("time.just_now")
        return self.wording.say("time.ago", span=self.span(passed))

    def due(self, at: datetime) -> str:
        """`in 12 min`, or `overdue by 12 min`."""
        left = at - self.now
        late = left.total_seconds() < 0
        return self.wording.say("time.overdue" if late else "time.left", span=self.span(abs(left)))

    def overdue(self, at: datetime) -> bool:
        """Whether this time has passed."""
        return at < self.now

    def span(self, length: timedelta) -> str:
        """A length of time in its largest unit, never in more than one."""
        seconds = int(length.total_seconds())
        if seconds < _HOUR:
            return self.wording.say("time.minutes", n=max(1, seconds // _MINUTE))
        if seconds < _DAY:
            return self.wording.say("time.hours", n=seconds // _HOUR)
        return self.wording.count("time.days", seconds // _DAY)

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
