"""The project's own posts to companies: reading them, and showing that no two are alike."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.tone import Arousal, Flag, Polarity

FOLDER = Path(__file__).parent / "corpus"
_WORD = re.compile(r"\w+")
_GRAM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled post."""

    id: str
    text: str
    lang: str
    trade: str
    polarity: Polarity
    arousal: Arousal
    flags: tuple[Flag, ...]
    author: str
    note: str = ""
    """`hard`: written to be difficult; measured apart."""


@cache
def rows(lang: str | None = None) -> tuple[Row, ...]:
    """All posts of a language, by trade."""
    found = (
        Row(**{**json.loads(line), "flags": tuple(json.loads(line)["flags"])})
        for file in sorted(FOLDER.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    )
    return tuple(row for row in found if lang in (None, row.lang))


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity:
    """How unlike each other posts are."""

    grams: int
    """Different word 3-grams per 1,000 words."""
    nearest: float
    """Median over the posts: share of words (Jaccard) with the nearest other one, 0..1."""
    copies: tuple[tuple[int, int], ...]
    """Pairs whose word 3-grams overlap by half or more."""


def diversity(texts: Sequence[str]) -> Diversity:
    """Compares every text with every other that shares a word with it."""
    words = [_WORD.findall(text.casefold()) for text in texts]
    grams = [set(_grams(one)) for one in words]
    sets = [set(one) for one in words]
    return Diversity(
        grams=round(1000 * len(set().union(*grams)) / max(1, sum(map(len, words)))),
        nearest=round(median(_nearest(sets)), 3),
        copies=tuple(_copies(grams)),
    )


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + _GRAM]) for start in range(len(words) - _GRAM + 1))


def _copies(grams: Sequence[set[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    owners: dict[tuple[str, ...], list[int]] = {}
    for number, some in enumerate(grams):
        for other, shared in Counter(owner for gram in some for owner in owners.get(gram, ())).items():
            if shared * 2 >= len(some | grams[other]):
                yield other, number
        for gram in some:
            owners.setdefault(gram, []).append(number)


def _nearest(sets: Sequence[set[str]]) -> list[float]:
    owners: dict[str, list[int]] = {}
    for number, some in enumerate(sets):
        for word in some:
            owners.setdefault(word, []).append(number)
    best = []
    for number, some in enumerate(sets):
        shared = Counter(owner for word in some for owner in owners[word] if owner != number)
        best.append(max((count / len(some | sets[other]) for other, count in shared.items()), default=0.0))
    return best
