"""The one HTTP front: everything that Candor serves to browsers and webhooks comes through here."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse, PlainTextResponse

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 1_000_000
"""Bytes that a request may carry; more is refused before it is read (`trust`, input size)."""
_AT_ONCE = 500
"""Connections served at the same time; the rest is told to come back."""
_SECONDS_TO_FINISH = 5


def front(*, desk: ASGIApp, webhooks: Sequence[BaseRoute] = (), health: Callable[[], Mapping[str, object]]) -> FastAPI:
    """The whole front; `health` may say `{"ok": False, …}`, which answers 503."""
    app = FastAPI(title="Candor", openapi_url=None, docs_url=None, redoc_url=None)

    def healthz() -> JSONResponse:
        told = dict(health())
        return JSONResponse(
            told, status_code=200 if told.get("ok", True) else 503, headers={"cache-control": "no-store"}
        )

    app.get("/healthz")(healthz)
    app.router.routes.extend(webhooks)
    app.mount("/", desk)
    app.add_middleware(BodyLimit)
    return app


class BodyLimit:
    """Holds the body back until it is whole, and refuses it as soon as it is too long."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on one request with a body of bearable size."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = None if _announced(scope) > BODY else await _whole(receive)
        if body is None:
            await PlainTextResponse("Too long.", status_code=413)(scope, receive, send)
            return
        rest = [body]

        async def replay() -> Message:
            return rest.pop() if rest else await receive()

        await self._app(scope, replay, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _whole(receive: Receive) -> Message | None:
    """The body in one piece; nothing when it is too long."""
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        pieces.append(message.get("body", b""))
        if sum(map(len, pieces)) > BODY:
            return None
        if not message.get("more_body", False):
            return {"type": "http.request", "body": b"".join(pieces), "more_body": False}


async def serve(app: ASGIApp, *, host: str = "127.0.0.1", port: int, on_ready: Callable[[str], None]) -> None:
    """Serve until cancelled, then finish what is running; `on_ready` is told the address.

    Writes no access log: addresses can carry what nobody should keep. Trusts no proxy header.

    Raises:
        UsageError: the port is taken, not allowed, or the host is not of this machine.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # its starts and stops are ours to tell
    with _listening(host, port) as listener:
        server = _Server(config, lambda: on_ready(_address(host, listener)))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            await serving


class _Server(uvicorn.Server):
    """Uvicorn without its own opinion on signals: who started us stops us, by cancelling."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_ready()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken: end the other program, or choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than this user has: choose one above 1023 with --port"
    return f"nothing can be served on {host}, port {port}: {error.strerror or error}"


def _address(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
