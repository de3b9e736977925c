"""One measured number, what it should be, and whether it holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its unit; without a bound it is told for comparison."""

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def target(self) -> str:
        """The bound in words."""
        if self.at_most is not None:
            return f"≤ {_plain(self.at_most)} {self.unit}".rstrip()
        return f"≥ {_plain(self.at_least)} {self.unit}".rstrip() if self.at_least is not None else ""

    @property
    def verdict(self) -> str:
        """Whether it holds or is missed; nothing where there is no bound."""
        if self.at_most is not None:
            return "holds" if self.value <= self.at_most else "missed"
        if self.at_least is not None:
            return "holds" if self.value >= self.at_least else "missed"
        return ""

    @property
    def told(self) -> str:
        """The number as people read it: three digits that count."""
        return f"{_plain(self.value)} {self.unit}".rstrip()


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that this share of all values does not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def _plain(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"
