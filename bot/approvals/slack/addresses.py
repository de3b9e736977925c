"""The short names on the wire: which question and version a click means, and where a card stands."""

from __future__ import annotations

from typing import NamedTuple

_DIGITS = 18
"""A longer number fits no row."""


class Version(NamedTuple):
    """`<draft id>:<version>`, as buttons, menus and modals carry it."""

    question: int
    version: int


def version_from(value: str) -> Version | None:
    """Read `12:3`, `escalate:12:3` or `judged:12:3`; nothing when it is none of ours."""
    *_, question, version = ["", "", *value.split(":")]
    if not all(part.isascii() and part.isdigit() and len(part) <= _DIGITS for part in (question, version)):
        return None
    return Version(int(question), int(version))


def place_of(channel: str, ts: str) -> str:
    """Where a card stands: `<channel id>/<ts>`."""
    return f"{channel}/{ts}"


def place_from(place: str) -> tuple[str, str]:
    """Channel id and ts of a place."""
    channel, _, ts = place.partition("/")
    return channel, ts
