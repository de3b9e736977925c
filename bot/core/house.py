"""The rules of this house: who works here, how we speak, what may appear."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.core.person import People

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.draft import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What `candor.toml` says, without secrets."""

    brand: str
    timezone: str = "Europe/Berlin"
    languages: tuple[str, ...] = ("de", "en")
    second_person: Literal["required", "none"] = "required"
    people: People = field(default_factory=People)
    address: Mapping[str, Address] = field(default_factory=dict)
    """Form of address per channel; `default` for the others (Sie where nothing is said)."""
    brand_words: tuple[str, ...] = ()
    """Opt-in: words that make a post concern us although it does not address us."""
    allow: tuple[str, ...] = ()
    second_look_after: timedelta = timedelta(seconds=60)
    """The pause before the second look of a one-person house."""
    promise_within: timedelta = timedelta(hours=24)
    """By when "we will write here again" is due."""
    keep_raw: timedelta = timedelta(days=7)
    """How long raw deliveries are kept."""

    def address_on(self, channel: str) -> Address:
        """Sie or du, as this channel's customers are spoken to."""
        return self.address.get(channel, self.address.get("default", "Sie"))
