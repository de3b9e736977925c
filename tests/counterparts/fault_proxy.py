"""Stands between a client and any server on loopback, and spoils what it is told to: HTTP, event streams, websockets.

In a test: `async with FaultProxy.before(url) as proxy:` and `proxy.fault(Kind.CUT_AFTER, "sendMessage", times=2)`.
As a process: `python -m tests.counterparts.fault_proxy --port 8082 --upstream http://127.0.0.1:8081`, then

  POST   /__faults           {"kind": "too_many", "match": "path pattern", "times": 1, "retry_after": 2, ...}
  GET    /__faults           what passed, and which fault it met
  DELETE /__faults           forget the faults that were not met, and the log
  POST   /__faults/refuse    {"seconds": 1}: nobody listens on the port for so long
  POST   /__faults/sockets   {"match": "path pattern", "close": false}: end open websockets, with a close frame or not
"""

from __future__ import annotations

import argparse
import asyncio
import re
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from aiohttp import (
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    WSCloseCode,
    WSMsgType,
    web,
)
from multidict import CIMultiDict
from yarl import URL

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import AsyncIterator, Container
    from contextlib import AbstractAsyncContextManager

Sockets = ClientWebSocketResponse | web.WebSocketResponse
NOT_PASSED = {"host", "content-length", "transfer-encoding", "accept-encoding", "connection", "content-encoding"}
NOT_PASSED_TO_SOCKETS = NOT_PASSED | {
    "upgrade",
    "sec-websocket-key",
    "sec-websocket-version",
    "sec-websocket-extensions",
    "sec-websocket-protocol",
}
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
ROOM_FOR_A_BODY = 64 << 20
ENDS_AT_ONCE = 0.01


class Kind(StrEnum):
    """The ways in which an exchange goes wrong. To refuse connections, see `FaultProxy.refusing`."""

    DELAY = "delay"  # the server hears it `seconds` later, even if the client gave up; with `after`, the answer is late
    CUT_BEFORE = "cut_before"  # the connection breaks, the server heard nothing
    CUT_AFTER = "cut_after"  # the server acted, the answer is lost
    HALF_ANSWER = "half_answer"  # the connection breaks in the middle of the answer
    TOO_MANY = "too_many"  # 429 with Retry-After; this and the next two with `after`: although the server acted
    SERVER_ERROR = "server_error"  # 500 with JSON
    BAD_GATEWAY = "bad_gateway"  # 502 with a page of HTML
    DOUBLE = "double"  # the server hears it twice, the client its first answer
    BROKEN_JSON = "broken_json"  # a whole answer whose body ends too early
    EMPTY = "empty"  # the right status and no body
    DRIP = "drip"  # one byte every `seconds`
    DROP_SOCKET = "drop_socket"  # a websocket ends after `messages` from the server, without a close frame
    CLOSE_SOCKET = "close_socket"  # the same with a close frame, "going away"


REFUSALS = (Kind.TOO_MANY, Kind.SERVER_ERROR, Kind.BAD_GATEWAY)


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault for the next `times` requests whose path matches."""

    kind: Kind
    match: str = "."
    times: int = 1
    seconds: float = 0.0
    after: bool = False
    retry_after: int = 1
    body: dict[str, Any] = field(default_factory=lambda: {"ok": False, "error": "spoiled"})
    messages: int = 0

    def __post_init__(self) -> None:
        """Take the kind by its name too, and refuse names that are none."""
        self.kind = Kind(self.kind)


@dataclass(slots=True, kw_only=True)
class Passed:
    """A request that came by; `status` is what the server said, if it was asked."""

    method: str
    path: str
    body: str
    fault: str | None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, whole."""

    status: int
    headers: CIMultiDict[str]
    body: bytes

    def whole(self) -> web.Response:
        """Pass it on as it is."""
        return web.Response(status=self.status, headers=self.headers, body=self.body)


class FaultProxy:
    """Passes everything on unchanged until a fault is queued."""

    url: str = ""
    _session: ClientSession

    def __init__(self, upstream: str) -> None:
        """`upstream`: scheme, host and port of the server behind."""
        self.upstream = upstream.rstrip("/")
        self.faults: list[Fault] = []
        self.log: list[Passed] = []
        self._sockets: dict[web.WebSocketResponse, web.Request] = {}
        self._tasks: set[Task[Any]] = set()
        self._runner = web.AppRunner(
            self._app(), access_log=None, handler_cancellation=True, shutdown_timeout=ENDS_AT_ONCE
        )

    @classmethod
    @asynccontextmanager
    async def before(cls, upstream: str, *, port: int = 0) -> AsyncIterator[Self]:
        """Listen on 127.0.0.1 until the block ends."""
        proxy = cls(upstream)
        await proxy._runner.setup()
        async with ClientSession(timeout=ClientTimeout(total=None), auto_decompress=False) as proxy._session:
            await proxy._listen(port)
            try:
                yield proxy
            finally:
                await proxy._end_tasks()
                await proxy._runner.cleanup()

    def fault(self, kind: Kind, match: str = ".", **details: Any) -> Fault:
        """Queue a fault; the first that matches a path is met."""
        fault = Fault(kind=kind, match=match, **details)
        self.faults.append(fault)
        return fault

    @asynccontextmanager
    async def refusing(self) -> AsyncIterator[None]:
        """Cut every connection and refuse new ones until the block ends."""
        await self._site.stop()
        await self._cut_everything()
        try:
            yield
        finally:
            await self._listen(self._port)

    async def end_sockets(self, match: str = ".", *, close: bool = False) -> int:
        """End the open websockets whose path matches, with or without a close frame; how many there were."""
        met = [(socket, request) for socket, request in self._sockets.items() if re.search(match, request.path)]
        for socket, request in met:
            await _end_socket(socket, request, close=close)
        return len(met)

    async def _end_tasks(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _cut_everything(self) -> None:
        """Cut the open connections, idle ones too, and wait until they are gone."""
        server = self._runner.server
        while server and server.connections:
            for connection in server.connections:
                if connection.transport:
                    connection.transport.abort()
            await asyncio.sleep(0)

    async def _listen(self, port: int) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", port)
        await self._site.start()
        self._port = int(self._runner.addresses[0][1])
        self.url = f"http://127.0.0.1:{self._port}"

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=ROOM_FOR_A_BODY)
        app.router.add_post("/__faults", self._queue)
        app.router.add_get("/__faults", self._show)
        app.router.add_delete("/__faults", self._forget)
        app.router.add_post("/__faults/refuse", self._refuse)
        app.router.add_post("/__faults/sockets", self._end)
        app.router.add_route("*", "/{path:.*}", self._pass)
        return app

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        fault = self._take(request.path)
        body = await request.read()
        passed = Passed(
            method=request.method,
            path=request.path_qs,
            body=body.decode("utf-8", "replace"),
            fault=fault.kind if fault else None,
        )
        self.log.append(passed)
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._socket(request, fault)
        if fault:
            return await asyncio.shield(self._keep(asyncio.create_task(self._spoil(request, body, fault, passed))))
        return await self._stream(request, body, passed)

    def _keep(self, task: Task[Any]) -> Task[Any]:
        """Let it end by itself, even when the client has gone."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _take(self, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and re.search(fault.match, path):
                fault.times -= 1
                return fault
        return None

    async def _spoil(self, request: web.Request, body: bytes, fault: Fault, passed: Passed) -> web.StreamResponse:
        if fault.kind == Kind.CUT_BEFORE:
            return _cut(request)
        if fault.kind in REFUSALS and not fault.after:
            return _refusal(fault)
        if fault.kind == Kind.DELAY and not fault.after:
            await asyncio.sleep(fault.seconds)
        answer = await self._ask(request, body, passed)
        if fault.kind == Kind.DOUBLE:
            await self._ask(request, body, passed)
        if fault.kind == Kind.DELAY and fault.after:
            await asyncio.sleep(fault.seconds)
        return await _spoiled(request, answer, fault)

    async def _ask(self, request: web.Request, body: bytes, passed: Passed) -> Answer:
        async with self._call(request, body) as upstream:
            passed.status = upstream.status
            return Answer(upstream.status, _headers(upstream), self._own_address(await upstream.read()))

    async def _stream(self, request: web.Request, body: bytes, passed: Passed) -> web.StreamResponse:
        async with self._call(request, body) as upstream:
            passed.status = upstream.status
            if upstream.content_type != "text/event-stream":
                data = self._own_address(await upstream.read())
                return Answer(upstream.status, _headers(upstream), data).whole()
            stream = web.StreamResponse(status=upstream.status, headers=_headers(upstream))
            await stream.prepare(request)
            async for chunk in upstream.content.iter_any():
                await stream.write(chunk)
            return stream

    def _call(self, request: web.Request, body: bytes) -> AbstractAsyncContextManager[ClientResponse]:
        return self._session.request(
            request.method, self._behind(request), data=body, headers=_headers(request), allow_redirects=False
        )

    async def _socket(self, request: web.Request, fault: Fault | None) -> web.StreamResponse:
        if fault and fault.kind == Kind.CUT_BEFORE:
            return _cut(request)
        if fault and fault.kind in REFUSALS:
            return _refusal(fault)
        if fault and fault.kind == Kind.DELAY:
            await asyncio.sleep(fault.seconds)
        protocols = [name.strip() for name in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if name]
        socket = web.WebSocketResponse(protocols=protocols)
        headers = _headers(request, NOT_PASSED_TO_SOCKETS)
        address = self._behind(request)
        async with self._session.ws_connect(address, protocols=protocols, headers=headers) as upstream:
            await socket.prepare(request)
            self._sockets[socket] = request
            try:
                await _join(socket, upstream, request, fault)
            finally:
                del self._sockets[socket]
        return socket

    def _behind(self, request: web.Request) -> URL:
        return URL(self.upstream + request.raw_path, encoded=True)

    def _own_address(self, body: bytes) -> bytes:
        """Let websocket addresses in an answer lead through the proxy again."""
        host = self.upstream.partition("//")[2]
        for name in (host, host.replace("127.0.0.1", "localhost")):
            body = body.replace(f"ws://{name}".encode(), f"ws://127.0.0.1:{self._port}".encode())
        return body

    async def _queue(self, request: web.Request) -> web.Response:
        try:
            fault = self.fault(**await request.json())
        except (TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(asdict(fault))

    async def _show(self, _: web.Request) -> web.Response:
        return web.json_response([asdict(passed) for passed in self.log])

    async def _forget(self, _: web.Request) -> web.Response:
        self.faults.clear()
        self.log.clear()
        return web.json_response({"ok": True})

    async def _refuse(self, request: web.Request) -> web.Response:
        seconds = float((await request.json())["seconds"])

        async def refuse() -> None:
            await asyncio.sleep(ENDS_AT_ONCE)  # lets this answer leave first
            async with self.refusing():
                await asyncio.sleep(seconds)

        self._keep(asyncio.create_task(refuse()))
        return web.json_response({"ok": True}, headers={"Connection": "close"})

    async def _end(self, request: web.Request) -> web.Response:
        return web.json_response({"ended": await self.end_sockets(**await request.json())})


async def _join(socket: web.WebSocketResponse, upstream: Sockets, request: web.Request, fault: Fault | None) -> None:
    """Carry messages both ways until one side ends, or the fault ends both."""
    ending = fault if fault and fault.kind in (Kind.DROP_SOCKET, Kind.CLOSE_SOCKET) else None
    pumps = [
        asyncio.create_task(_pump(socket, upstream, None)),
        asyncio.create_task(_pump(upstream, socket, ending.messages if ending else None)),
    ]
    try:
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
    if ending:
        await _end_socket(socket, request, close=ending.kind == Kind.CLOSE_SOCKET)
    elif not socket.closed:
        await socket.close(code=upstream.close_code or WSCloseCode.OK)


async def _pump(source: Sockets, target: Sockets, most: int | None) -> None:
    carried = 0
    while most is None or carried < most:
        message = await source.receive()
        if message.type == WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type == WSMsgType.BINARY:
            await target.send_bytes(message.data)
        else:
            return
        carried += 1


async def _end_socket(socket: web.WebSocketResponse, request: web.Request, *, close: bool) -> None:
    if close:
        await socket.close(code=WSCloseCode.GOING_AWAY, message=b"going away")
    elif request.transport:
        request.transport.abort()


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _spoiled(request: web.Request, answer: Answer, fault: Fault) -> web.StreamResponse:
    match fault.kind:
        case Kind.CUT_AFTER:
            return _cut(request)
        case Kind.HALF_ANSWER:
            return await _half(request, answer)
        case Kind.DRIP:
            return await _drip(request, answer, fault.seconds)
        case Kind.BROKEN_JSON | Kind.EMPTY:
            kept = len(answer.body) // 2 if fault.kind == Kind.BROKEN_JSON else 0
            return Answer(answer.status, answer.headers, answer.body[:kept]).whole()
        case kind if kind in REFUSALS:
            return _refusal(fault)
        case _:
            return answer.whole()


def _refusal(fault: Fault) -> web.Response:
    match fault.kind:
        case Kind.TOO_MANY:
            return web.json_response(fault.body, status=429, headers={"Retry-After": str(fault.retry_after)})
        case Kind.BAD_GATEWAY:
            return web.Response(status=502, text=PAGE.format("502 Bad Gateway"), content_type="text/html")
        case _:
            return web.json_response(fault.body, status=500)


async def _half(request: web.Request, answer: Answer) -> web.StreamResponse:
    stream = await _begin(request, answer)
    await stream.write(answer.body[: len(answer.body) // 2])
    if request.transport:
        request.transport.close()
    return stream


async def _drip(request: web.Request, answer: Answer, pause: float) -> web.StreamResponse:
    stream = await _begin(request, answer)
    for index in range(len(answer.body)):
        await asyncio.sleep(pause)
        await stream.write(answer.body[index : index + 1])
    return stream


async def _begin(request: web.Request, answer: Answer) -> web.StreamResponse:
    stream = web.StreamResponse(status=answer.status, headers=answer.headers)
    stream.content_length = len(answer.body)
    await stream.prepare(request)
    return stream


def _headers(message: web.Request | ClientResponse, left_out: Container[str] = NOT_PASSED) -> CIMultiDict[str]:
    return CIMultiDict((name, value) for name, value in message.headers.items() if name.lower() not in left_out)


async def serve(port: int, upstream: str) -> None:
    """Run until somebody asks this process to end."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with FaultProxy.before(upstream, port=port) as proxy:
        sys.stdout.write(f"fault proxy ready at {proxy.url}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A fault proxy for tests, on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one and prints it")
    parser.add_argument("--upstream", required=True, help="for example http://127.0.0.1:8081")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, arguments.upstream))
