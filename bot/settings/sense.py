"""Rules of the house that are well written but do not fit together."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

from bot.settings.wording import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.core.house import House
    from bot.core.person import Person
    from bot.settings.lines import Place

_CHANNELS = ("default", "telegram")
_SIGNATURES = 2


def wrong_with(house: House, *, given: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Name each contradiction and the key it stands at; `given` are the channels of `[address]`."""
    yield from _no_such_zone(house.timezone)
    if len(set(house.languages)) < len(house.languages):
        yield ("languages",), "languages names one twice"
    for channel in given:
        near = nearest(channel, _CHANNELS, cutoff=0.8)
        if near and near != channel:
            yield ("address", channel), f"address.{channel} is not known; did you mean {near!r}?"
    everybody = house.people.everybody
    yield from _same_twice(everybody)
    yield from _nobodys_deputies(everybody)
    if not any(person.may_decide for person in everybody):
        yield ("people",), 'nobody may approve; give one person roles = ["approver"]'


def odd_about(house: House) -> Iterator[str]:
    """What works, but not as people may expect."""
    deciders = sum(person.may_decide for person in house.people.everybody)
    if house.second_person == "none":
        yield 'second_person = "none": a reason and a second look replace the second person, and history says so'
    elif deciders < _SIGNATURES:
        yield (
            "only one person may approve, but injury, law, press and a crisis need two: name a second person, "
            'or write second_person = "none"'
        )


def _no_such_zone(name: str) -> Iterator[tuple[Place, str]]:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder, like "Europe"
        hint = nearest(name, zoneinfo.available_timezones())
        mend = f"did you mean {hint!r}?" if hint else "write one like Europe/Berlin"
        yield ("timezone",), f"timezone {name!r} does not exist; {mend}"


def _same_twice(everybody: tuple[Person, ...]) -> Iterator[tuple[Place, str]]:
    """A name or account that two entries share would let one person sign twice, or sign for another."""
    for key in ("name", "slack", "login", "telegram"):
        seen = set()
        for place, person in enumerate(everybody):
            account = (getattr(person, key) or "").removeprefix("@").casefold()
            if account and account in seen:
                yield ("people", place, key), f"people[{place}].{key} is the same as another person's"
            seen.add(account)


def _nobodys_deputies(everybody: tuple[Person, ...]) -> Iterator[tuple[Place, str]]:
    names = [person.name for person in everybody]
    for place, person in enumerate(everybody):
        for name in person.deputy_of:
            if name == person.name:
                yield ("people", place, "deputy_of"), f"people[{place}]: nobody stands in for themselves"
            elif name not in names:
                yield (
                    ("people", place, "deputy_of"),
                    f"people[{place}].deputy_of: there is no {name!r}; {did_you_mean(name, names)}",
                )
