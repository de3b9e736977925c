"""`/candor`: what stands open, and the switch that stops all sending."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.approvals.slack.knocks import Knock
from bot.approvals.slack.phrases import channel_name
from bot.approvals.slack.wording import escaped, link, within
from bot.errors import ChannelError

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.reception import Reception
    from bot.core.person import Person
    from bot.core.question import Question

log = logging.getLogger("candor.slack")
USAGE = "`/candor open` lists who waits · `/candor pause` stops all sending · `/candor resume` goes on sending"
_LISTED = 15


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to the command, in any channel: the answer is for one person alone."""

    async def candor(ack: AsyncAck, respond: AsyncRespond, body: Json) -> None:
        await ack()
        knock = Knock(account=body["user_id"], team=str(body.get("team_id", "")), channel=None)
        if why := await reception.porter.why_not(knock):
            await respond(escaped(why))
            await reception.admit(knock)
            return
        person = reception.house.people.by_slack(knock.account)
        word = str(body.get("text", "")).strip().lower()
        await respond(await _does(reception, person, word) if person else USAGE)

    app.command("/candor")(candor)


async def _does(reception: Reception, person: Person, word: str) -> str:
    """Carry out one word and say what came of it."""
    match word:
        case "open":
            return await _open(reception)
        case "pause":
            await asyncio.to_thread(reception.decisions.pause, by=person.name)
            await _announce(reception, f"{person.name} paused all sending. Approved replies are held.")
            return "Paused: nothing leaves the house until somebody types `/candor resume`."
        case "resume":
            await asyncio.to_thread(reception.decisions.resume, by=person.name)
            await _announce(reception, f"{person.name} resumed sending. What waited is checked again first.")
            return "Sending goes on; everything that waited is checked again first."
        case _:
            return USAGE


async def _open(reception: Reception) -> str:
    """The open questions, most urgent first."""
    count = await asyncio.to_thread(reception.decisions.open_count)
    if not count:
        return "Nobody waits for an answer."
    questions, _ = await asyncio.to_thread(reception.decisions.open_questions, limit=_LISTED)
    lines = [_line(question, reception.house.timezone) for question in questions]
    more = f"\n… and {count - len(lines)} more" if count > len(lines) else ""
    return f"*{count} open*, most urgent first:\n" + "\n".join(lines) + more


def _line(question: Question, zone: str) -> str:
    newest, due = question.newest, question.due_at.astimezone(ZoneInfo(zone))
    original = link(newest.url, "original")
    return " · ".join(
        part
        for part in (
            f"• {question.number}",
            channel_name(newest.channel),
            within(newest.author or "somebody", 80),
            question.standing.replace("_", " "),
            f"answer by {due:%d %b, %H:%M}",
            original,
        )
        if part
    )


async def _announce(reception: Reception, text: str) -> None:
    """Everybody should know; but the switch has already been thrown, whatever Slack says."""
    try:
        await reception.cards.alarm(text)
    except ChannelError as error:
        log.warning("the channel was not told about pause or resume: %s", error)
