"""Socket Mode: each envelope goes to one open socket, and comes again while nobody acknowledges it."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.counterparts.slack_workspace import APP_ID, Json, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.counterparts.slack_envelope import Ack, Envelope

MOST_SOCKETS, MOST_ATTEMPTS = 10, 4


class Socket:
    """One connection; `silent` looks open to Slack, while nothing passes through any more."""

    def __init__(self, ws: web.WebSocketResponse, cut: Callable[[], None]) -> None:
        self.ws, self.cut, self.silent = ws, cut, False
        self.received: list[str] = []

    async def send(self, frame: Json) -> None:
        """Say something, if there is still anybody."""
        if not self.silent:
            with suppress(ConnectionError):
                await self.ws.send_json(frame)


class Sockets:
    """All connections of the app, used in turn."""

    def __init__(self, workspace: Workspace, acks: list[Ack], *, patience: float) -> None:
        self.workspace, self.acks, self.patience = workspace, acks, patience
        self.open: list[Socket] = []
        self.every: list[Socket] = []
        self.strange: list[Json] = []
        self._waiting: dict[str, Envelope] = {}
        self._somebody = asyncio.Event()

    async def send(self, envelope: Envelope) -> None:
        """A click with no socket open is lost at once, as in Slack; an event waits for one."""
        self._waiting[envelope.id] = envelope
        while envelope.attempts < MOST_ATTEMPTS and not envelope.answered.is_set():
            if not self.open and envelope.kind != "events_api":
                break
            await self._somebody.wait()
            await self._hand_over(envelope)
            with suppress(TimeoutError):
                await asyncio.wait_for(envelope.answered.wait(), self.patience)
        if envelope.ack is None:
            envelope.give_up()

    async def _hand_over(self, envelope: Envelope) -> None:
        socket = self.open.pop(0)
        self.open.append(socket)
        socket.received.append(envelope.id)
        envelope.sent()
        await socket.send(envelope.frame())

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Take one connection for one ticket, and listen to it until it goes."""
        good_until = self.workspace.tickets.pop(request.query.get("ticket", ""), 0.0)
        if good_until < self.workspace.now():
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        socket = Socket(ws, lambda: request.transport.abort() if request.transport else None)
        if len(self.open) >= MOST_SOCKETS:
            await socket.send(_disconnect("too_many_websockets"))
            return ws
        await self._serve(socket)
        return ws

    async def _serve(self, socket: Socket) -> None:
        self.open.append(socket)
        self.every.append(socket)
        self._somebody.set()
        hello: Json = {"type": "hello", "num_connections": len(self.open), "connection_info": {"app_id": APP_ID}}
        await socket.send(hello)
        try:
            await self._listen(socket)
        finally:
            self._forget([socket])

    def _forget(self, leaving: list[Socket]) -> None:
        self.open = [socket for socket in self.open if socket not in leaving]
        if not self.open:
            self._somebody.clear()

    async def _listen(self, socket: Socket) -> None:
        async for said in socket.ws:
            if socket.silent:
                continue
            if said.type == WSMsgType.PING:
                await socket.ws.pong(said.data)
            elif said.type == WSMsgType.TEXT:
                self._hear(json.loads(said.data))

    def _hear(self, receipt: Json) -> None:
        envelope = self._waiting.get(receipt.get("envelope_id", ""))
        if envelope is None:
            self.strange.append(receipt)
            return
        self.acks.append(envelope.acknowledge(receipt.get("payload") or {}))

    async def drop(self, *, silent: bool) -> None:
        """Break every connection: by a cut, or so that neither side is told."""
        for socket in list(self.open):
            if silent:
                socket.silent = True
            else:
                socket.cut()
        while not silent and self.open:
            await asyncio.sleep(0.005)

    async def ask_to_leave(self, reason: str = "refresh_requested") -> None:
        """Send the frame after which the app must come back on a new connection; nothing more goes to the old one."""
        leaving = self.open
        self._forget(leaving)
        for socket in leaving:
            await socket.send(_disconnect(reason))

    def close(self) -> None:
        """The house closes."""
        for socket in self.every:
            socket.cut()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "localhost"}}
