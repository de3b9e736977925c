"""Where one sentence ends and the next begins, in German and English."""

from __future__ import annotations

import re
from functools import lru_cache

# A full stop after these does not end a sentence.
_ABBREVIATIONS = [
    "abs",
    "art",
    "bzw",
    "ca",
    "co",
    "dr",
    "e",
    "evtl",
    "etc",
    "fr",
    "ggf",
    "hr",
    "inkl",
    "max",
    "min",
    "mr",
    "mrs",
    "ms",
    "nr",
    "no",
    "prof",
    "s",
    "sog",
    "st",
    "str",
    "tel",
    "u",
    "usw",
    "v",
    "vgl",
    "vs",
    "z",
    "d",
    "h",
    "i",
    "g",
    "b",
    "a",
]
_BORDER = re.compile(r"(?<![.!?…])[.!?…]+[\"'”“’»)\]]*\s+|\n\s*")  # no mark is read twice, however many there are
_LAST_WORD = re.compile(r"(\w{1,5})\Z")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end) in code points, without the white space around them.

    >>> sentence_spans("Um 15.30 Uhr, z. B. heute. Ja!")
    [(0, 26), (27, 30)]
    """
    return list(_spans(text))


@lru_cache(maxsize=256)  # several rules, the promises and the card ask about the same reply
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    spans, start = [], 0
    for border in _BORDER.finditer(text):
        if not _ends_here(text, border):
            continue
        spans.append((start, border.end()))
        start = border.end()
    spans.append((start, len(text)))
    return tuple(_trimmed(text, span) for span in spans if text[span[0] : span[1]].strip())


def sentences_in(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _ends_here(text: str, border: re.Match[str]) -> bool:
    """Whether this mark ends a sentence: not after „z. B.“ and not after the number in „am 3. Mai“."""
    mark = border.group().strip()
    if mark != ".":
        return True
    before = _LAST_WORD.search(text[max(0, border.start() - 5) : border.start()])
    if before is None:
        return True
    word = before.group(1).casefold()
    return word not in _ABBREVIATIONS and not (word.isdecimal() and len(word) <= len("31"))  # days, months


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The same sentence without white space at its ends."""
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())
