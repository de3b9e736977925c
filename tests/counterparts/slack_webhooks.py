"""Delivery by signed HTTP requests to the app's own address, with Slack's repeats and, on demand, forged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.counterparts.slack_envelope import Ack, Envelope
    from tests.counterparts.slack_workspace import Json

SIGNING_SECRET = "candor-test-signing-secret"
Signing = Literal["valid", "forged", "old", "unsigned"]


@dataclass(frozen=True, kw_only=True)
class Posted:
    """One request to the app, and the status it answered with; 0 when it did not answer in time."""

    envelope_id: str
    retry: int
    status: int
    body: str
    no_retry: bool = False


class Webhooks:
    """The way by HTTP; `signing` says how honest the next requests are."""

    def __init__(self, url: str, acks: list[Ack], *, patience: float, pauses: Sequence[float]) -> None:
        self.url, self.acks, self.patience, self.pauses = url, acks, patience, pauses
        self.signing: Signing = "valid"
        self.posted: list[Posted] = []

    async def send(self, envelope: Envelope) -> None:
        """Events come again, after each pause, until the app says 2xx; clicks and commands are sent once."""
        pauses = self.pauses if envelope.kind == "events_api" else ()
        reason = ""
        for retry, pause in enumerate((0.0, *pauses)):
            await asyncio.sleep(pause)
            envelope.sent()
            posted = await self._post(envelope, retry, reason)
            if 200 <= posted.status < 300:
                self.acks.append(envelope.acknowledge(_read(posted.body)))
                return
            reason = "http_error" if posted.status else "http_timeout"
            if posted.no_retry:
                break
        envelope.give_up()

    async def verify_url(self, challenge: str = "3eZbrw1aB") -> bool:
        """Whether the app echoes the challenge, as Slack demands before it sends anything."""
        body = json.dumps({"type": "url_verification", "token": "deprecated", "challenge": challenge})
        answer = await self.post(body, "application/json")
        return answer.status == 200 and challenge in answer.body

    async def post(self, body: str, kind: str, more: dict[str, str] | None = None, about: Json | None = None) -> Posted:
        """Send one raw body, signed in the way of the hour."""
        headers = {"Content-Type": kind, **sign(body, self.signing), **(more or {})}
        name: Json = {"envelope_id": "", "retry": 0, **(about or {})}
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=self.patience)) as http,
                http.post(self.url, data=body.encode(), headers=headers) as answer,
            ):
                no_retry = answer.headers.get("x-slack-no-retry") == "1"
                posted = Posted(status=answer.status, body=await answer.text(), no_retry=no_retry, **name)
        except (ClientError, TimeoutError):
            posted = Posted(status=0, body="", **name)
        self.posted.append(posted)
        return posted

    async def _post(self, envelope: Envelope, retry: int, reason: str) -> Posted:
        more = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason} if retry else {}
        body, kind = _form(envelope)
        return await self.post(body, kind, more, {"envelope_id": envelope.id, "retry": retry})


def sign(body: str, signing: Signing = "valid") -> dict[str, str]:
    """The two headers of Slack, over the raw body; `old` is honest and six minutes late."""
    if signing == "unsigned":
        return {}
    at = str(int(time.time()) - (360 if signing == "old" else 0))
    secret = SIGNING_SECRET if signing != "forged" else "somebody-else"
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}


def _form(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), "application/json"
    fields = {"payload": json.dumps(envelope.payload)} if envelope.kind == "interactive" else envelope.payload
    return urlencode(fields), "application/x-www-form-urlencoded"


def _read(body: str) -> Json:
    try:
        read = json.loads(body)
    except ValueError:
        return {"text": body} if body else {}
    return read if isinstance(read, dict) else {}
