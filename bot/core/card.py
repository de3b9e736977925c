"""A question's face that no longer shows what is true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleCard:
    """A card that is to be drawn (again)."""

    question: int
    changed: int
    place: str | None
    """Where it hangs; None when it was never seen to hang anywhere."""
    begun: bool
    """True when an earlier drawing may have succeeded although nobody saw it."""
