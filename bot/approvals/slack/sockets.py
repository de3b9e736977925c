"""Two open lines to Slack, so that a click in the gap of one is caught by the other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NoReturn

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.approvals.slack.reports import Reports

SOCKETS = 2
PING_SECONDS = 2.0
"""A line that went silent is noticed after a few of these; the library's own 10 s would lose clicks for longer."""
_GAPS = 2
"""So many looks in a row without an open line are more than the gap in which Slack moves us to another machine."""


async def listen(
    app: AsyncApp, app_token: str, client: AsyncWebClient, reports: Reports, *, ping: float = PING_SECONDS
) -> NoReturn:
    """Listen until cancelled. The handlers are given our client, since their own would dial slack.com."""
    lines = [AsyncSocketModeHandler(app, app_token, web_client=client, ping_interval=ping) for _ in range(SOCKETS)]
    try:
        await asyncio.gather(*(line.client.connect() for line in lines))  # type: ignore[no-untyped-call]  # slack_sdk types neither
        await _watch(lines, reports, ping)
    finally:
        await asyncio.gather(*(line.client.close() for line in lines))  # type: ignore[no-untyped-call]


async def _watch(lines: Sequence[AsyncSocketModeHandler], reports: Reports, ping: float) -> NoReturn:
    """The library opens lost lines again and tells nobody: a dead line must not look like a quiet day."""
    dark = 0
    while True:
        open_lines = [line for line in lines if await line.client.is_connected()]
        dark = 0 if open_lines else dark + 1
        if open_lines:
            reports.clicks_arrive()
        elif dark >= _GAPS:
            reports.no_click_arrives()
        await asyncio.sleep(ping)
