"""Turns the weight of the words into a probability that the polarity is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.tone import Polarity
    from bot.tone.evidence import Evidence


def confidence_of(polarity: Polarity, evidence: Evidence, lang: str) -> float:
    """Probability, 0..1."""
    return 0.5
