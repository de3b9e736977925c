"""A choice on a card: whose fault it is, and how the post sounds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.approvals.slack.controls import FAULTS, POLARITIES
from bot.approvals.slack.knocks import click_from

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.reception import Reception


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to both selects; a change drafts anew."""
    decisions = reception.decisions

    async def fault(ack: AsyncAck, body: Json) -> None:
        await ack()
        click = click_from(body)
        person = await reception.receive(click)
        chosen = next((known for known in FAULTS if known == click.chosen), None)
        if person and chosen:
            call = partial(decisions.set_fault, *click.about, chosen, by=person, surface="slack")
            await reception.carry_out(click, call)

    async def tone(ack: AsyncAck, body: Json) -> None:
        await ack()
        click = click_from(body)
        person = await reception.receive(click)
        chosen = next((known for known in POLARITIES if known == click.chosen), None)
        if person and chosen:
            call = partial(decisions.correct_tone, *click.about, chosen, by=person, surface="slack")
            await reception.carry_out(click, call)

    app.action("fault")(fault)
    app.action("tone")(tone)
