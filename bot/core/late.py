"""An open question that has used up much of its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

REMINDED_AT, DEPUTY_AT = 0.5, 0.8
"""Shares of the waiting time after which somebody is reminded and the deputy is called (`slack` page, defaults)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What is needed to remind somebody of it: in a flood there are thousands, so no more than that is read."""

    question: int
    channel: str
    stage: int
    """1 a reminder, 2 the deputy's turn, 3 overdue."""
    claimed_by: str | None = None
    """Who has it on their table."""


def stage_of(since: datetime, due_at: datetime, now: datetime) -> int:
    """How much of its time a question has used up: 0 less than half, then as `Late.stage`."""
    if now >= due_at:
        return 3
    used = (now - since) / (due_at - since) if since < due_at else 0
    return 2 if used >= DEPUTY_AT else 1 if used >= REMINDED_AT else 0
