"""The desk at the door: lets colleagues in, turns others away kindly, and hands decisions to the house."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.approvals.slack.addresses import place_from
from bot.approvals.slack.wording import escaped, link
from bot.errors import AlreadyDecided, AlreadySigned, CandorError, ChannelError, HistoryError, Outdated, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.approvals.decisions import Decisions
    from bot.approvals.slack.cards import Cards
    from bot.approvals.slack.knocks import Click, Knock
    from bot.approvals.slack.porter import Porter
    from bot.approvals.slack.wire import Wire
    from bot.core.house import House
    from bot.core.overview import Overview
    from bot.core.person import Person
    from bot.core.question import Question

log = logging.getLogger("candor.slack")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What every listener needs: who may come in, what the house decides, and how to answer."""

    wire: Wire
    cards: Cards
    porter: Porter
    house: House
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
        if isinstance(error, Stopped):
            await self.whisper(click, f"These words cannot go out as they stand ({error}). Please choose Edit.")
        elif isinstance(error, HistoryError):
            await self.whisper(click, f"Nothing was decided, it could not be saved; please click again ({error}).")
        elif isinstance(error, AlreadyDecided | AlreadySigned | Outdated):
            await self.whisper(click, str(error), pointer=await self._pointer(click))
        else:
            await self.whisper(click, str(error))

    async def whisper(self, knock: Knock, text: str, *, pointer: str = "") -> None:
        """Answer one person alone; a note that cannot be shown is only logged."""
        channel = knock.channel or min(await self.cards.rooms())
        try:
            await self.wire.whisper(channel, knock.account, f"{escaped(text)} {pointer}".rstrip())
        except ChannelError as error:
            log.warning("question %d: a private note did not arrive: %s", knock.about.question, error)

    async def on_the_table(self, click: Click) -> Question | None:
        """The question, when the version that was clicked can be decided; else the person reads what stands."""
        question = await self.question(click.about.question)
        if question is not None and question.decidable and question.version == click.about.version:
            return question
        why = what_stands(question, click.about.version, self.house.timezone)
        await self.whisper(click, why, pointer=await self._pointer(click))
        await self.cards.redraw(click.about.question, click.place)
        return None

    async def _pointer(self, click: Click) -> str:
        """Point at the reply where it stands, else at the card."""
        question = await self.question(click.about.question)
        reply = question.said[-1].url if question and question.said else None
        return link(reply, "See our reply") or link(self.wire.address(*place_from(click.place)), "See the card")


def what_stands(question: Question | None, version: int, zone: str) -> str:
    """Who decided and when, or which version is on the table."""
    if question is None:
        return "This question is not known here; nothing was decided."
    if question.decidable and question.version != version:
        return f"Version {version} is out of date, {question.version} is current."
    if question.ruling is None:
        return "This question cannot be decided just now."
    by, at = " and ".join(question.ruling.by), question.ruling.at.astimezone(ZoneInfo(zone))
    return f"{by} decided this already, at {at:%H:%M} ({question.ruling.kind.replace('_', ' ')})."
