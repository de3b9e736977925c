"""One try to say approved words in public, written down before a byte leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OutcomeKind = Literal["sent", "not_sent", "needs_login", "refused", "unknown", "withdrawn", "there", "not_there"]
MAY_TRY_AGAIN: frozenset[OutcomeKind] = frozenset({"not_sent", "needs_login", "not_there"})
"""Proved, by the channel or by a person who looked, that nothing was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What is about to be said, and under which post."""

    number: int
    question: int
    version: int
    channel: str
    thread: str
    post: str
    """The channel's name of the post we answer."""
    text: str
    key: str
    """Fixed at approval; the same for every try of the same words."""
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Proof from the channel that our words stand there."""

    id: str
    url: str | None = None
