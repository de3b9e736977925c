"""What of an open house can be reached from outside: the desk, the webhooks, and whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.app.rooms import CHANNELS
from bot.approvals.web.desk import desk
from bot.front import front

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from starlette.routing import BaseRoute

    from bot.app.house import OpenHouse
    from bot.settings import Settings


def front_of(house: OpenHouse, webhooks: Sequence[BaseRoute]) -> Callable[..., Coroutine[object, object, None]]:
    """The one HTTP front of this house."""
    settings = house.settings
    table = desk(
        house.pipeline,
        house=settings.house,
        keeper=house.keeper,
        clock=house.clock,
        channels=CHANNELS,
        health=house.health,
        hosts=_hosts(settings),
        https=(settings.rules.desk.url or "").casefold().startswith("https:"),
    )
    return front(desk=table, webhooks=webhooks, health=lambda: how_it_goes(house))


def how_it_goes(house: OpenHouse) -> Mapping[str, object]:
    """For whoever watches the house: not ok while anything cannot be heard, said or asked."""
    troubles = [
        {"room": report.room, "work": report.work, "since": report.at.isoformat(), "why": report.why}
        for report in house.health.troubles
    ]
    waiting, paused = house.pipeline.open_count(), house.pipeline.paused
    return {"ok": not troubles, "open": waiting, "paused": paused, "troubles": troubles}


def _hosts(settings: Settings) -> set[str]:
    """Names under which the desk answers beside this machine's own: those the settings give it."""
    named = settings.rules.desk
    return {name for name in (named.host, urlsplit(named.url or "").hostname) if name}
