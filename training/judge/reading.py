"""Splits a post into the words, marks and pictures that the judge listens to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LINK = re.compile(r"https?://\S+|www\.\S+")
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]*")
_TOKEN = re.compile(
    r"<3|[:;=8][-'o]?[)(DPp3/|*\]\[]+|\^\^|-_-|xD\b"
    r"|\w+(?:['*.-]\w+)*\**"
    r"|[?!]+|\.{2,}|…|[.,;:()\n\"„“”]"
    r"|[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]"
)
_LONG_SOUND = re.compile(r"(\w)\1{2,}")
_SMALL, _CAPITAL = re.compile(r"[a-zà-öø-ÿ]"), re.compile(r"[A-ZÀ-ÖØ-Þ]")
_DIGITS = re.compile(r"\d+")
_ENDS_CLAUSE = frozenset('.,;:()\n"„“”…')
LINK, HANDLE = "xlink", "xhandle"
_NO_BREAK = str.maketrans({"’": "'", "`": "'", "´": "'", "\u00ad": "", "\u200b": "", "\u200d": "", "\ufe0f": ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A post as the judge reads it."""

    text: str
    """Case-folded, links and handles replaced, ß written ss."""
    tokens: tuple[str, ...]
    """Words, marks and pictures in their order; digits are 0, long sounds („suuuper“) are two letters."""
    clauses: tuple[int, ...]
    """For each token the number of the clause it stands in: what denies something reaches no further."""
    shouted: float
    """Share of capitals among the letters, 0..1."""
    words: int

    @property
    def pairs(self) -> list[str]:
        """Neighbouring tokens, joined by a space."""
        return [f"{one} {other}" for one, other in zip(self.tokens, self.tokens[1:], strict=False)]


def read(text: str) -> Reading:
    """Total: any text can be read."""
    plain = _HANDLE.sub(f" {HANDLE} ", _LINK.sub(f" {LINK} ", text.translate(_NO_BREAK)))
    folded = plain.casefold()
    tokens: list[str] = []
    clauses: list[int] = []
    clause = words = 0
    for token in _TOKEN.findall(folded):
        if token in _ENDS_CLAUSE:
            clause += 1
            continue
        words += token[0].isalnum()
        tokens.append(_spelled(token))
        clauses.append(clause)
        if token[0] in "?!":
            clause += 1
    small, capital = len(_SMALL.findall(text)), len(_CAPITAL.findall(text))
    return Reading(
        text=folded, tokens=tuple(tokens), clauses=tuple(clauses), words=words,
        shouted=capital / (small + capital) if capital else 0.0,
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def _spelled(word: str) -> str:
    """One spelling for numbers and long sounds; marks and pictures stay."""
    return _DIGITS.sub("0", _LONG_SOUND.sub(r"\1\1", word)) if word[0].isalnum() else word
