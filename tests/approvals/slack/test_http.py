"""Slack over HTTP: only its signature opens, and the same clicks do the same."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

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


JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def form(payload: object) -> str:
    return "payload=" + quote(json.dumps(payload))


def happened(**event: object) -> str:
    return json.dumps({"type": "event_callback", "event": event})


WHO = {"user": {"id": "U01ALICE"}, "team": {"id": "T0CANDOR"}}
UNREADABLE = [
    ("", FORM), ("", JSON), ("{", JSON), ("[]", JSON), ("null", JSON), ("{}", JSON), ("hello", "text/plain"), ("a=b", FORM),
    ("[" * 100_000, JSON), ("payload=" + "[" * 50_000, FORM), ("payload=", FORM), ("payload=%7Bnot", FORM),
    (form([]), FORM), (form({}), FORM), (form({"type": ["block_actions"]}), FORM),
    (form({"type": "block_actions"}), FORM), (form({"type": "block_actions", "actions": [], **WHO}), FORM),
    (form({"type": "block_actions", "actions": [7], **WHO}), FORM),
    (form({"type": "block_actions", "actions": [{"action_id": "approve"}], "user": "U01ALICE"}), FORM),
    (form({"type": "block_actions", "actions": [{"action_id": "approve", "selected_option": 3}], **WHO}), FORM),
    (form({"type": "view_submission", **WHO}), FORM), (form({"type": "view_submission", "view": {}, **WHO}), FORM),
    (form({"type": "view_submission", "view": {"type": "modal", "callback_id": "edit", "state": {"values": []}}, **WHO}), FORM),
    (form({"type": "view_closed", "view": None, **WHO}), FORM),
    ("command=%2Fcandor", FORM), ("command=%2Fcandor&user_id=U01ALICE", FORM), ("ssl_check=please", FORM),
    (json.dumps({"type": "url_verification"}), JSON), (json.dumps({"type": "event_callback"}), JSON),
    (json.dumps({"type": "event_callback", "event": None}), JSON), (happened(), JSON), (happened(type=["message"]), JSON),
    (happened(type="message", thread_ts="1.2", ts="1.3", user="U01ALICE"), JSON),
    (happened(type="reaction_added", reaction="eyes", user="U01ALICE", item=None), JSON),
    (happened(type="reaction_added", reaction="eyes", user="U01ALICE", item={"type": "message"}), JSON),
    (happened(type="app_home_opened"), JSON),
    (json.dumps({"type": "event_callback", "event": {"type": "team_join"}, "authorizations": 3}), JSON),
]  # fmt: skip


async def test_what_is_signed_and_cannot_be_read_is_one_line_and_a_400(
    team: Team, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack does not bring it again: the same bytes would be as unreadable then. Nobody's words are in the line."""
    async with httpx.AsyncClient() as knocks:
        for body, kind in UNREADABLE:
            caplog.clear()
            headers = signed(team.slack.signing_secret, body, at=time.time()) | {"Content-Type": kind}
            answer = await knocks.post(address + PATH, content=body, headers=headers)

            assert (answer.status_code, answer.headers.get("x-slack-no-retry")) == (400, "1"), body[:100]
            [line] = caplog.messages
            assert line.startswith("Slack signed something that cannot be read, and nothing was done: "), body[:100]
            assert len(line) < 300
            assert "U01ALICE" not in line
    assert team.decisions.decided == []
    assert team.decisions.refused == []


async def test_after_something_unreadable_the_next_click_decides(team: Team, address: str) -> None:
    """Nothing is lost over it."""
    webhooks = team.slack.deliver_by_http(address + PATH)
    card = await team.hangs(a_question())

    refused = await webhooks.post(form({"type": "block_actions"}), FORM)
    await team.slack.click("U01ALICE", card, "approve")
    await team.soon(lambda: card.text.startswith("Sending"))

    assert (refused.status, refused.no_retry) == (400, True)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("ssl_check=1&token=old", FORM),
        (json.dumps({"type": "url_verification", "challenge": "abc"}), JSON + "; charset=utf-8"),
        (happened(type="message", subtype="message_deleted", channel="C0CANDOR", hidden=True, ts="1.2"), JSON),
        (happened(type="reaction_added", reaction="eyes", user="U01ALICE", item={"type": "file", "file": "F1"}), JSON),
        (happened(type="team_join", user={"id": "U0NEW"}), JSON),
        (form({"type": "view_closed", "view": {"type": "modal", "callback_id": "decline", "state": {"values": {}}}, **WHO}), FORM),
        (urlencode({"command": "/candor", "text": "", "user_id": "U01ALICE", "response_url": "http://127.0.0.1:9/"}), FORM),
    ],
)  # fmt: skip
async def test_what_slack_may_well_say_is_let_in(team: Team, address: str, body: str, kind: str) -> None:
    """Strict is only what we read ourselves."""
    webhooks = team.slack.deliver_by_http(address + PATH)

    answer = await webhooks.post(body, kind)

    assert answer.status == 200, answer.body
