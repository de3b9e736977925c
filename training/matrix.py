"""Texts as numbers, by the very code that the judge reads them with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from training.judge.features import BUCKETS, counted, pieces, together
from training.judge.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READ = 3000
"""Characters of a text that are read."""
NAMED = 0.15
"""Scale of the named numbers beside letters and words, chosen on the own corpus by trade among .1, .15, .3, .6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Texts as rows of numbers, with what is known of them."""

    numbers: sparse.csr_matrix
    polarity: np.ndarray

    def part(self, chosen: np.ndarray) -> Sheet:
        """The chosen rows (a mask or numbers)."""
        return Sheet(numbers=self.numbers[chosen], polarity=self.polarity[chosen])


def sheet(texts: Sequence[str], polarity: Iterable[int], lang: str) -> Sheet:
    """Letters and words (each text of length one), then the named numbers."""
    places: list[int] = []
    values: list[float] = []
    starts, named = [0], []
    for text in texts:
        reading = read(text[:READ])
        found: dict[int, float] = {}
        square = 0.0
        for token in reading.tokens:
            for bucket, share in pieces(token):
                found[bucket] = found.get(bucket, 0.0) + share
                square += share**2
        for bucket in together(reading, lang):
            found[bucket] = found.get(bucket, 0.0) + 1.0
            square += 1.0
        length = max(square, 1.0) ** 0.5
        places.extend(found)
        values.extend(value / length for value in found.values())
        starts.append(len(places))
        named.append(counted(reading, lang))
    words = sparse.csr_matrix((np.array(values, np.float32), places, starts), shape=(len(texts), BUCKETS))
    together_ = sparse.hstack([words, sparse.csr_matrix(np.array(named, np.float32) * NAMED)]).tocsr()
    return Sheet(numbers=together_, polarity=np.array(list(polarity)))
