"""The signed way in: Slack knocks at our own address, and only its signature opens."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_sdk.signature import SignatureVerifier

from bot.approvals.slack.shapes import what_is_wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt.async_app import AsyncApp

PATH = "/slack/events"
LARGEST_BODY = 1_000_000
"""Bytes; a modal has at most 250 KB."""
_NOT_AGAIN = {"X-Slack-No-Retry": "1"}
"""Slack brings an event three times more after any answer but 2xx (https://docs.slack.dev/apis/events-api); the same
bytes would be as unreadable again. Clicks and commands it never repeats: the person is told and can click once more."""
log = logging.getLogger("candor.slack")


def routes(app: AsyncApp, signing_secret: str) -> APIRouter:
    """One address for clicks, windows, posts and commands; a wrong or old signature is answered with 401, what cannot be read with 400."""
    router = APIRouter()
    knock, verifier = AsyncSlackRequestHandler(app), SignatureVerifier(signing_secret)

    async def hear(request: Request) -> Response:
        """Size first, then the signature over the raw bytes, and only then is anything read as words."""
        length = request.headers.get("content-length", "")
        if not length.isdigit():
            return Response(status_code=411)
        if int(length) > LARGEST_BODY:
            return Response(status_code=413)
        # Bolt verifies as well, but it parses first, and anybody could make it stumble.
        body = await request.body()
        if not is_slacks(verifier, body, request.headers):
            return Response(status_code=401)
        if wrong := what_is_wrong(body, request.headers.get("content-type", "")):
            log.warning("Slack signed something that cannot be read, and nothing was done: %s", wrong)
            return Response(status_code=400, headers=_NOT_AGAIN)
        answer: Response = await knock.handle(request)
        return answer

    router.add_api_route(PATH, hear, methods=["POST"], include_in_schema=False)
    return router


def is_slacks(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether Slack signed these bytes within the last five minutes, compared in constant time."""
    try:
        return verifier.is_valid_request(body, headers)
    except (
        ArithmeticError,
        ValueError,
        TypeError,
    ):  # a time that is no number or endless, a body that is no text, a signature that is no ASCII
        return False
