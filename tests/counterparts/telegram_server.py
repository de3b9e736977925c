"""A Telegram Bot API server for tests, on loopback, as strict as the real one where it matters.

In a test: `async with TelegramServer.running() as telegram:` and drive it with `telegram.says(...)` and the like.
As a process: `python -m tests.counterparts.telegram_server --port 8081`, driven through `POST /__control/VERB`.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import signal
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.counterparts.telegram_control import add_control
from tests.counterparts.telegram_errors import TelegramRefuses, refusal
from tests.counterparts.telegram_faults import Faults
from tests.counterparts.telegram_membership import Membership
from tests.counterparts.telegram_methods import METHODS
from tests.counterparts.telegram_requests import fields_of, read
from tests.counterparts.telegram_speech import Speech
from tests.counterparts.telegram_world import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.counterparts.telegram_chats import Json

WELL_FORMED_TOKEN = re.compile(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]{3,80}")
ROOM_FOR_A_BODY = 50 << 20
ENDS_AT_ONCE = 0.01


class TelegramServer(Speech, Membership, Faults):
    """The pretend Telegram and the door through which the bot reaches it."""

    url: str = ""

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        port: int = 0,
        token: str = TOKEN,
        username: str = "candor_bot",
        name: str = "Candor",
        reads_everything: bool = False,
    ) -> AsyncIterator[Self]:
        """Serve on 127.0.0.1 until the block ends; `url` is what a bot gets as the address of the Bot API."""
        telegram = cls(token=token, username=username, name=name, reads_everything=reads_everything)
        runner = web.AppRunner(
            telegram._app(), access_log=None, handler_cancellation=True, shutdown_timeout=ENDS_AT_ONCE
        )
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        telegram.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        courier = asyncio.create_task(telegram.courier.run())
        try:
            yield telegram
        finally:
            courier.cancel()
            with suppress(asyncio.CancelledError):
                await courier
            await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=ROOM_FOR_A_BODY)
        add_control(app, self)
        app.router.add_route("GET", "/bot{token:[^/]*}/{method}", self._serve)
        app.router.add_route("POST", "/bot{token:[^/]*}/{method}", self._serve)
        app.router.add_route("*", "/{anything:.*}", _not_found)
        return app

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        fault = self.take_fault(request.match_info["method"])
        if fault and not fault.after:
            await self._note(request)
            return await fault.play(request) or web.Response()
        try:
            answer = web.json_response({"ok": True, "result": await self._call(request)})
        except TelegramRefuses as refused:
            answer = web.json_response(refused.body, status=refused.status)
        instead = await fault.play(request) if fault else None
        return instead or answer

    async def _call(self, request: web.Request) -> object:
        fields = await self._note(request)
        self._check_token(request.match_info["token"])
        method = METHODS.get(request.match_info["method"].lower())
        if not method:
            raise TelegramRefuses(404)
        given = read(fields, method.fields)
        for field in method.needed:
            if given.get(field) in (None, ""):
                raise TelegramRefuses(400, f"{field} is empty")
        return await method.call(self, **given)

    async def _note(self, request: web.Request) -> Json:
        fields = await fields_of(request)
        self.calls.append((request.match_info["method"], fields))
        return fields

    def _check_token(self, token: str) -> None:
        if not WELL_FORMED_TOKEN.fullmatch(token):
            raise TelegramRefuses(404)
        if token != self.token:
            raise TelegramRefuses(401)


async def _not_found(_: web.Request) -> web.Response:
    return web.json_response(refusal(404), status=404)


async def serve(arguments: argparse.Namespace) -> None:
    """Run until somebody asks this process to end."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with TelegramServer.running(**vars(arguments)) as telegram:
        sys.stdout.write(f"telegram ready at {telegram.url}\n")
        sys.stdout.flush()
        await ended.wait()


def arguments_from(words: list[str]) -> argparse.Namespace:
    """What the command line may say."""
    parser = argparse.ArgumentParser(description="A Telegram Bot API server for tests, on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one and prints it")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="candor_bot")
    parser.add_argument("--name", default="Candor")
    parser.add_argument("--reads-everything", action="store_true", help="privacy mode is off")
    return parser.parse_args(words)


if __name__ == "__main__":
    asyncio.run(serve(arguments_from(sys.argv[1:])))
