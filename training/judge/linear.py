"""The trained part of the judge: weights for pieces of words and for named numbers, a column for each thing it hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from training.judge.features import counted, pieces, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.judge.reading import Reading

    Floats = NDArray[np.float32]

_REMEMBERED = 50_000
"""Words whose weights are remembered: about 6 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A linear model over one language; columns are what it hears: three polarities, then one for each flag."""

    lang: str
    weights: NDArray[np.int8]
    """Buckets × columns."""
    scale: Floats
    """What one step of `weights` is worth, for each column."""
    named: Floats
    """Named numbers × columns."""
    bias: Floats
    _known: dict[str, tuple[Floats, float]] = field(default_factory=dict)

    def scores(self, reading: Reading) -> tuple[Floats, Floats]:
        """The columns' scores (log-odds but for calibration), and the named numbers they rest on."""
        numbers = np.array(counted(reading, self.lang), np.float32)
        found = [self._of(token) for token in reading.tokens]
        buckets = np.fromiter(together(reading, self.lang), np.int64)
        total = self.weights[buckets].sum(axis=0, dtype=np.float32)
        length = float(len(buckets))
        if found:
            total += np.sum([sums for sums, _ in found], axis=0)
            length += sum(square for _, square in found)
        return total * self.scale / max(length, 1.0) ** 0.5 + numbers @ self.named + self.bias, numbers

    def _of(self, token: str) -> tuple[Floats, float]:
        """What a word adds to each column, and to the length of the post."""
        if token not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            buckets, shares = zip(*pieces(token), strict=True)
            sums = np.array(shares, np.float32) @ self.weights[list(buckets)].astype(np.float32)
            self._known[token] = sums, float(np.square(shares).sum())
        return self._known[token]
