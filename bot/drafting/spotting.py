"""Finding known phrases in a post, in one pass over its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def words_of(text: str) -> list[str]:
    """The words in lower case, without marks; `don't` is one word."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.casefold().replace("’", "'"))


class Spotter:
    """Knows phrases by the name of what they tell: `-torte` is any word's end, `verspät-` any word's beginning."""

    def __init__(self, heard: Mapping[str, Iterable[str]]) -> None:
        self._by_word: dict[str, list[tuple[list[str], str]]] = {}
        self._open: list[tuple[list[str], str]] = []
        for name, phrases in heard.items():
            for phrase in phrases:
                parts = phrase.casefold().split()
                if "-" in (parts[0][0], parts[0][-1]):
                    self._open.append((parts, name))
                else:
                    self._by_word.setdefault(parts[0], []).append((parts, name))
        self._ends = tuple(parts[0][1:] for parts, _ in self._open if parts[0].startswith("-"))
        self._begins = tuple(parts[0][:-1] for parts, _ in self._open if not parts[0].startswith("-"))

    def places(self, words: Sequence[str]) -> dict[str, list[int]]:
        """Where each name was told, as positions of words; names in the order of their first place."""
        found: dict[str, list[int]] = {}
        for name, at, _ in self._found(words):
            found.setdefault(name, []).append(at)
        return found

    def spans(self, words: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Where each name was first told, as (first word, one past the last)."""
        found: dict[str, tuple[int, int]] = {}
        for name, at, end in self._found(words):
            found.setdefault(name, (at, end))
        return found

    def _found(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        for at, word in enumerate(words):
            for parts, name in (*self._by_word.get(word, ()), *self._open_at(word)):
                if at + len(parts) <= len(words) and all(map(_fits, words[at:], parts)):
                    yield name, at, at + len(parts)

    def _open_at(self, word: str) -> Sequence[tuple[list[str], str]]:
        """The open phrases; none of them for most words, which is quickly seen."""
        return self._open if word.endswith(self._ends) or word.startswith(self._begins) else ()


def _fits(word: str, part: str) -> bool:
    if part.startswith("-"):
        return word.endswith(part[1:])
    if part.endswith("-"):
        return word.startswith(part[:-1])
    return word == part
