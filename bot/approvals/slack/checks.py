"""What `candor doctor` finds out about Slack: does the key fit, may we do our work, are we in the channel."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bot.approvals.slack.manifest import SCOPES
from bot.approvals.slack.outcomes import told
from bot.approvals.slack.pacing import Pacer
from bot.approvals.slack.wire import Wire
from bot.core.check import Check
from bot.errors import ChannelError, NeedsLogin

_OPTIONAL = frozenset({"channels:read", "groups:read", "groups:history", "users:read"})
"""Needed only for channels named by name, for private channels, and to look people up."""


async def checks(
    *,
    bot_token: str,
    app_token: str | None,
    signing_secret: str | None,
    api_url: str,
    channel: str,
    fallback_channel: str | None,
) -> list[Check]:
    """One line for each thing that must hold before people can decide in Slack."""
    wire = Wire(bot_token, api_url, pacer=Pacer(time.monotonic, asyncio.sleep), sleep=asyncio.sleep)
    found = _doors(app_token, signing_secret)
    try:
        answer = await told(wire.client.auth_test())
    except ChannelError as error:
        return [*found, Check(name="Slack token", state="fail", mend=_mend_token(error))]
    found += [Check(name="Slack token", state="ok", mend=""), _scopes(answer.headers)]
    if app_token:
        found.append(await _socket_mode(wire, app_token))
    found.append(await _membership(wire, "Slack channel", channel))
    if fallback_channel:
        found.append(await _membership(wire, "Slack fall-back channel", fallback_channel))
    else:
        mend = "none set (it is optional): should the channel be archived, questions stand on the desk alone"
        found.append(Check(name="Slack fall-back channel", state="ok", mend=mend))
    return found


def _doors(app_token: str | None, signing_secret: str | None) -> list[Check]:
    """How clicks reach us; the line of Socket Mode is tried later, and then told by its own name."""
    if app_token:
        return []
    if signing_secret:
        mend = (
            "Slack must know <your address>/slack/events as Request URL (Interactivity, Event Subscriptions, Commands)"
        )
        return [Check(name="Slack over HTTP", state="ok", mend=mend)]
    mend = "no click can reach the bot: set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
    return [Check(name="Slack clicks", state="fail", mend=mend)]


def _mend_token(error: ChannelError) -> str:
    return str(error) if isinstance(error, NeedsLogin) else f"{error}; look at SLACK_API_URL and the network"


def _scopes(headers: dict[str, Any]) -> Check:
    """What the token may do, as Slack lists it in `x-oauth-scopes`."""
    listed = next((str(value) for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    have = {scope.strip() for scope in listed.split(",") if scope.strip()}
    if not have:
        return Check(name="Slack scopes", state="warn", mend="Slack did not say which scopes the token has")
    missing = [scope for scope in SCOPES if scope not in have]
    if not missing:
        return Check(name="Slack scopes", state="ok", mend="")
    mend = f"add {', '.join(missing)} under OAuth & Permissions and install the app again"
    return Check(name="Slack scopes", state="warn" if set(missing) <= _OPTIONAL else "fail", mend=mend)


async def _socket_mode(wire: Wire, app_token: str) -> Check:
    """Whether the app token opens a line."""
    try:
        await wire.may_listen(app_token)
    except ChannelError as error:
        return Check(name="Slack Socket Mode", state="fail", mend=str(error))
    return Check(name="Slack Socket Mode", state="ok", mend="")


async def _membership(wire: Wire, name: str, channel: str) -> Check:
    """Whether the bot is in the channel, and the channel is alive."""
    try:
        where = await wire.channel_id(channel)
        answer: Any = await told(wire.client.conversations_info(channel=where))
    except ChannelError as error:
        return Check(name=name, state="fail", mend=str(error))
    if answer["channel"].get("is_archived"):
        return Check(name=name, state="fail", mend=f"{channel} is archived: unarchive it, or name another channel")
    if not answer["channel"].get("is_member"):
        return Check(name=name, state="fail", mend=f"invite the bot to {channel} with /invite")
    return Check(name=name, state="ok", mend="")
