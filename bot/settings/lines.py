"""Where in `candor.toml` a key stands, so that a fault can name its line."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")

Place = tuple[int | str, ...]


def line_of(text: str, place: Place) -> int | None:
    """The line of a key, or of the nearest thing around it; None when it stands nowhere by that name."""
    lines = _places_in(text)
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def _places_in(text: str) -> dict[Place, int]:
    """The first line of every table and key. Text over several lines may mislead it: it only helps to find."""
    lines: dict[Place, int] = {}
    counted: dict[str, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _TABLE.match(line):
            table = tuple(head[2].split("."))
            if head[1] == "[[":
                lines.setdefault(table, number)
                counted[head[2]] = counted.get(head[2], -1) + 1
                table = (*table, counted[head[2]])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines
