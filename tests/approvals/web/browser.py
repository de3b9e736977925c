"""A real browser at a real desk, both on this machine."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.approvals.web.desk import desk
from bot.approvals.web.session import Doorkeeper
from bot.core.health import Health
from bot.front import front, serve
from tests.approvals.web.bakery import a_house

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.core.house import House
    from bot.core.person import Person
    from tests.approvals.web.pretend import PretendDecisions

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class OpenDesk:
    """A desk that answers on a port of this machine."""

    def __init__(self, decisions: PretendDecisions, house: House) -> None:
        self.decisions = decisions
        self.address = ""
        self._keeper = Doorkeeper(clock=lambda: decisions.now)
        self.health = Health(clock=lambda: decisions.now)
        app = desk(
            decisions, house=house, keeper=self._keeper, clock=lambda: decisions.now,
            channels=("telegram", "webhook"), health=self.health,
        )  # fmt: skip
        self._front = front(desk=app, health=dict)
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._serving: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run)

    def link_for(self, person: Person) -> str:
        """A one-time link, as it is printed at the start."""
        return self.address + self._keeper.invite(person)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10), "the desk did not open"

    def stop(self) -> None:
        assert self._serving is not None
        self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join(10)
        self._loop.close()

    def _run(self) -> None:
        self._serving = self._loop.create_task(serve(self._front, port=0, on_ready=self._opened))
        try:
            self._loop.run_until_complete(self._serving)
        except asyncio.CancelledError:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())

    def _opened(self, address: str) -> None:
        self.address = address
        self._ready.set()


@contextmanager
def open_desk(decisions: PretendDecisions, house: House | None = None) -> Generator[OpenDesk, None, None]:
    """A desk for as long as it is needed."""
    opened = OpenDesk(decisions, house or a_house())
    opened.start()
    try:
        yield opened
    finally:
        opened.stop()
