"""A window that was filled in: answered at once, from our own rows and rules alone."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from bot.approvals.slack.knocks import form_from
from bot.approvals.slack.listeners.answers import errors, on_refusal
from bot.approvals.slack.modals import DECLINES, LEAVES, SHORTEST_REASON
from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.why import Why
from bot.errors import CandorError, DecisionError, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.approvals.decisions import Decisions
    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.knocks import Form
    from bot.approvals.slack.reception import Reception
    from bot.approvals.slack.speech import Speech
    from bot.core.decision import Decision
    from bot.core.person import Person

    DecisionFrom = Callable[[Form, Person], Decision]


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to every window that can be sent."""

    async def edited(ack: AsyncAck, body: Json) -> None:
        form = form_from(body)
        wrong = {} if form.words.strip() else {"words": reception.speech.say("missing.words")}
        await _answer(reception, ack, form, wrong | _short_reasons(form, reception.speech), "words", _rewritten)

    async def looked_again(ack: AsyncAck, body: Json) -> None:
        form = form_from(body)
        await _answer(reception, ack, form, _short_reasons(form, reception.speech), "reason", _approved)

    async def declined(ack: AsyncAck, body: Json) -> None:
        form = form_from(body)
        await _answer(reception, ack, form, _no_kind(form, DECLINES, reception.speech), "reason", _declined)

    async def left_alone(ack: AsyncAck, body: Json) -> None:
        form = form_from(body)
        await _answer(reception, ack, form, _no_kind(form, LEAVES, reception.speech), "reason", _left_alone)

    async def closed(ack: AsyncAck, body: Json) -> None:
        await ack()
        await _put_back(reception, form_from(body))

    app.view(re.compile(r"^edit(:|$)"))(edited)
    app.view_closed(re.compile(r"^edit(:|$)"))(closed)
    app.view("second_look")(looked_again)
    app.view("decline")(declined)
    app.view("leave_alone")(left_alone)


async def _answer(
    reception: Reception, ack: AsyncAck, form: Form, wrong: dict[str, str], block: str, decision_from: DecisionFrom
) -> None:
    """The window closes, shows what is wrong with it, or shows who was faster; then the card is drawn afresh."""
    if wrong:
        await ack(**errors(wrong))
    elif why := await reception.porter.why_not(form):
        await ack(**errors({block: reception.speech.why(why)}))
        await reception.admit(form)
    else:
        await ack(**await _decide(reception, form, block, decision_from))
        await _redraw(reception, form.about.question)


async def _put_back(reception: Reception, form: Form) -> None:
    """Whoever closes the window without sending it no longer holds the question."""
    person = reception.house.people.by_slack(form.account)
    if person is None:
        return
    number = form.about.question
    try:
        await asyncio.to_thread(reception.decisions.hand_over, number, "release", by=person, surface="slack")
    except DecisionError:
        return  # it has its ending, so nobody holds it
    await _redraw(reception, number)


async def _decide(reception: Reception, form: Form, block: str, decision_from: DecisionFrom) -> Json:
    """Hand in the decision; gives back the answer to the window, empty when it may close."""
    person = reception.house.people.by_slack(form.account)
    question = await reception.question(form.about.question)
    if person is None or question is None:
        return errors({block: reception.speech.why(Why.no_question(question=form.about.question))})
    try:
        await asyncio.to_thread(_hand_in, reception.decisions, decision_from(form, person), form)
    except CandorError as error:
        return on_refusal(error, form, await reception.question(question.number) or question, block, reception)
    return {}


def _hand_in(decisions: Decisions, decision: Decision, form: Form) -> None:
    """A reason that replaces the second person lifts no finding: those are shown first, with a reason of their own."""
    if isinstance(decision, Rewritten) and decision.reason and not form.override:
        found = decisions.findings(decision.question, decision.text)
        if stops := [finding for finding in found if finding.stops]:
            raise Stopped(stops)
    decisions.decide(decision)


async def _redraw(reception: Reception, number: int) -> None:
    if place := reception.places.get(number):
        await reception.cards.redraw(number, place)


def _rewritten(form: Form, person: Person) -> Decision:
    return Rewritten(**_click(form, person), text=form.words, reason=form.reason.strip())


def _approved(form: Form, person: Person) -> Decision:
    return Approved(**_click(form, person), reason=form.reason.strip())


def _declined(form: Form, person: Person) -> Decision:
    kind = next(known for known in DECLINES if known == form.kind)
    return Declined(**_click(form, person), kind=kind, reason=form.reason.strip())


def _left_alone(form: Form, person: Person) -> Decision:
    kind = next(known for known in LEAVES if known == form.kind)
    return LeftAlone(**_click(form, person), kind=kind, reason=form.reason.strip())


def _click(form: Form, person: Person) -> dict[str, Any]:
    return {"question": form.about.question, "version": form.about.version, "by": person, "surface": "slack"}


def _short_reasons(form: Form, speech: Speech) -> dict[str, str]:
    """Every reason that this window asked for must say something."""
    why = speech.say("missing.reason", n=SHORTEST_REASON)
    return {block: why for block, reason in form.reasons.items() if len(reason.strip()) < SHORTEST_REASON}


def _no_kind(form: Form, kinds: Sequence[str], speech: Speech) -> dict[str, str]:
    """A kind must be chosen; "something else" needs words."""
    if form.kind not in kinds:
        return {"kind": speech.say("missing.kind")}
    wordless = form.kind == "other" and not form.reason.strip()
    return {"reason": speech.say("missing.other")} if wordless else {}
