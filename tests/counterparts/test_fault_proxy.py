"""The fault proxy spoils what it is told to, as often as it is told to, and nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import httpx
import pytest
from aiohttp import web

from tests.counterparts.fault_proxy import FaultProxy, Kind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.counterpart


BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError)


class Shop:
    """The server behind: counts what it heard, echoes, streams, and talks over a websocket."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        self.heard: list[str] = []

    async def order(self, request: web.Request) -> web.Response:
        """Answer with the count and a second door."""
        self.heard.append(await request.text())
        return web.json_response({"orders": len(self.heard), "socket": f"ws://{request.app[HOST][0]}/socket"})

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send two events."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        for word in (b"data: one\n\n", b"data: two\n\n"):
            await stream.write(word)
        return stream

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        """Repeat each message, and close with 4001 on "bye"."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.data == "bye":
                await socket.close(code=4001)
            elif message.type == aiohttp.WSMsgType.BINARY:
                await socket.send_bytes(message.data)
            else:
                await socket.send_str(f"{message.data}!")
        return socket

    @asynccontextmanager
    async def opens(self) -> AsyncIterator[str]:
        """Listen at the address that is yielded."""
        app = web.Application()
        app.router.add_post("/order", self.order)
        app.router.add_get("/stream", self.stream)
        app.router.add_get("/socket", self.talk)
        app[HOST] = []
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        app[HOST].append(f"127.0.0.1:{runner.addresses[0][1]}")
        yield f"http://{app[HOST][0]}"
        await runner.cleanup()


HOST = web.AppKey("host", list[str])


@pytest.fixture
async def shop() -> Shop:
    return Shop()


@pytest.fixture
async def proxy(shop: Shop) -> AsyncIterator[FaultProxy]:
    async with shop.opens() as upstream, FaultProxy.before(upstream) as between:
        yield between


@pytest.fixture
async def client(proxy: FaultProxy) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=proxy.url, timeout=1) as customer:
        yield customer


async def test_without_faults_everything_passes(proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient) -> None:
    answer = await client.post("/order?size=2", content="bread")

    assert answer.json()["orders"] == 1
    assert shop.heard == ["bread"]
    passed = proxy.log[0]
    assert (passed.path, passed.body, passed.fault, passed.status) == ("/order?size=2", "bread", None, 200)


async def test_a_stream_of_events_passes(client: httpx.AsyncClient) -> None:
    assert (await client.get("/stream")).text == "data: one\n\ndata: two\n\n"


async def test_socket_addresses_in_answers_lead_through_the_proxy(proxy: FaultProxy, client: httpx.AsyncClient) -> None:
    socket = (await client.post("/order")).json()["socket"]

    assert socket == proxy.url.replace("http", "ws") + "/socket"


async def test_a_fault_meets_its_path_as_often_as_it_says(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient
) -> None:
    proxy.fault(Kind.SERVER_ERROR, "^/order$", times=2)

    assert (await client.get("/stream")).status_code == 200
    assert [(await client.post("/order")).status_code for _ in range(3)] == [500, 500, 200]
    assert len(shop.heard) == 1


async def test_a_connection_cut_before_leaves_no_trace(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient
) -> None:
    proxy.fault(Kind.CUT_BEFORE)

    with pytest.raises(BROKEN):
        await client.post("/order")

    assert shop.heard == []


@pytest.mark.parametrize("kind", [Kind.CUT_AFTER, Kind.HALF_ANSWER])
async def test_an_answer_is_lost_although_the_server_acted(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient, kind: Kind
) -> None:
    proxy.fault(kind)

    with pytest.raises(BROKEN):
        await client.post("/order", content="bread")

    assert shop.heard == ["bread"]


async def test_half_of_the_answer_arrives(proxy: FaultProxy, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.HALF_ANSWER)

    async with client.stream("POST", "/order") as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            await answer.aread()


async def test_too_many_says_how_long_to_wait(proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.TOO_MANY, retry_after=7, body={"error": "ratelimited"})

    answer = await client.post("/order")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json() == {"error": "ratelimited"}
    assert shop.heard == []


async def test_a_gateway_answers_with_html(proxy: FaultProxy, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.BAD_GATEWAY)

    answer = await client.post("/order")

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")


async def test_an_error_may_hide_that_the_server_acted(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient
) -> None:
    proxy.fault(Kind.SERVER_ERROR, after=True)

    assert (await client.post("/order")).status_code == 500
    assert len(shop.heard) == 1


async def test_a_late_answer_comes_after_the_server_acted(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient
) -> None:
    proxy.fault(Kind.DELAY, seconds=5, after=True)

    with pytest.raises(httpx.ReadTimeout):
        await client.post("/order", timeout=0.1)

    assert len(shop.heard) == 1


async def test_a_delayed_request_arrives_although_the_client_gave_up(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient
) -> None:
    proxy.fault(Kind.DELAY, seconds=0.15)

    with pytest.raises(httpx.ReadTimeout):
        await client.post("/order", timeout=0.05)
    assert shop.heard == []
    await asyncio.sleep(0.2)

    assert len(shop.heard) == 1


async def test_a_request_is_delivered_twice(proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.DOUBLE)

    answer = await client.post("/order", content="bread")

    assert answer.json()["orders"] == 1
    assert shop.heard == ["bread", "bread"]


async def test_json_is_broken(proxy: FaultProxy, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.BROKEN_JSON)

    answer = await client.post("/order")

    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


async def test_an_answer_is_empty(proxy: FaultProxy, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.EMPTY)

    answer = await client.post("/order")

    assert (answer.status_code, answer.content) == (200, b"")


async def test_an_answer_drips(proxy: FaultProxy, client: httpx.AsyncClient) -> None:
    proxy.fault(Kind.DRIP, seconds=0.001)

    async with client.stream("POST", "/order") as answer:
        drops = [drop async for drop in answer.aiter_raw()]

    assert len(drops) > 5
    assert b"".join(drops).startswith(b'{"orders": 1')


async def test_a_refused_connection_is_open_again_afterwards(
    proxy: FaultProxy, shop: Shop, client: httpx.AsyncClient
) -> None:
    await client.post("/order")

    async with proxy.refusing():
        with pytest.raises(httpx.ConnectError):
            await client.post("/order")

    assert (await client.post("/order")).status_code == 200
    assert len(shop.heard) == 2


@asynccontextmanager
async def a_socket(proxy: FaultProxy) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{proxy.url}/socket") as socket:
        yield socket


async def test_a_websocket_passes_both_ways_with_its_close_code(proxy: FaultProxy) -> None:
    async with a_socket(proxy) as socket:
        await socket.send_str("hello")
        assert await socket.receive_str() == "hello!"
        await socket.send_bytes(b"\x00")
        assert await socket.receive_bytes() == b"\x00"
        await socket.send_str("bye")

        assert (await socket.receive()).type == aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4001


@pytest.mark.parametrize(("kind", "code"), [(Kind.DROP_SOCKET, 1006), (Kind.CLOSE_SOCKET, 1001)])
async def test_a_websocket_ends_after_so_many_messages(proxy: FaultProxy, kind: Kind, code: int) -> None:
    proxy.fault(kind, messages=1)

    async with a_socket(proxy) as socket:
        await socket.send_str("hello")
        assert await socket.receive_str() == "hello!"
        await socket.receive()
        assert socket.close_code == code

    async with a_socket(proxy) as again:
        await again.send_str("hello")
        assert await again.receive_str() == "hello!"


@pytest.mark.parametrize(("close", "code"), [(False, 1006), (True, 1001)])
async def test_open_websockets_end_at_once(*, proxy: FaultProxy, close: bool, code: int) -> None:
    async with a_socket(proxy) as socket:
        await socket.send_str("hello")
        await socket.receive_str()

        assert await proxy.end_sockets("^/socket$", close=close) == 1

        await socket.receive()
        assert socket.close_code == code


async def test_a_websocket_may_be_refused_before_it_opens(proxy: FaultProxy) -> None:
    proxy.fault(Kind.TOO_MANY, "/socket")

    with pytest.raises(aiohttp.WSServerHandshakeError, match="429"):
        async with a_socket(proxy):
            pass


async def test_a_process_is_told_its_faults_over_http(shop: Shop) -> None:
    async with shop.opens() as upstream:
        command = ["-m", "tests.counterparts.fault_proxy", "--upstream", upstream]
        process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
        assert process.stdout
        url = (await process.stdout.readline()).decode().split()[-1]
        async with httpx.AsyncClient(base_url=url) as client:
            wrong = await client.post("/__faults", json={"kind": "earthquake"})
            await client.post("/__faults", json={"kind": "too_many", "match": "/order"})
            statuses = [(await client.post("/order")).status_code for _ in range(2)]
            log = (await client.get("/__faults")).json()
            await client.post("/__faults/refuse", json={"seconds": 0.3})
            await asyncio.sleep(0.1)
            with pytest.raises(httpx.ConnectError):
                await client.post("/order")
        process.terminate()
        assert await process.wait() == 0

    assert wrong.status_code == 400
    assert statuses == [429, 200]
    assert [(passed["fault"], passed["status"]) for passed in log] == [("too_many", None), (None, 200)]
