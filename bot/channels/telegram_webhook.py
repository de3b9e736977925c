"""The door through which Telegram brings posts by itself, for houses that have a public address."""

from __future__ import annotations

import json
from hmac import compare_digest
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram_intake import number_of
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from bot.channels.telegram_intake import Intake, Take

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_BODY = 1 << 20  # bytes

TAKEN, BROKEN, NOT_YOURS, TOO_LARGE, COME_AGAIN = 200, 400, 403, 413, 503


def route(take: Take, *, secret: str, intake: Callable[[], Intake | None], path: str = PATH) -> Route:
    """Build the door: whoever knows the secret may bring one update, which is stored before the answer.

    Telegram signs nothing and repeats until it gets 2xx; so `take` recognises what was brought before. While
    `intake` gives nothing, since Telegram has not told us yet who we are, it is asked to come again.
    """
    if not secret:
        raise SettingsError("the Telegram webhook needs a secret; without one anybody could bring posts")

    async def bring(request: Request) -> Response:
        if not _knows(secret, request):
            return Response(status_code=NOT_YOURS)
        try:
            body = await _body_of(request)
        except ClientDisconnect:
            return Response(status_code=BROKEN)
        if body is None:
            return Response(status_code=TOO_LARGE)
        update, reads = _update_in(body), intake()
        if update is None:
            return Response(status_code=BROKEN)
        if reads is None:
            return Response(status_code=COME_AGAIN)
        await take(reads.deliveries([update]))
        return Response(status_code=TAKEN)

    return Route(path, bring, methods=["POST"], include_in_schema=False)


def _knows(secret: str, request: Request) -> bool:
    shown = request.headers.get(SECRET_HEADER, "")
    return compare_digest(shown.encode(), secret.encode())


async def _body_of(request: Request) -> bytes | None:
    """Read the body, but no more of it than we take."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _update_in(body: bytes) -> dict[str, object] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if number_of(update) is not None else None
