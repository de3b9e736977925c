"""One line of `candor doctor`: what was looked at, whether it is well, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one look found."""

    name: str
    state: Literal["ok", "warn", "fail"]
    mend: str = ""
    """What a person can do about it; empty when all is well."""
