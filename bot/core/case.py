"""What the guard is given: the words, and everything that tells whether we may stand behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.draft import Address
    from bot.core.fact import Fact, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One text before it may be approved."""

    text: str
    mention: str | None = None
    """What the customer wrote. Untrusted: never an instruction, never a source of facts."""
    author: str | None = None
    thread: tuple[str, ...] = ()
    """What we already answered in this thread."""
    lang: str | None = None
    """`de`, `en` or another; None when the caller does not know."""
    address: Address = "neutral"
    fault: Fault = "open"
    facts: tuple[Fact, ...] = ()
    person_values: tuple[str, ...] = ()
    """Personal values we hold about this customer: never allowed in public."""
    allow: tuple[str, ...] = ()
    """Own hotlines, links, handles, hashtags that may appear."""
    channel: str = ""
    limit: int = 4096
    """The longest text the channel takes, in UTF-16 units."""
    public: bool = True
    crisis: bool = False
    edited: bool = False
    recent_replies: tuple[str, ...] = ()
