"""Tells languages apart by the letters that follow each other in them."""

from __future__ import annotations

import hashlib
import io
import math
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.errors import CandorError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOM = Path(__file__).parent
LONGEST = 5
"""Bytes of the longest piece."""
STEP = 1 / 16
"""Size of one step of a stored weight, as a natural logarithm."""


def folded(text: str) -> str:
    """Without case (so ß is ss), with one kind of apostrophe, and without the second dot of a small Turkish İ."""
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("\u0307", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Pieces of two to five bytes and how usual each is in each language; made by `training/language.py`."""

    languages: tuple[str, ...]
    """One name per column; a language with two scripts has two."""
    places: dict[bytes, int]
    """The row of each piece, counted from one."""
    weights: NDArray[np.uint8]
    """Pieces x languages, in steps."""

    def shares(self, words: str) -> dict[str, float]:
        """How much each language is likely to be that of these words (folded, one space between); they sum to one."""
        text = f" {words} ".encode(errors="ignore")
        found = Counter(self._pieces(text))
        rows = np.fromiter(found, np.intp, len(found)) - 1
        often = np.log1p(np.fromiter(found.values(), np.float32, len(found)))
        scores = often @ self.weights[rows] * (STEP / math.sqrt(len(text)))
        likely = np.exp(scores - scores.max())
        shares: dict[str, float] = {}
        for lang, share in zip(self.languages, (likely / likely.sum()).tolist(), strict=True):
            shares[lang] = shares.get(lang, 0.0) + share
        return shares

    def _pieces(self, text: bytes) -> list[int]:
        """The longest known piece that ends at each byte; written out, because it takes most of the time."""
        place, padded = self.places.get, b"\0\0\0" + text
        return [
            found
            for end in range(LONGEST, len(padded) + 1)
            if (
                found := place(padded[end - 5 : end])
                or place(padded[end - 4 : end])
                or place(padded[end - 3 : end])
                or place(padded[end - 2 : end])
            )
        ]


@cache
def letters() -> Letters:
    """The trained pieces of this room, read when the first post needs them."""
    return letters_of(_ROOM)


def letters_of(room: Path) -> Letters:
    """The trained pieces in a folder, if they are those that its manifest names.

    Raises `CandorError` when the file was changed.
    """
    manifest = tomllib.loads((room / "languages.toml").read_text("utf-8"))
    stored = (room / "languages.npz").read_bytes()
    if hashlib.sha256(stored).hexdigest() != manifest["sha256"]:
        raise CandorError(f"{room / 'languages.npz'} is not the file that languages.toml names: install Candor anew")
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        pieces = arrays["pieces"].tobytes().split(b"\n")
        return Letters(
            languages=tuple(arrays["languages"].tolist()),
            places={piece: place for place, piece in enumerate(pieces, start=1)},
            weights=arrays["weights"],
        )
