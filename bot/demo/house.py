"""The demo's bakery: three shops, a van, an order page, and three people who answer."""

from __future__ import annotations

from bot.core.house import House
from bot.core.person import People, Person


def house() -> House:
    """How this bakery speaks, and who works in it."""
    return House(
        brand="Mürbling",
        people=People(
            (
                Person(name="Jette Brandis", login="jette", roles=frozenset({"approver", "admin", "legal"})),
                Person(
                    name="Malik Sander",
                    login="malik",
                    roles=frozenset({"approver", "money"}),
                    deputy_of=("Jette Brandis",),
                ),
                Person(name="Ole Wichert", login="ole", roles=frozenset({"reader"})),
            )
        ),
        address={"default": "Sie", "telegram": "du"},
        brand_words=("Mürbling",),
        allow=("@muerbling", "https://bestellen.muerbling.example"),
    )
