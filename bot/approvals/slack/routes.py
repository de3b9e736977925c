"""The signed way in: Slack knocks at our own address, and only its signature opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

PATH = "/slack/events"
LARGEST_BODY = 1_000_000
"""Bytes; a modal has at most 250 KB."""


def routes(app: AsyncApp) -> APIRouter:
    """One address for clicks, windows, posts and commands; Bolt refuses a wrong or old signature with 401."""
    router = APIRouter()
    knock = AsyncSlackRequestHandler(app)

    async def hear(request: Request) -> Response:
        """Look at the size before a byte is parsed."""
        length = request.headers.get("content-length", "")
        if not length.isdigit():
            return Response(status_code=411)
        if int(length) > LARGEST_BODY:
            return Response(status_code=413)
        answer: Response = await knock.handle(request)
        return answer

    router.add_api_route(PATH, hear, methods=["POST"], include_in_schema=False)
    return router
