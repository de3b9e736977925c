"""Recorded updates, and the house that hears them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram import Update

from bot.channels.telegram_aim import Me
from bot.channels.telegram_words import heard_from
from bot.core.house import House
from bot.core.mention import Mention
from bot.core.person import People, Person

if TYPE_CHECKING:
    from bot.core.mention import Overheard

FOLDER = Path(__file__).parent.parent / "payloads" / "telegram"
ME = Me(id=4200, username="candor_bot", reads_all=True)
HOUSE = House(
    brand="Sonnenbäcker",
    brand_words=("Sonnenbäcker",),
    people=People((Person(name="Rose", telegram="@Rose_Bakes"), Person(name="Omar", telegram="7004"))),
)
EVERY_NAME = sorted(path.stem for path in FOLDER.glob("*.json"))


def recorded(name: str) -> dict[str, Any]:
    """Read an update as Telegram sends it."""
    raw: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return raw


def heard(raw: dict[str, Any], **changes: Any) -> Mention | Overheard | None:
    """Translate an update."""
    update = Update.de_json(raw, None)
    known: dict[str, Any] = {"me": ME, "house": HOUSE}
    return heard_from(update, **(known | changes))


def mention(name: str, **changes: Any) -> Mention:
    """Hear what a customer said in a recorded update."""
    found = heard(recorded(name), **changes)
    assert isinstance(found, Mention), name
    return found
