"""Finds the patterns of the flags: each says with which letters it can begin, and is tried only there."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from re import _parser  # type: ignore[attr-defined]  # the only way to ask a pattern how it begins
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD_START = re.compile(r"(?<!\w)\S")
_LETTERS = 3
"""Letters by which a pattern is looked up; with none a post of 280 characters took ten times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a pattern of this name was found."""

    name: str
    start: int
    end: int


class Patterns:
    """Named regular expressions, each of which begins at the start of a word; texts are case-folded."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        by_opening: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, patterns in named.items():
            for pattern in (each.replace("ß", "ss") for each in patterns):
                for opening in openings(pattern):
                    by_opening[opening][name].append(pattern)
        self._by_opening = {
            opening: [(name, re.compile("|".join(f"(?:{each})" for each in some))) for name, some in names.items()]
            for opening, names in by_opening.items()
        }

    def spots(self, text: str) -> list[Spot]:
        """Every place where a pattern is found, in their order."""
        return [spot for start in _word_starts(text) for spot in self.at(text, start)]

    def at(self, text: str, start: int) -> list[Spot]:
        """What is found at this very place."""
        found = []
        for letters in range(_LETTERS + 1):
            for name, pattern in self._by_opening.get(text[start : start + letters], ()):
                if (match := pattern.match(text, start)) is not None:
                    found.append(Spot(name=name, start=start, end=match.end()))
        return found


def _word_starts(text: str) -> list[int]:
    return [found.start() for found in _WORD_START.finditer(text)]


def openings(pattern: str) -> set[str]:
    """The first letters with which a match can begin; the empty one when anything may.

    >>> sorted(openings("(?:rechts)?anwalt"))
    ['an', 're']
    """
    return {opening[:_LETTERS] for opening in _beginnings(list(_parser.parse(pattern)), _LETTERS)}


def _beginnings(parts: list[tuple[Any, Any]], letters: int) -> set[str]:
    """Beginnings of what these nodes of a parsed pattern match; one that is shorter than `letters` leaves the rest open."""
    if not parts or letters <= 0:
        return {""}
    (kind, value), rest = parts[0], parts[1:]
    match str(kind):
        case "LITERAL":
            return {chr(value) + more for more in _beginnings(rest, letters - 1)}
        case "IN" if all(str(kind) == "LITERAL" for kind, _ in value):
            return {chr(code) + more for _, code in value for more in _beginnings(rest, letters - 1)}
        case "SUBPATTERN":
            return _beginnings([*value[3], *rest], letters)
        case "BRANCH":
            return set().union(*(_beginnings([*branch, *rest], letters) for branch in value[1]))
        case "MAX_REPEAT":
            least, most, inner = value
            some = _beginnings([*inner, *rest] if most == 1 else list(inner), letters)
            return some | (_beginnings(rest, letters) if least == 0 else set())
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return _beginnings(rest, letters)
        case _:
            return {""}
