"""The time: the only clock of the house, in a file of its own because nearly every command asks for it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)
