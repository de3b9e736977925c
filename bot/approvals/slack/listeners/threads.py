"""What is written below a card asks for other words; an eye claims it. Neither ever approves anything."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from bot.approvals.slack.addresses import Version, place_of
from bot.approvals.slack.knocks import NOWHERE, Click
from bot.approvals.slack.wording import unescaped

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.reception import Reception

log = logging.getLogger("candor.slack")
CLAIMS = "eyes"
_WANTED = (None, "thread_broadcast")
"""Subtypes of people who write; all others are edits, joins, bots and the like."""
_FEEDBACK_LIMIT = 2_000


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to threads and reactions."""

    async def said(body: Json, event: Json) -> None:
        if not _is_a_reply(event):
            return
        click = await _click_from(reception, body, event["user"], event["channel"], event["thread_ts"])
        person = await reception.receive(click) if click else None
        if click is None or person is None:
            return
        feedback = unescaped(str(event.get("text", "")))[:_FEEDBACK_LIMIT]
        redraft = partial(reception.decisions.redraft, *click.about, by=person, surface="slack", feedback=feedback)
        if await reception.carry_out(click, redraft):
            await reception.whisper(click, reception.speech.say("answer.redrafting"))

    async def reacted(body: Json, event: Json) -> None:
        where: Json = event.get("item", {})
        if event.get("reaction") != CLAIMS or where.get("type") != "message":
            return
        click = await _click_from(reception, body, event["user"], where["channel"], where["ts"])
        person = await reception.receive(click) if click else None
        if click is not None and person is not None:
            claim = partial(reception.decisions.hand_over, click.about.question, "claim", by=person, surface="slack")
            await reception.carry_out(click, claim)

    app.event("message")(said)
    app.event("reaction_added")(reacted)


def _is_a_reply(event: Json) -> bool:
    """A person wrote in a thread; our own posts, other bots and edits are none of it."""
    return (
        event.get("subtype") in _WANTED
        and not event.get("bot_id")
        and bool(event.get("user"))
        and event.get("thread_ts") not in (None, event.get("ts"))
    )


async def _click_from(reception: Reception, body: Json, account: str, channel: str, ts: str) -> Click | None:
    """What was done at a card, as a click on the version that is on the table; nothing elsewhere."""
    place = place_of(channel, ts)
    number = await asyncio.to_thread(reception.find, place)
    if number is None:
        return None
    question = await reception.question(number)
    return Click(
        account=account,
        team=str(body.get("team_id", "")),
        channel=channel,
        about=Version(number, question.version) if question else NOWHERE,
        place=place,
        trigger="",
        chosen="",
        shown="",
        key=f"slack:event:{body.get('event_id')}",
    )
