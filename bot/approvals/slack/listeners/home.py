"""Somebody looks at the App Home: it is drawn afresh for them alone."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.approvals.slack.addresses import place_from
from bot.approvals.slack.home import home_view, stranger_view
from bot.errors import ChannelError

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.reception import Reception
    from bot.core.overview import Overview
    from bot.core.person import Person

log = logging.getLogger("candor.slack")


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to people who open it; whoever is listed may read, also who may not decide."""

    async def opened(body: Json, event: Json) -> None:
        if event.get("tab", "home") != "home":
            return
        account = str(event["user"])
        try:
            person = await _colleague(reception, account, str(body.get("team_id", "")))
            view = await _drawn(reception, person) if person else stranger_view(reception.house)
            await reception.wire.publish(account, view)
        except ChannelError as error:
            log.warning("an App Home was not drawn: %s", error)

    app.event("app_home_opened")(opened)


async def _colleague(reception: Reception, account: str, team: str) -> Person | None:
    """Somebody of this workspace and this house."""
    us = await reception.wire.who()
    return reception.house.people.by_slack(account) if team == us.team else None


async def _drawn(reception: Reception, person: Person) -> Json:
    seen = await asyncio.to_thread(reception.overview, person)
    return home_view(
        seen,
        house=reception.house,
        now=reception.clock(),
        address_of=lambda number: _address(reception, seen, number),
        desk_url=reception.desk_url,
    )


def _address(reception: Reception, seen: Overview, number: int) -> str | None:
    """The card where it hangs, else the question's page on the desk."""
    place = seen.places.get(number)
    card = reception.wire.address(*place_from(place)) if place else None
    page = f"{reception.desk_url.rstrip('/')}/q/{number}" if reception.desk_url else None
    return card or page
