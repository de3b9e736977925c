"""What Candor listens to in Slack: one file for each kind of thing a person can do there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.approvals.slack.listeners import buttons, commands, forms, home, selects, threads

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.approvals.slack.reception import Reception


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to everything."""
    for kind in (buttons, selects, forms, threads, home, commands):
        kind.register(app, reception)
    # What we do not know is acknowledged all the same, or Slack would send it again and show a warning triangle.
    anything = re.compile("")
    for listen in (app.event, app.action, app.view_closed):
        listen(anything)(_nothing)


async def _nothing(ack: AsyncAck) -> None:
    await ack()
