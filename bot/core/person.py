"""People are people, not accounts: one entry per person, whatever they sign with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "approver", "admin", "money", "legal"]
DECIDES: frozenset[Role] = frozenset({"approver", "admin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A colleague, tied to all the accounts they use."""

    name: str
    slack: str | None = None
    login: str | None = None
    telegram: str | None = None
    roles: frozenset[Role] = frozenset({"approver"})
    deputy_of: tuple[str, ...] = ()

    @property
    def may_decide(self) -> bool:
        """Whether this person may approve, edit, decline or leave alone."""
        return bool(self.roles & DECIDES)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who works here; an account that fits nobody belongs to nobody."""

    everybody: tuple[Person, ...] = ()

    def by_slack(self, account: str) -> Person | None:
        """The colleague behind a Slack user id."""
        return next((person for person in self.everybody if person.slack == account), None)

    def by_telegram(self, account: str) -> Person | None:
        """The colleague behind a Telegram user id or @name."""
        wanted = account.removeprefix("@").casefold()
        return next(
            (p for p in self.everybody if p.telegram and p.telegram.removeprefix("@").casefold() == wanted), None
        )

    def by_name(self, name: str) -> Person | None:
        """The colleague called this."""
        return next((person for person in self.everybody if person.name == name), None)

    def deputies_of(self, person: Person) -> tuple[Person, ...]:
        """Who stands in for this person."""
        return tuple(other for other in self.everybody if person.name in other.deputy_of)
