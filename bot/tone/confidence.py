"""Turns the weight of the words into a probability that the polarity is right.

The steps were read off the rows of five public sets (semeval2017_en, brighter_en, sb10k_de, brighter_de, potts_de)
that are not check rows, and rounded by hand; `docs/tone.md` has the calibration on the check rows, and on goemotions_en,
which nobody looked at for it. A first, plain mapping: in a house whose customers complain more or less than those sets it
is off, which is why `certain` does not rest on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.tone import Polarity
    from bot.tone.evidence import Evidence

_STEPS: dict[Polarity, tuple[float, ...]] = {
    "negative": (0.55, 0.60, 0.66, 0.70, 0.74, 0.84),
    "positive": (0.55, 0.61, 0.70, 0.80, 0.84, 0.92),
}
"""By whole steps of the margin, 0 to 5 and more."""
_NOTHING_SAID, _ASKED, _SOMETHING_SAID = 0.50, 0.56, 0.38
_CONTRADICTED = 0.12
CONTRADICTION = 0.45
"""When the weaker side has this share of the stronger one, the post contradicts itself."""


def confidence_of(polarity: Polarity, evidence: Evidence, *, question: bool) -> float:
    """Probability, 0..1, that this polarity is right."""
    if polarity == "neutral":
        if evidence.good or evidence.bad:
            return _SOMETHING_SAID
        return _ASKED if question else _NOTHING_SAID
    steps = _STEPS[polarity]
    share = steps[min(int(abs(evidence.margin)), len(steps) - 1)]
    return round(share - _CONTRADICTED * contradicts(evidence), 2)


def contradicts(evidence: Evidence) -> bool:
    """Whether a post says good and bad things of nearly the same weight."""
    weaker, stronger = sorted((evidence.good, evidence.bad))
    return weaker > stronger * CONTRADICTION
