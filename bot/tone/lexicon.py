"""Reads the word lists that tell good words from bad ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

_ROOM = Path(__file__).parent
Kind = Literal["feeling", "trouble", "anger", "swear", "thanks", "need"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("de", "en")
_SHORTEST = 3
"""Letters that the beginning or end of a word must have to stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a word or phrase weighs: minus is bad for us, plus is good."""

    weight: float
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one language."""

    words: dict[str, Entry]
    beginnings: dict[str, Entry]
    endings: dict[str, Entry]
    phrases: dict[str, Entry]
    longest: int
    """Words in the longest phrase."""
    common: frozenset[str]
    negators: frozenset[str]
    not_negating: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]
    but: frozenset[str]

    def word(self, word: str) -> Entry | None:
        """What this word weighs, by its whole form, its beginning or its end."""
        if (entry := self.words.get(word)) is not None:
            return entry
        for length in range(len(word), _SHORTEST - 1, -1):
            if (entry := self.beginnings.get(word[:length])) is not None:
                return entry
            if (entry := self.endings.get(word[-length:])) is not None:
                return entry
        return None


@cache
def lexicon(lang: str) -> Lexicon:
    """The word list of `de` or `en`, read once."""
    little = tables("little_words.toml")[lang]
    groups = tables(f"words_{lang}.toml")["group"]
    words = {word: _entry(group) for group in reversed(groups) for word in group.get("words", "").split()}
    phrases = {phrase: _entry(group) for group in reversed(groups) for phrase in group.get("phrases", [])}
    return Lexicon(
        words={word: entry for word, entry in words.items() if "*" not in (word[0], word[-1]) or word.endswith("**")},
        beginnings={
            word[:-1]: entry for word, entry in words.items() if word.endswith("*") and not word.endswith("**")
        },
        endings={word[1:]: entry for word, entry in words.items() if word.startswith("*")},
        phrases=phrases,
        longest=max(len(phrase.split()) for phrase in phrases),
        **{name: frozenset(little[name].split()) for name in ("common", "negators", "stronger", "weaker", "but")},
        not_negating=frozenset(little["not_negating"]),
    )


@cache
def pictures() -> dict[str, tuple[float, bool]]:
    """Emoji and emoticons: their weight, and whether they are angry."""
    table = tables("emoji.toml")
    sides = (("positive", 1.5, False), ("negative", -1.5, False), ("angry", -2.0, True))
    return {picture: (weight, angry) for side, weight, angry in sides for picture in table[side].split()}


def tables(name: str) -> dict[str, Any]:
    """One word file of this room."""
    return tomllib.loads((_ROOM / name).read_text("utf-8"))


def _entry(group: dict[str, Any]) -> Entry:
    return Entry(weight=float(group["weight"]), kind=group["kind"])
