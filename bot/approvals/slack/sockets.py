"""Two open lines to Slack, so that a click in the gap of one is caught by the other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

SOCKETS = 2
PING_SECONDS = 2.0
"""A line that went silent is noticed after a few of these; the library's own 10 s would lose clicks for longer."""


async def listen(app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
    """Listen until cancelled. The handlers are given our client, since their own would dial slack.com."""
    lines = [
        AsyncSocketModeHandler(app, app_token, web_client=client, ping_interval=PING_SECONDS) for _ in range(SOCKETS)
    ]
    try:
        await asyncio.gather(*(line.client.connect() for line in lines))  # type: ignore[no-untyped-call]  # slack_sdk types neither
        await asyncio.Event().wait()
    finally:
        await asyncio.gather(*(line.client.close() for line in lines))  # type: ignore[no-untyped-call]
