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
    """One plain sentence in English."""
    hint: str
    """In English: better words, or what is missing."""
    liftable: bool = True
    """False: no reason lifts it (H9, H12; of H6 money, legal words and causes)."""
    why_de: str = ""
    """The same reason, written in German; empty in memories that are older than this."""
    hint_de: str = ""

    def why_in(self, lang: str) -> str:
        """The reason in the language of whoever reads it; English where there is no other."""
        return (self.why_de if lang == "de" else "") or self.why

    def hint_in(self, lang: str) -> str:
        """The better way in the language of whoever reads it."""
        return (self.hint_de if lang == "de" else "") or self.hint

    @property
    def stops(self) -> bool:
        """Whether these words must not go out as they are."""
        return self.severity == "stop"
