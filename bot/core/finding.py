"""Why a person should look twice before words go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "warn", "hint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One hit of the guard: where, why, and a better way."""

    item: str
    """H1..H12 of the rubric."""
    severity: Severity
    start: int
    """First code point of the words meant."""
    end: int
    """One past the last code point."""
    why: str
    hint: str
    liftable: bool = True
    """False: no reason lifts it (H9, H12; of H6 money, legal words and causes)."""

    @property
    def stops(self) -> bool:
        """Whether these words must not go out as they are."""
        return self.severity == "stop"
