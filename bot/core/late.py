"""An open question that has used up much of its time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What is needed to remind somebody of it: in a flood there are thousands, so no more than that is read."""

    question: int
    channel: str
    stage: int
    """1 a reminder, 2 the deputy's turn, 3 overdue."""
    claimed_by: str | None = None
    """Who has it on their table."""
