"""A click on a card: approve, edit, redraft, decline, look, and the menu behind the dots."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Literal

from bot.approvals.slack.knocks import Click, click_from
from bot.approvals.slack.modals import alone, decline_view, edit_view, leave_alone_view, second_look_view
from bot.core.decision import Approved
from bot.errors import ChannelError, DecisionError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.reception import Reception
    from bot.core.person import Person
    from bot.core.question import Question

log = logging.getLogger("candor.slack")


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to every button of a card."""

    async def pressed(ack: AsyncAck, body: Json) -> None:
        await ack()
        click = click_from(body)
        if person := await reception.receive(click):
            await _DOES[body["actions"][0]["action_id"]](reception, click, person)

    for action_id in _DOES:
        app.action(action_id)(pressed)


async def _approve(reception: Reception, click: Click, person: Person) -> None:
    """One signature under exactly the words on this card."""
    question = await reception.question(click.about.question)
    if question and question.approvable and alone(question, reception.house):
        await _open(reception, click, second_look_view(question, house=reception.house))
        return
    number, version = click.about
    signed = Approved(question=number, version=version, by=person, surface="slack", shown=click.shown)
    await reception.carry_out(click, partial(reception.decisions.decide, signed))


async def _edit(reception: Reception, click: Click, person: Person) -> None:
    """The window first, since its trigger lives three seconds; then everybody sees who is editing."""
    question = await reception.on_the_table(click)
    if question is None:
        return
    busy = _somebody_edits(question, person)
    limit = reception.limit_of(question.newest.channel)
    if not await _open(reception, click, edit_view(question, house=reception.house, limit=limit, busy=busy)):
        return
    try:
        await asyncio.to_thread(reception.decisions.hand_over, question.number, "editing", by=person, surface="slack")
    except DecisionError:
        return  # decided in this very moment: the window will say so when it is sent
    await reception.cards.redraw(question.number, click.place)


async def _redraft(reception: Reception, click: Click, person: Person) -> None:
    """Other words at once; what should be different is written into the thread."""
    number, version = click.about
    await reception.carry_out(click, partial(reception.decisions.redraft, number, version, by=person, surface="slack"))


async def _decline(reception: Reception, click: Click, _: Person) -> None:
    """Not these words: ask why."""
    if question := await reception.on_the_table(click):
        await _open(reception, click, decline_view(question, house=reception.house))


async def _more(reception: Reception, click: Click, person: Person) -> None:
    """Escalate, claim, or leave alone."""
    if click.chosen == "leave_alone":
        if question := await reception.on_the_table(click):
            await _open(reception, click, leave_alone_view(question, house=reception.house))
    elif click.chosen in ("claim", "escalate"):
        kind: Literal["claim", "escalate"] = "claim" if click.chosen == "claim" else "escalate"
        hand_over = partial(reception.decisions.hand_over, click.about.question, kind, by=person, surface="slack")
        await reception.carry_out(click, hand_over)


async def _settle(reception: Reception, click: Click, person: Person, *, there: bool) -> None:
    """Somebody looked below the post; these two buttons name the try in doubt instead of a version."""
    number, attempt = click.about
    settle = partial(reception.decisions.settle, number, there=there, by=person, surface="slack", attempt=attempt)
    await reception.carry_out(click, settle)


async def _open(reception: Reception, click: Click, view: Json) -> bool:
    """Show a window, and remember which card it belongs to; a click never ends in silence."""
    reception.places[click.about.question] = click.place
    try:
        await reception.wire.open(click.trigger, view)
    except ChannelError as error:
        log.warning("question %d: a window did not open: %s", click.about.question, error)
        await reception.whisper(click, reception.speech.say("answer.no_window"))
        return False
    return True


def _somebody_edits(question: Question, person: Person) -> str:
    """No hard locks: others may still write, and are told."""
    hand = question.handover
    busy = hand is not None and hand.kind == "editing" and hand.person != person.name
    return hand.person if hand and busy else ""


_DOES: dict[str, Callable[[Reception, Click, Person], Awaitable[None]]] = {
    "approve": _approve,
    "edit": _edit,
    "redraft": _redraft,
    "decline": _decline,
    "more": _more,
    "there": partial(_settle, there=True),
    "not_there": partial(_settle, there=False),
}
