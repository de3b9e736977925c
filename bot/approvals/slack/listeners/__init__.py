"""What Candor listens to in Slack: one file for each kind of thing a person can do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.listeners import buttons, commands, forms, selects, threads

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.approvals.slack.reception import Reception


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to everything."""
    for kind in (buttons, selects, forms, threads, commands):
        kind.register(app, reception)
