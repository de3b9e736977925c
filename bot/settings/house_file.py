"""`candor.toml`: the rules of the house, without secrets."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.core.house import House
from bot.core.person import People, Person
from bot.settings.addresses import WebAddress, is_loopback
from bot.settings.lines import Place, line_of
from bot.settings.sense import odd_about, wrong_with
from bot.settings.wording import faults_from

if TYPE_CHECKING:
    from pathlib import Path

NAME = "candor.toml"
Text = Annotated[str, Field(min_length=1)]


def _slack_id(account: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]+", account):
        raise ValueError(
            "must be a member id like U01ALICE (in Slack: open the profile, the three dots, Copy member ID)"
        )
    return account


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PersonTable(_Table):
    """One entry of `[[people]]`."""

    name: Text
    slack: Annotated[str, AfterValidator(_slack_id)] | None = None
    login: Text | None = None
    telegram: Text | None = None
    roles: Annotated[list[Literal["reader", "approver", "admin", "money", "legal"]], Field(min_length=1)] = ["approver"]
    deputy_of: list[Text] = []


class SlackTable(_Table):
    """Where Slack questions go when their channel is gone."""

    fallback_channel: Text | None = None


class DeskTable(_Table):
    """Where the web desk listens, and how people reach it."""

    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8765
    url: WebAddress | None = None


class HouseFile(_Table):
    """Every key that `candor.toml` may have."""

    brand: Text
    timezone: Text = "Europe/Berlin"
    languages: Annotated[list[Literal["de", "en"]], Field(min_length=1)] = ["de", "en"]
    second_person: Literal["required", "none"] = "required"
    people: Annotated[list[PersonTable], Field(min_length=1)]
    address: dict[str, Literal["Sie", "du", "neutral"]] = {}
    brand_words: list[Text] = []
    allow: list[Text] = []
    second_look_seconds: Annotated[int, Field(ge=10, le=3600)] = 60
    promise_hours: Annotated[float, Field(gt=0, le=720)] = 24
    keep_raw_days: Annotated[float, Field(gt=0, le=3650)] = 7
    slack: SlackTable = SlackTable()
    desk: DeskTable = DeskTable()


TABLES: dict[str, type[BaseModel]] = {"people": PersonTable, "slack": SlackTable, "desk": DeskTable}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What `candor.toml` says, ready for use."""

    house: House
    slack: SlackTable = field(default_factory=SlackTable)
    desk: DeskTable = field(default_factory=DeskTable)
    warnings: tuple[str, ...] = ()


ORDINARY = Rules(house=House(brand="Candor"))
"""The house of whoever tries a filter without a `candor.toml`: nobody works in it, so nothing can be approved."""


def rules_from(folder: Path, *, needed: bool) -> tuple[Rules, list[str]]:
    """Read `candor.toml`: the rules, and every fault in words. With faults the rules are the ordinary ones."""
    try:
        text = (folder / NAME).read_bytes().decode("utf-8-sig")
        written = tomllib.loads(text)
    except FileNotFoundError:
        return ORDINARY, [f"there is no {NAME} here; `candor init` writes one"] if needed else []
    except OSError as error:
        return ORDINARY, [f"{NAME} cannot be read: {error.strerror}"]
    except UnicodeDecodeError:
        return ORDINARY, [f"{NAME} is not UTF-8 text; save it as UTF-8"]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return ORDINARY, [f"{NAME}: {error}"]
    try:
        file = HouseFile.model_validate(written)
    except ValidationError as error:
        return ORDINARY, _pydantic_faults(error, text)
    house = _house_from(file)
    faults = [f"{_where(text, place)}: {what}" for place, what in wrong_with(house, given=file.address)]
    return Rules(house=house, slack=file.slack, desk=file.desk, warnings=_odd(house, file.desk)), faults


def _pydantic_faults(error: ValidationError, text: str) -> list[str]:
    places = [fault["loc"] for fault in error.errors(include_url=False)]
    told = faults_from(error, HouseFile, TABLES)
    return [f"{_where(text, place)}: {path} {what}" for place, (path, what) in zip(places, told, strict=True)]


def _where(text: str, place: Place) -> str:
    line = line_of(text, place)
    return f"{NAME} line {line}" if line else NAME


def _odd(house: House, desk: DeskTable) -> tuple[str, ...]:
    odd = list(odd_about(house))
    if not is_loopback(desk.host):
        odd.append(f"the web desk listens on {desk.host}: others on the network can reach it; put HTTPS in front")
    return tuple(f"{NAME}: {line}" for line in odd)


def _house_from(file: HouseFile) -> House:
    return House(
        brand=file.brand,
        timezone=file.timezone,
        languages=tuple(file.languages),
        second_person=file.second_person,
        people=People(tuple(_person_from(table) for table in file.people)),
        address=file.address,
        brand_words=tuple(file.brand_words),
        allow=tuple(file.allow),
        second_look_after=timedelta(seconds=file.second_look_seconds),
        promise_within=timedelta(hours=file.promise_hours),
        keep_raw=timedelta(days=file.keep_raw_days),
    )


def _person_from(table: PersonTable) -> Person:
    return Person(
        name=table.name,
        slack=table.slack,
        login=table.login,
        telegram=table.telegram,
        roles=frozenset(table.roles),
        deputy_of=tuple(table.deputy_of),
    )
