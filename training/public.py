"""The public sets that the judge learns from or is measured on; they stay outside the repository."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.tone import POLARITIES

if TYPE_CHECKING:
    from pathlib import Path

SETS = {"de": ("sb10k_de", "potts_de", "brighter_de"), "en": ("semeval2017_en", "goemotions_en", "brighter_en")}
"""Sets with three polarities whose licences let a shipped model learn from them (CC BY 4.0, CC BY 3.0, Apache-2.0, MIT)."""
_EVERY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRow:
    """A text with a known polarity."""

    text: str
    polarity: int
    """Its place in `POLARITIES`."""
    check: bool
    """Kept for measuring: every fifth by the hash of its text."""


def rows(name: str, folder: Path) -> list[PublicRow]:
    """The rows of a set that have one plain polarity.

    Raises:
        FileNotFoundError: the set is not in the folder.
    """
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [
        PublicRow(text=row["text"], polarity=POLARITIES.index(row["label"]), check=_is_check(row["text"]))
        for row in found
        if row["label"] in POLARITIES
    ]


def _is_check(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % _EVERY == 0
