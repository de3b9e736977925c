"""local-slack, a Slack that others wrote: proves the happy path, and lets through much that Slack refuses.

It has no setting for the address it listens on, so a preload, read from the working folder, binds it to 127.0.0.1.
"""

from __future__ import annotations

import json
import platform
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession

from tests.counterparts.npm_process import MODULES, NOT_INSTALLED, free_port, started

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Json = dict[str, Any]

BINARY = MODULES / "local-slack-linux-x64" / "bin" / "local-slack"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-local-test", "xapp-local-test", "local-test-signing-secret"
BUNFIG = 'preload = ["./loopback.js"]\n'
LOOPBACK = (
    'const serve = Bun.serve.bind(Bun);\nBun.serve = (options) => serve({ hostname: "127.0.0.1", ...options });\n'
)


def missing() -> str | None:
    """Why it cannot be used here, or nothing."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "local-slack runs on Linux x64 only"
    return None if BINARY.exists() else NOT_INSTALLED


class LocalSlack:
    """A person at local-slack, and what the bot needs to reach it."""

    bot_token, app_token, signing_secret = BOT_TOKEN, APP_TOKEN, SIGNING_SECRET

    def __init__(self, url: str, http: ClientSession) -> None:
        self.url, self.api_url, self._http = url, f"{url}/api/", http

    async def messages(self, channel: str) -> list[Json]:
        """Every message in a channel."""
        async with self._http.get(f"{self.url}/_control/messages/{channel}") as answer:
            return list((await answer.json(content_type=None))["messages"])

    async def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Json:
        """Write in a channel or thread."""
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        return await self._control("message", {"channel": channel, "user": user, "text": text, **thread})

    async def click(self, user: str, channel: str, action_id: str, value: str | None = None) -> Json:
        """Press a button, or pick an option of a menu, on the newest message that shows it."""
        for message in reversed(await self.messages(channel)):
            for block in message.get("blocks") or []:
                for element in block.get("elements", []):
                    if element.get("action_id") == action_id:
                        return await self._press(user, channel, message["ts"], block, element, value)
        raise LookupError(f"nothing called {action_id} is shown")

    async def submit(self, user: str, values: dict[str, dict[str, str]]) -> Json:
        """Fill in and send the modal on top, through the socket of the web client; gives back its answer."""
        typed = {
            block: {action: {"type": "plain_text_input", "value": words} for action, words in actions.items()}
            for block, actions in values.items()
        }
        async with self._http.ws_connect(f"{self.url}/ui") as ui:
            await ui.send_json({"t": "view_submit", "user": user, "values": typed})
            while True:
                frame: Json = await ui.receive_json(timeout=5)
                if frame["t"] in ("view", "view_errors"):
                    return frame

    async def modals(self) -> list[Json]:
        """The open modals, the top one last."""
        async with self._http.ws_connect(f"{self.url}/ui") as ui:
            return list((await ui.receive_json(timeout=5))["state"]["modalStack"])

    async def _press(self, user: str, channel: str, ts: str, block: Json, element: Json, value: str | None) -> Json:
        said: Json = {"value": element.get("value"), "text": element.get("text")}
        if value is not None:
            said = {"selected_option": next(option for option in element["options"] if option["value"] == value)}
        action = {"type": element["type"], "action_id": element["action_id"], "block_id": block.get("block_id"), **said}
        return await self._control("interact", {"channel": channel, "messageTs": ts, "user": user, "action": action})

    async def _control(self, verb: str, body: Json) -> Json:
        async with self._http.post(f"{self.url}/_control/{verb}", json=body) as answer:
            return dict(await answer.json(content_type=None))


@asynccontextmanager
async def running(*, request_url: str | None = None) -> AsyncIterator[LocalSlack]:
    """Start it in Socket Mode, or, with the bot's address, in HTTP mode; channel C01DESK holds the bot."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in (
            ("bunfig.toml", BUNFIG),
            ("loopback.js", LOOPBACK),
            ("config.json", json.dumps(_config(request_url))),
        ):
            (folder / file).write_text(content, encoding="utf-8")
        command = [str(BINARY), "--config", "config.json", "--port", str(port), "--base-host", "127.0.0.1"]
        async with started(command, folder=folder, alive=f"{url}/_control/state"), ClientSession() as http:
            yield LocalSlack(url, http)


def _config(request_url: str | None) -> Json:
    mode = {"mode": "events", "requestUrl": request_url} if request_url else {"mode": "socket"}
    keys = {"botToken": BOT_TOKEN, "appToken": APP_TOKEN, "signingSecret": SIGNING_SECRET}
    people = [("U01ALICE", "alice", "Alice Anderson"), ("U02BOB", "bob", "Bob Brown")]
    return {
        "workspace": {"name": "Test", "domain": "test", "teamId": "T01TEST"},
        "app": {"appId": "A01APP", "botUserId": "U0BOT", "botName": "candor", **keys, **mode},
        "users": [
            {"id": key, "name": name, "real_name": real, "email": f"{name}@example.com"} for key, name, real in people
        ],
        "channels": [{"id": "C01DESK", "name": "reply-desk", "members": ["U01ALICE", "U02BOB", "U0BOT"]}],
    }
