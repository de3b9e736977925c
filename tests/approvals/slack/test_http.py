"""Slack over HTTP: only its signature opens, and the same clicks do the same."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from tests.approvals.slack.samples import a_question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.approvals.slack.conftest import Team

pytestmark = pytest.mark.counterpart
PATH = "/slack/events"
CLICK = "payload=%7B%22type%22%3A%22block_actions%22%7D"


@pytest.fixture
async def address(team: Team) -> AsyncIterator[str]:
    """The room behind a real server on loopback, without Socket Mode."""
    team.room = team.another_room(app_token=None, signing_secret=team.slack.signing_secret)
    await team.room.run()
    app = FastAPI()
    app.include_router(team.room.http_routes())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # uvicorn has no event for it
        await asyncio.sleep(0.005)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    with suppress(asyncio.CancelledError):
        await serving


def signed(secret: str, body: str, *, at: float) -> dict[str, str]:
    base = f"v0:{int(at)}:{body}".encode()
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": str(int(at)),
        "X-Slack-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }


async def test_a_signed_click_decides(team: Team, address: str) -> None:
    """The same listeners, another way in."""
    team.slack.deliver_by_http(address + PATH)
    card = await team.hangs(a_question())

    envelope = await team.slack.click("U01ALICE", card, "approve")
    await team.soon(lambda: card.text.startswith("Sending"))

    assert envelope.ack is not None
    assert envelope.ack.delay < 0.5


async def test_only_slacks_own_signature_opens(team: Team, address: str) -> None:
    """Wrong secret, old time, one changed byte, no header: 401 and nothing else."""
    secret, now = team.slack.signing_secret, time.time()
    honest = signed(secret, CLICK, at=now)
    tries: list[tuple[str | bytes, Any]] = [
        (CLICK, signed("another secret", CLICK, at=now)),
        (CLICK, signed(secret, CLICK, at=now - 301)),
        (CLICK + "x", honest),
        (CLICK, {"Content-Type": honest["Content-Type"]}),
        (CLICK, honest | {"X-Slack-Request-Timestamp": "yesterday"}),
        (CLICK, honest | {"X-Slack-Request-Timestamp": "9" * 400}),
        (CLICK, honest | {"X-Slack-Signature": "v0=ä".encode()}),
        (b"\xff\xfe", honest),
        ("payload={not json", honest),
    ]
    async with httpx.AsyncClient() as stranger:
        answers = [await stranger.post(address + PATH, content=body, headers=headers) for body, headers in tries]

    assert [answer.status_code for answer in answers] == [401] * len(tries)
    assert team.decisions.decided == []
    assert team.decisions.refused == []


async def test_a_huge_body_is_not_even_read(team: Team, address: str) -> None:
    """The size comes before the signature; a body of unknown size does not come in at all."""
    big = "x" * 1_000_001

    async def drop_by_drop() -> AsyncIterator[bytes]:
        yield b"payload="

    async with httpx.AsyncClient() as stranger:
        huge = await stranger.post(
            address + PATH, content=big, headers=signed(team.slack.signing_secret, big, at=time.time())
        )
        endless = await stranger.post(address + PATH, content=drop_by_drop())

    assert (huge.status_code, endless.status_code) == (413, 411)
