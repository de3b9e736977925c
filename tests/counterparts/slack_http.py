"""The addresses of the pretend Slack: the Web API, the response addresses, and the log of every call."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from tests.counterparts import slack_chat, slack_reading, slack_views
from tests.counterparts.slack_api import answer
from tests.counterparts.slack_faults import Faults, ratelimited
from tests.counterparts.slack_workspace import BOT_USER, Ephemeral, Json, SlackError, Workspace

METHODS = {**slack_chat.METHODS, **slack_reading.METHODS, **slack_views.METHODS}
LARGEST_BODY = 4 << 20


@dataclass(kw_only=True)
class Call:
    """One call of the Web API; `error` is what the caller was told, nothing when it went well."""

    method: str
    arguments: Json
    at: float
    error: str | None = None


class Door:
    """Answers HTTP requests on behalf of the workspace."""

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self.workspace, self.faults = workspace, faults
        self.calls: list[Call] = []

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One method of the Web API."""
        try:
            arguments = await _arguments(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.pop("token", None)
        arguments.pop("token", None)
        call = Call(method=request.match_info["method"], arguments=arguments, at=self.workspace.now())
        self.calls.append(call)
        fault = self.faults.take(call.method)
        if fault and not fault.after:
            await asyncio.sleep(fault.delay)
            if (struck := fault.strike(request)) is not None:
                call.error = fault.error or "fault"
                return struck
        honest = self._honest(call, token)
        if fault and fault.after:
            await asyncio.sleep(fault.delay)
            return fault.strike(request) or honest
        return honest

    def _honest(self, call: Call, token: str | None) -> web.Response:
        try:
            said = {"ok": True, **answer(METHODS, self.workspace, call.method, token, call.arguments)}
        except SlackError as error:
            call.error = error.code
            if error.retry_after is not None:
                return ratelimited(error.retry_after)
            said = {"ok": False, "error": error.code, **error.details}
        return web.json_response(said, headers={"X-OAuth-Scopes": ",".join(sorted(self.workspace.scopes))})

    async def hook(self, request: web.Request) -> web.Response:
        """An answer through a response address: five in half an hour, and then no more."""
        about = self.workspace.response_urls.get(request.match_info["key"])
        if about is None or about["left"] <= 0 or about["until"] < self.workspace.now():
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        about["left"] -= 1
        try:
            self._respond(about, await request.json())
        except SlackError as error:
            return web.json_response({"ok": False, "error": error.code, **error.details}, status=400)
        return web.json_response({"ok": True})

    def _respond(self, about: Json, said: Json) -> None:
        channel = self.workspace.channels[about["channel"]]
        message = self.workspace.message(channel.id, about["ts"]) if about.get("ts") else None
        if said.get("delete_original") and message:
            slack_chat.take_away(self.workspace, message)
            return
        slack_chat.judge(said, longest=slack_chat.LONGEST_POST)
        if said.get("replace_original") and message:
            slack_chat.dress(self.workspace, message, said)
        elif said.get("response_type") == "in_channel":
            slack_chat.store(self.workspace, channel, BOT_USER, said)
        else:
            face: Json = {"text": said.get("text", ""), "blocks": said.get("blocks", [])}
            self.workspace.ephemerals.append(Ephemeral(channel=channel.id, user=about["user"], **face))


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json" and request.can_read_body:
        body = await request.json()
        if not isinstance(body, dict):
            raise ValueError(body)
        return {**request.query, **{name: value for name, value in body.items() if value is not None}}
    return {**request.query, **await request.post()}
