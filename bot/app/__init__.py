"""The composition root: the only place that knows every room, and opens the house."""

from __future__ import annotations

from bot.app.house import OpenHouse
from bot.app.rooms import CHANNELS
from bot.app.stopping import until_stopped

__all__ = ["CHANNELS", "OpenHouse", "until_stopped"]
