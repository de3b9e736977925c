"""Nudging: which open questions have waited for how much of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.history.words import Table, stamp

if TYPE_CHECKING:
    from datetime import datetime

_LATE = """
select question, stage from (
    select question, nudged, case
        when julianday(:now) >= julianday(due_at) then 3
        when julianday(:now) >= julianday(since) + :deputy * (julianday(due_at) - julianday(since)) then 2
        when julianday(:now) >= julianday(since) + :reminder * (julianday(due_at) - julianday(since)) then 1
        else 0 end as stage
    from waiting where nudged < 3 and standing in ('asked', 'needs_words', 'half_signed', 'failed', 'unknown'))
where stage > nudged order by question
"""
_SHARES = {"reminder": 0.5, "deputy": 0.8}
"""Shares of the waiting time after which somebody is reminded and the deputy is called (`slack` page, defaults)."""


class Nudging(Table):
    """Rows about waiting too long."""

    def late(self, now: datetime) -> dict[int, int]:
        """Questions nobody was nudged about at this stage yet: 1 a reminder, 2 the deputy, 3 overdue."""
        rows = self.db.query(_LATE, {"now": stamp(now), **_SHARES})
        return {row["question"]: row["stage"] for row in rows}

    def nudged(self, question: int, stage: int) -> None:
        """Keep that people were told, so that they are told once."""
        self.db.execute("update waiting set nudged = ? where question = ?", [stage, question])
