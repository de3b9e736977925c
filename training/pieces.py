"""Chooses the pieces of words that tell most about the language, and lets shorter ones speak for the rest."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Usual = NDArray[np.float64]
    """How usual a piece is in each language."""


class Pieces:
    """Pieces and how usual they are; a piece that is left out is counted by the longest piece that it ends with."""

    def __init__(self, usual: dict[bytes, Usual]) -> None:
        self.usual = dict(usual)
        self._tells = {piece: _tells(often) for piece, often in usual.items()}
        self._heir = {piece: self._longest_ending(piece) for piece in usual}
        self._waiting = Counter(heir for heir in self._heir.values() if heir)

    def keep(self, wanted: int) -> None:
        """Leave out the piece that loses least, again and again, until so many are left."""
        queue = [(self._loss(piece), piece) for piece in self.usual if not self._waiting[piece]]
        heapq.heapify(queue)
        while len(self.usual) > wanted:
            believed, piece = heapq.heappop(queue)
            loss = self._loss(piece)
            if loss > believed:
                heapq.heappush(queue, (loss, piece))
                continue
            heir = self._leave_out(piece)
            if heir and not self._waiting[heir]:
                heapq.heappush(queue, (self._loss(heir), heir))

    def _longest_ending(self, piece: bytes) -> bytes | None:
        return next((piece[start:] for start in range(1, len(piece) - 1) if piece[start:] in self.usual), None)

    def _loss(self, piece: bytes) -> float:
        """What nobody knows any more, in nats per byte of text, when the heir speaks for both."""
        heir = self._heir[piece]
        if heir is None:
            return self._tells[piece]
        return self._tells[piece] + self._tells[heir] - _tells(self.usual[piece] + self.usual[heir])

    def _leave_out(self, piece: bytes) -> bytes | None:
        heir, often = self._heir[piece], self.usual.pop(piece)
        if heir:
            self.usual[heir] = self.usual[heir] + often
            self._tells[heir] = _tells(self.usual[heir])
            self._waiting[heir] -= 1
        return heir


def _tells(often: Usual) -> float:
    """How much a piece tells about the language: nothing when it is as usual in all of them."""
    some = often[often > 0]
    return float((some * np.log(some / often.mean())).sum() / len(often))
