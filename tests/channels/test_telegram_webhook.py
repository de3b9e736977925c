"""Only Telegram may bring posts, each is stored before it is acknowledged, and nothing breaks the door."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as some
from starlette.applications import Starlette

from bot.channels.telegram_intake import Intake
from bot.channels.telegram_webhook import LARGEST_BODY, SECRET_HEADER, route
from bot.errors import HistoryError, SettingsError
from tests.channels.telegram_posts import EVERY_NAME, HOUSE, ME, recorded
from tests.channels.telegram_rooms import PretendMemory, a_channel, until
from tests.counterparts.telegram_server import TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = "a-secret-between-telegram-and-us"


def a_door(memory: PretendMemory) -> Starlette:
    return Starlette(routes=[route(memory.take, secret=SECRET, intake=_reads)])


def _reads() -> Intake:
    return Intake(me=ME, house=HOUSE)


async def knock(memory: PretendMemory, body: bytes, secret: str | bytes | None = SECRET) -> int:
    """Bring a body to the door, without a network; the status of the answer."""
    headers: dict[str, Any] = {} if secret is None else {SECRET_HEADER: secret}
    transport = httpx.ASGITransport(a_door(memory), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://candor") as visitor:
        return (await visitor.post("/telegram", content=body, headers=headers)).status_code


def written(raw: object) -> bytes:
    return json.dumps(raw).encode()


async def test_an_update_is_stored_and_then_acknowledged() -> None:
    memory = PretendMemory()

    assert await knock(memory, written(recorded("at_name"))) == 200

    assert [heard.text for heard in memory.heard] == ["@candor_bot my parcel arrived broken"]


async def test_what_could_not_be_stored_is_not_acknowledged() -> None:
    memory = PretendMemory(fails=[HistoryError("the disk is full")])

    assert await knock(memory, written(recorded("at_name"))) == 500
    assert await knock(memory, written(recorded("at_name"))) == 200


@pytest.mark.parametrize("secret", [None, "", "a-secret", SECRET + "x", SECRET.upper(), "ü".encode(), b"\xff\xfe"])
async def test_who_does_not_know_the_secret_brings_nothing(secret: str | bytes | None) -> None:
    memory = PretendMemory()

    assert await knock(memory, written(recorded("at_name")), secret) == 403
    assert await knock(memory, b"{ not even JSON", secret) == 403, "the secret comes before the reading"

    assert memory.calls == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\xfd",
        b"null",
        b"[]",
        b"7",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -7}',
        b'{"update_id": 99999999999999999999}',
        b'{"update_id": 1e3}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"update_id":' * 50_000,
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_no_update_is_turned_away(body: bytes) -> None:
    memory = PretendMemory()

    assert await knock(memory, body) == 400
    assert memory.calls == 0


async def test_a_body_that_is_too_large_is_not_read_to_its_end() -> None:
    memory = PretendMemory()
    at_most = written({"update_id": 1, "dream": ""})
    filling = b"x" * (LARGEST_BODY - len(at_most))

    assert await knock(memory, at_most[:-2] + filling + at_most[-2:]) == 200
    assert await knock(memory, at_most[:-2] + filling + b"x" + at_most[-2:]) == 413
    assert memory.calls == 1


@pytest.mark.parametrize("name", EVERY_NAME)
async def test_whatever_telegram_sends_is_kept_and_acknowledged(name: str) -> None:
    memory = PretendMemory()

    assert await knock(memory, written(recorded(name))) == 200
    assert len(memory.kept) == 1


@given(body=some.binary(max_size=60))
def test_no_bytes_break_the_door(body: bytes) -> None:
    assert asyncio.run(knock(PretendMemory(), body)) in (200, 400)


async def test_before_we_know_who_we_are_telegram_is_asked_to_come_again() -> None:
    memory = PretendMemory()
    door = Starlette(routes=[route(memory.take, secret=SECRET, intake=lambda: None)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://candor") as visitor:
        answer = await visitor.post("/telegram", content=written(recorded("at_name")), headers={SECRET_HEADER: SECRET})

    assert answer.status_code == 503
    assert memory.heard == []


def test_a_door_without_a_secret_is_not_built() -> None:
    with pytest.raises(SettingsError, match="secret"):
        route(PretendMemory().take, secret="", intake=_reads)


@pytest.mark.counterpart
async def test_telegram_brings_posts_again_until_they_are_stored() -> None:
    memory = PretendMemory(fails=[HistoryError("the disk is full")])
    async with (
        TelegramServer.running(reads_everything=True) as telegram,
        a_channel(telegram.url, telegram.token) as channel,
    ):
        telegram.delivers_twice()
        group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
        telegram.says(group, anna, "@candor_bot one")
        telegram.says(group, anna, "@candor_bot two")

        async with served(memory, channel_secret=SECRET) as address:
            await channel.open_webhook(address, SECRET)
            await memory.has(2)
            await until(lambda: not telegram.mailbox.updates)

    assert [heard.text for heard in memory.heard] == ["@candor_bot one", "@candor_bot two"]
    assert memory.calls == 4, "once in vain, once in earnest, once again, and the second post"


@pytest.mark.counterpart
@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://example.org/telegram", SECRET), ("http://127.0.0.1:9/telegram", "spaces are not allowed")],
)
async def test_an_address_that_telegram_refuses_is_a_matter_of_settings(url: str, secret: str) -> None:
    async with TelegramServer.running() as telegram, a_channel(telegram.url, telegram.token) as channel:
        with pytest.raises(SettingsError, match="Telegram refuses the webhook"):
            await channel.open_webhook(url, secret)


@asynccontextmanager
async def served(memory: PretendMemory, *, channel_secret: str) -> AsyncIterator[str]:
    """Put the door on a loopback port."""
    app = Starlette(routes=[route(memory.take, secret=channel_secret, intake=_reads)])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/telegram"
    finally:
        server.should_exit = True
        await task
