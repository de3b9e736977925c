"""The one HTTP front: small bodies only, a clean start and a clean stop."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import UsageError
from bot.front import BODY, front, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI
    from starlette.requests import Request


async def hook(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def a_front(*, ok: bool = True) -> FastAPI:
    return front(
        desk=PlainTextResponse("the desk"),
        webhooks=[Route("/webhook", hook, methods=["POST"])],
        health=lambda: {"ok": ok, "open": 3},
    )


def a_browser(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", verify=False)


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1_000):
        yield b"x" * 1_000


async def test_desk_webhooks_and_health_stand_side_by_side() -> None:
    browser = a_browser(a_front())

    assert (await browser.get("/q/1")).text == "the desk"
    assert (await browser.post("/webhook", content=b"abc")).text == "3"
    assert (await browser.get("/healthz")).json() == {"ok": True, "open": 3}


async def test_a_house_that_is_not_well_says_so_to_whoever_watches() -> None:
    assert (await a_browser(a_front(ok=False)).get("/healthz")).status_code == 503


async def test_a_long_body_is_refused_before_it_is_read() -> None:
    browser = a_browser(a_front())

    announced = await browser.post("/webhook", content=b"x" * (BODY + 1))
    in_chunks = await browser.post("/webhook", content=in_pieces(BODY + 1_000))
    bearable = await browser.post("/webhook", content=in_pieces(BODY))

    assert [announced.status_code, in_chunks.status_code, bearable.status_code] == [413, 413, 200]
    assert bearable.text == str(BODY)


@pytest.mark.counterpart
async def test_it_serves_until_it_is_stopped_and_logs_no_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(a_front(), port=0, on_ready=ready.set_result))

    address = await ready
    async with httpx.AsyncClient(verify=False) as browser:
        answer = await browser.get(f"{address}/healthz?who=anna")
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving

    assert answer.status_code == 200
    assert "server" not in answer.headers
    assert not any("anna" in record.getMessage() for record in caplog.records if record.name.startswith("uvicorn"))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=1)


@pytest.mark.counterpart
async def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(UsageError, match=rf"port {port} on 127.0.0.1 is taken.*--port"):
            await serve(a_front(), port=port, on_ready=print)
