"""Nudging: which open questions have waited for how much of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.late import DEPUTY_AT, REMINDED_AT, Late
from bot.history.words import Table, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_LATE = """
select question, channel, stage, (
    select case kind when 'release' then null else coalesce(to_person, person) end from handovers
    where handovers.question = late.question order by number desc limit 1) as claimed_by
from (
    select question, channel, nudged, case
        when julianday(:now) >= julianday(due_at) then 3
        when julianday(:now) >= julianday(since) + :deputy * (julianday(due_at) - julianday(since)) then 2
        when julianday(:now) >= julianday(since) + :reminder * (julianday(due_at) - julianday(since)) then 1
        else 0 end as stage
    from waiting where nudged < 3 and standing in ('asked', 'needs_words', 'half_signed', 'failed', 'unknown')) as late
where stage > nudged order by question
"""


class Nudging(Table):
    """Rows about waiting too long."""

    def late(self, now: datetime) -> list[Late]:
        """Questions nobody was nudged about at this stage yet."""
        return [
            Late(**row)
            for row in self.db.query(_LATE, {"now": stamp(now), "reminder": REMINDED_AT, "deputy": DEPUTY_AT})
        ]

    def nudged(self, late: Sequence[Late]) -> None:
        """Keep that people were told, so that they are told once."""
        told = [(one.stage, one.question) for one in late]
        self.db.conn.executemany("update waiting set nudged = ? where question = ?", told)
