"""The desk at the door: lets colleagues in, turns others away kindly, and hands decisions to the house."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.approvals.slack.addresses import place_from
from bot.approvals.slack.wording import escaped, link
from bot.core.why import Why
from bot.errors import AlreadyDecided, AlreadySigned, CandorError, ChannelError, HistoryError, Outdated, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.approvals.decisions import Decisions
    from bot.approvals.slack.addresses import Version
    from bot.approvals.slack.cards import Cards
    from bot.approvals.slack.knocks import Click, Knock
    from bot.approvals.slack.porter import Porter
    from bot.approvals.slack.speech import Speech
    from bot.approvals.slack.wire import Wire
    from bot.core.house import House
    from bot.core.overview import Overview
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.core.why import Told

log = logging.getLogger("candor.slack")
_DID = {"approved": Why.approved_by, "rewritten": Why.rewritten_by, "declined": Why.declined_by}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What every listener needs: who may come in, what the house decides, and how to answer."""

    wire: Wire
    cards: Cards
    porter: Porter
    house: House
    speech: Speech
    decisions: Decisions
    find: Callable[[str], int | None]
    """The question whose card hangs at a place."""
    seen: Callable[[str], bool]
    """Keeps an id; False when it was known already."""
    limit_of: Callable[[str], int]
    """The longest reply a channel takes."""
    overview: Callable[[Person], Overview]
    """The house at a glance, as one person sees it."""
    clock: Callable[[], datetime]
    desk_url: str | None
    places: dict[int, str]
    """From which card a modal was opened, so that it is redrawn at once; the minute's round would do it too."""

    async def admit(self, knock: Knock) -> Person | None:
        """The colleague who may decide here; anybody else reads why not, and the refusal is kept."""
        why = await self.porter.why_not(knock)
        if why is None:
            return self.house.people.by_slack(knock.account)
        await asyncio.to_thread(self.decisions.refuse, knock.about.question, knock.account, why, surface="slack")
        if knock.channel:
            await self.whisper(knock, why)
        return None

    async def receive(self, click: Click) -> Person | None:
        """Let a click in once: Slack delivers again what it thinks was lost."""
        return await self.admit(click) if await asyncio.to_thread(self.seen, click.key) else None

    async def question(self, number: int) -> Question | None:
        """Everything about one question, from our own rows."""
        return await asyncio.to_thread(self.decisions.question, number)

    async def carry_out(self, click: Click, call: Callable[[], object]) -> bool:
        """Hand in what a person decided; a refusal is told to them alone. Either way the card is drawn afresh."""
        try:
            await asyncio.to_thread(call)
        except CandorError as error:
            await self.explain(click, error)
            return False
        finally:
            await self.cards.redraw(click.about.question, click.place)
        return True

    async def explain(self, click: Click, error: CandorError) -> None:
        """Why nothing was decided; where somebody else did, with a link."""
        why = self.speech.why(error.why)
        if isinstance(error, Stopped):
            await self.whisper(click, self.speech.say("answer.stopped", why=self._stops(error)))
        elif isinstance(error, HistoryError):
            await self.whisper(click, self.speech.say("answer.not_saved", why=why.rstrip(".")))
        elif isinstance(error, AlreadyDecided | AlreadySigned | Outdated):
            await self.whisper(click, why, pointer=await self._pointer(click))
        else:
            await self.whisper(click, why)

    async def whisper(self, knock: Knock, text: str, *, pointer: str = "") -> None:
        """Answer one person alone; a note that cannot be shown is only logged."""
        channel = knock.channel or min(await self.cards.rooms())
        said = f"{escaped(self.speech.why(text))} {pointer}".rstrip()
        try:
            await self.wire.whisper(channel, knock.account, said)
        except ChannelError as error:
            log.warning("question %d: a private note did not arrive: %s", knock.about.question, error)

    async def on_the_table(self, click: Click) -> Question | None:
        """The question, when the version that was clicked can be decided; else the person reads what stands."""
        question = await self.question(click.about.question)
        if question is not None and question.decidable and question.version == click.about.version:
            return question
        why = what_stands(question, click.about, self.house.timezone)
        await self.whisper(click, why, pointer=await self._pointer(click))
        await self.cards.redraw(click.about.question, click.place)
        return None

    async def _pointer(self, click: Click) -> str:
        """Point at the reply where it stands, else at the card."""
        question = await self.question(click.about.question)
        reply = question.said[-1].url if question and question.said else None
        card = self.wire.address(*place_from(click.place))
        return link(reply, self.speech.say("answer.our_reply")) or link(card, self.speech.say("answer.the_card"))

    def _stops(self, stopped: Stopped) -> str:
        """Which rules stand in the way, and why."""
        found = [f"{finding.item}: {finding.why_in(self.speech.lang).rstrip('.')}" for finding in stopped.findings]
        return "; ".join(found)


def what_stands(question: Question | None, clicked: Version, zone: str) -> Told:
    """Who decided and when, or which version is on the table."""
    if question is None:
        return Why.no_question(question=clicked.question)
    if question.decidable and question.version != clicked.version:
        return Why.out_of_date(version=clicked.version, current=question.version)
    if question.ruling is None:
        return Why.not_now()
    by, at = question.ruling.by, question.ruling.at.astimezone(ZoneInfo(zone))
    if question.ruling.kind == "left_alone":
        return Why.left_alone_by(people=by, clock=f"{at:%H:%M}")
    return _DID[question.ruling.kind](people=by, version=question.ruling.version, clock=f"{at:%H:%M}")
