"""`/candor`: what stands open, and the switch that stops all sending."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.approvals.slack.knocks import Knock
from bot.approvals.slack.speech import channel_name
from bot.approvals.slack.wording import escaped, link, within
from bot.errors import ChannelError

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.reception import Reception
    from bot.approvals.slack.speech import Speech
    from bot.core.person import Person
    from bot.core.question import Question

log = logging.getLogger("candor.slack")
_LISTED = 15


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to the command, in any channel: the answer is for one person alone."""

    async def candor(ack: AsyncAck, respond: AsyncRespond, body: Json) -> None:
        await ack()
        knock = Knock(account=body["user_id"], team=str(body.get("team_id", "")), channel=None)
        if why := await reception.porter.why_not(knock):
            await respond(escaped(reception.speech.why(why)))
            await reception.admit(knock)
            return
        person = reception.house.people.by_slack(knock.account)
        word = str(body.get("text", "")).strip().lower()
        await respond(await _does(reception, person, word) if person else reception.speech.say("command.usage"))

    app.command("/candor")(candor)


async def _does(reception: Reception, person: Person, word: str) -> str:
    """Carry out one word and say what came of it."""
    say = reception.speech.say
    match word:
        case "open":
            return await _open(reception)
        case "pause":
            await asyncio.to_thread(reception.decisions.pause, by=person.name)
            await _announce(reception, say("command.all_paused", person=person.name))
            return say("command.paused")
        case "resume":
            await asyncio.to_thread(reception.decisions.resume, by=person.name)
            await _announce(reception, say("command.all_resumed", person=person.name))
            return say("command.resumed")
        case _:
            return say("command.usage")


async def _open(reception: Reception) -> str:
    """The open questions, most urgent first."""
    speech = reception.speech
    count = await asyncio.to_thread(reception.decisions.open_count)
    if not count:
        return speech.say("command.nobody")
    questions, _ = await asyncio.to_thread(reception.decisions.open_questions, limit=_LISTED)
    lines = [speech.say("command.open", n=count), *[_line(question, speech) for question in questions]]
    if count > len(questions):
        lines.append(speech.say("command.more", n=count - len(questions)))
    return "\n".join(lines)


def _line(question: Question, speech: Speech) -> str:
    newest = question.newest
    parts = (
        f"• {question.number}",
        channel_name(newest.channel),
        within(newest.author or speech.say("somebody"), 80),
        speech.one_of("standing", question.standing),
        speech.say("command.due", due=speech.local(question.due_at)),
        link(newest.url, speech.say("post.original")),
    )
    return " · ".join(filter(None, parts))


async def _announce(reception: Reception, text: str) -> None:
    """Everybody should know; but the switch has already been thrown, whatever Slack says."""
    try:
        await reception.cards.alarm(text)
    except ChannelError as error:
        log.warning("the channel was not told about pause or resume: %s", error)
