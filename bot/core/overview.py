"""What one colleague sees when they look at the whole house: who waits longest, what is theirs, and how each channel does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.core.question import Question, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How one channel does."""

    name: str
    heard_at: datetime | None = None
    """When something last came in; None when nothing did within the days that deliveries are kept."""
    open: Mapping[Standing, int] = field(default_factory=dict)
    """How many questions stand open in each way."""
    trouble: str = ""
    """Why it cannot be listened to or spoken on just now, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The house at a glance, read in one go."""

    open: int
    oldest: tuple[Question, ...] = ()
    """Open questions, the longest waiting first; no more than fit on a page."""
    mine: tuple[Question, ...] = ()
    """What this person has on their table, most urgent first."""
    places: Mapping[int, str] = field(default_factory=dict)
    """Where the cards of these questions hang."""
    channels: tuple[ChannelState, ...] = ()
    paused: bool = False
