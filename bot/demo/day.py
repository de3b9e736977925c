"""What the customers of the demo's bakery say between half past six in the morning and eight in the evening."""

from __future__ import annotations

import json
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.core.mention import Mention

if TYPE_CHECKING:
    from datetime import date

ZONE = ZoneInfo("Europe/Berlin")


def day(on: date) -> list[Mention]:
    """Every post in the order of the clock, as if it had been said on this date."""
    text = (resources.files("bot.demo") / "day.jsonl").read_text(encoding="utf-8")
    return [_mention_from(json.loads(line), on) for line in text.splitlines()]


def _mention_from(row: dict[str, Any], on: date) -> Mention:
    said = datetime.fromisoformat(row.pop("at")).astimezone(ZONE)
    at = said.replace(year=on.year, month=on.month, day=on.day)
    return Mention(at=at, attachments=tuple(row.pop("attachments", ())), replayed=True, **row)
