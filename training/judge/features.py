"""What the judge's model looks at in a post: its letters and words, the groups they belong to, and the rules that speak."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from training.judge.flags import RULED, raised
from training.judge.lexicon import lexicon
from training.judge.reading import HANDLE, LINK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.judge.lexicon import Find, Lexicon
    from training.judge.reading import Reading

BUCKETS = 1 << 16
"""Places for the letters and words; more made no set better (docs/tone.md)."""
_SHORTEST, _LONGEST = 3, 5
"""Letters of the pieces of words."""
PIECE = 0.5
"""What a piece of a word weighs beside the word itself."""
_AFTER_DENIER = 3
_MOST = 2.0
_BALANCE = 3.0
_SHOUT = re.compile(r"!{2,}|\?{2,}|!\?")
_LENGTHS = (4, 8, 16, 30, 60)
_SIDES = (
    "for",
    "against",
    "balance",
    "only for",
    "only against",
    "no side",
    "both sides",
    "last side",
    "side after but",
)
_SHAPES = ("asks", "ends asking", "calls", "shouts", "capitals", "trails off", "link", "handle", "tag", "number")


@cache
def names(lang: str) -> tuple[str, ...]:
    """What each number of `counted` stands for."""
    groups = [name for group in lexicon(lang).groups for name in (group.name, f"{group.name}, denied")]
    return (*groups, *_SIDES, *RULED, "opens", *_SHAPES, *(f"{words} words" for words in _LENGTHS))


def counted(reading: Reading, lang: str) -> list[float]:
    """The named numbers of a post, in the order of `names`."""
    known = lexicon(lang)
    finds = list(known.finds(reading))
    groups = [0.0] * (2 * len(known.groups))
    for find in finds:
        place = 2 * find.group.number + find.denied
        groups[place] = min(groups[place] + 1.0, _MOST)
    hits = raised(reading.text)
    ruled = [min(float(hits.get(name, 0)), _MOST) for name in (*RULED, "opens")]
    return [*groups, *_sides(finds, reading, known), *ruled, *_shape(reading)]


def _sides(finds: list[Find], reading: Reading, known: Lexicon) -> list[float]:
    """What the groups add up to before anything was learnt."""
    but = max((place for place, token in enumerate(reading.tokens) if token in known.but), default=len(reading.tokens))
    good = bad = last = after = 0.0
    for find in finds:
        side = _side(find)
        good, bad = good + max(side, 0.0), bad - min(side, 0.0)
        last = side or last
        after += side if find.start > but else 0.0
    return [
        min(good, _BALANCE), min(bad, _BALANCE), max(-_BALANCE, min(_BALANCE, good - bad)), float(good > 0 == bad),
        float(bad > 0 == good), float(good == 0 == bad), float(good > 0 and bad > 0), last, max(-1.0, min(1.0, after)),
    ]  # fmt: skip


def _side(find: Find) -> float:
    """Plus for us, minus against us; a denied bad word says little."""
    match find.group.side:
        case "for":
            return -1.0 if find.denied else 1.0
        case "need":
            return -1.0 if find.denied else 0.0
        case "against":
            return 0.3 if find.denied else -1.0
        case _:
            return 0.0


def _shape(reading: Reading) -> list[float]:
    text = reading.text.rstrip()
    shape = (
        "?" in text, text.endswith("?"), "!" in text, _SHOUT.search(text) is not None, reading.shouted > 0.5, "…" in text or "..." in text,  # noqa: PLR2004
        LINK in reading.tokens, HANDLE in reading.tokens, "#" in text, "0" in reading.tokens,
    )  # fmt: skip
    return [float(each) for each in (*shape, *(reading.words >= words for words in _LENGTHS))]


def pieces(token: str) -> Iterator[tuple[int, float]]:
    """Buckets of a word and of its pieces, with what each weighs."""
    yield _bucket(f"w {token}"), 1.0
    if len(token) >= _SHORTEST and token[0].isalnum():
        framed = f"<{token}>"
        for length in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(framed) - length + 1):
                yield _bucket(f"c {framed[start : start + length]}"), PIECE


def together(reading: Reading, lang: str) -> Iterator[int]:
    """Buckets of neighbours, and of words behind a „nicht“."""
    known, left, before = lexicon(lang), 0, ""
    for token in reading.tokens:
        if before:
            yield _bucket(f"b {before} {token}")
        if left and token[0].isalnum():
            yield _bucket(f"n {token}")
            left -= 1
        if known.denies(token):
            left = _AFTER_DENIER
        before = token


def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
