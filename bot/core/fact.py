"""What a named person confirmed and we may therefore say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["cause", "scope", "time", "action", "money", "legal"]
Fault = Literal["confirmed", "open", "not_ours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One confirmed, sayable sentence."""

    id: str
    kind: FactKind
    text: str
