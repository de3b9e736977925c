"""What never leaves the house: no connection to an address that a stranger named, no secret and no word in a log."""

from __future__ import annotations

import io
import logging
import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot.observe import open_log
from tests.end_to_end.town import ALICE, BOB, Town, a_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

pytestmark = pytest.mark.counterpart


async def test_no_connection_goes_to_an_address_found_in_a_post(tmp_path: Path) -> None:
    async with a_trap() as trap, a_town(tmp_path) as town:
        with connections() as seen:
            customer = town.customer()
            customer.says(f"Mein Brot war heute steinhart, hier das Bild: {trap.url}/bild.png")
            card = await customer.card(version=1)
            customer.says(f"Und hier noch eins: {trap.url}/noch.png https://evil.example/x", attached="photo")
            await customer.card(version=2)
            town.slack.reply_in_thread(ALICE, card, f"Bitte {trap.url}/entwurf lesen")
            await customer.card(version=3)
            await town.click(ALICE, card, "approve")
            await customer.card(standing="Published")

    ours = {int(url.rpartition(":")[2].strip("/")) for url in (town.telegram.url, town.slack.workspace.base_url)}
    assert trap.visits == []
    assert seen.names <= {"127.0.0.1"}
    assert {host for host, _ in seen.places} <= {"127.0.0.1"}
    assert trap.port not in {port for _, port in seen.places}
    assert {port for _, port in seen.places} & ours == {port for _, port in seen.places}


async def test_neither_secrets_nor_anybodys_words_are_in_the_log_of_a_whole_run(tmp_path: Path) -> None:
    stream = io.StringIO()
    async with a_town(tmp_path, open_it=False) as town:
        with a_log(stream, tuple(town.env.values())):
            async with town.opened():
                await town.until(lambda: len(town.slack.sockets.open) == 2)
                await _a_day_with_every_trouble(town)
    told = stream.getvalue()

    assert "question 1: a window did not open" in told
    assert "attempt 1 of question 1: unknown" in told
    assert "Traceback" not in told
    for secret in (town.telegram.token, town.slack.bot_token, town.slack.app_token):
        assert secret not in told
    for words in ("Quittengelee", "Pflaumenmus", "Holunder", "Mirabelle", "quitten_kim", "wir melden uns hier"):
        assert words.casefold() not in told.casefold(), words


async def _a_day_with_every_trouble(town: Town) -> None:
    """Approve, edit, feedback, a stranger's click, and everything that goes wrong: most of what is logged is trouble."""
    customer = town.customer(username="quitten_kim")
    town.telegram.fault_next("getUpdates", status=502, body="<p>Mirabelle</p>")
    customer.says("Mein Quittengelee war sauer.")
    card = await customer.card(version=1)
    town.slack.reply_in_thread(ALICE, card, "Bitte vom Pflaumenmus reden.")
    await customer.card(version=2)
    town.slack.fault_next("chat.update", status=500, times=2)
    town.slack.fault_next("views.open", error="expired_trigger_id")
    await town.click(ALICE, card, "edit")
    await town.types(BOB, card, "Wir erstatten Ihnen 50 Euro für den Holunder.")
    town.telegram.fault_next("sendMessage", status=502, body="<p>Mirabelle</p>", after=True)
    await town.click(BOB, card, "approve")
    await customer.card(standing="Unknown")
    town.telegram.mailbox.updates.append({"update_id": 990_000_000, "message": {"text": "Mirabelle", "date": "never"}})
    town.telegram.mailbox.rival_polls()
    await town.slack.drop_sockets()
    await town.until(lambda: len(town.slack.sockets.open) == 2)
    await town.click(BOB, card, "there")
    await customer.card(standing="Published")


class Trap:
    """An address on this machine that writes down who comes."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        """What a post names."""
        return f"http://127.0.0.1:{self.port}"

    async def visit(self, request: web.Request) -> web.Response:
        """Somebody came."""
        self.visits.append(request.path)
        return web.Response()


@asynccontextmanager
async def a_trap() -> AsyncIterator[Trap]:
    """Open it on a free port."""
    trap = Trap()
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", trap.visit)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    trap.port = runner.addresses[0][1]
    try:
        yield trap
    finally:
        await runner.cleanup()


class Seen:
    """Every place that this program connected to, and every name that it looked up."""

    def __init__(self) -> None:
        self.places: set[tuple[str, int]] = set()
        self.names: set[str] = set()
        self.looking = True

    def hear(self, what: str, about: tuple[Any, ...]) -> None:
        """Python's own witness: nothing in this program connects past it."""
        if not self.looking:
            return
        if what == "socket.connect" and isinstance(about[1], tuple):
            self.places.add(about[1][:2])
        if what == "socket.getaddrinfo" and about[0]:
            self.names.add(str(about[0]))


@contextmanager
def connections() -> Iterator[Seen]:
    """Watch; an audit hook cannot be taken out again, so it falls silent."""
    seen = Seen()
    sys.addaudithook(seen.hear)
    try:
        yield seen
    finally:
        seen.looking = False


@contextmanager
def a_log(stream: io.StringIO, secrets: tuple[str, ...]) -> Iterator[None]:
    """The log of the house, as talkative as it can be."""
    root = logging.getLogger()
    before = root.level
    door = open_log(stream, secrets=secrets, level=logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(door)
        root.setLevel(before)
