"""What keeps the house open when one of its rooms cannot go on, and tells people so."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.health import Health
from bot.core.why import Why
from bot.errors import CandorError, HistoryError, NeedsLogin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
    from datetime import datetime

    from bot.core.health import Report, Work

log = logging.getLogger("candor")

WORKED_FOR = timedelta(minutes=1)
"""A room that ran this long before its key failed has a new trouble, which is told again."""
LOGIN_AGAIN_AFTER = 300.0
"""Seconds until a channel whose key did not fit is tried again."""
MEMORY_AGAIN_AFTER = 5.0
"""Seconds until a room goes on whose rows could not be written."""
_GOES: Mapping[Work, str] = {
    "hearing": "listening", "replies": "replies go out", "clicks": "taking clicks", "cards": "cards appear",
}  # fmt: skip


class GoingOn:
    """Runs the rooms side by side, begins again those that stopped, and keeps what they report."""

    def __init__(
        self,
        *,
        alarm: Callable[[str], Coroutine[object, object, None]],
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """`alarm` tells everybody."""
        self.health = Health(clock=clock, changed=self._tell_change)
        self._alarm, self._clock, self._sleep = alarm, clock, sleep
        self._tasks: asyncio.TaskGroup | None = None
        self._alarmed: set[tuple[str, Work]] = set()
        """Works of rooms whose trouble everybody was told of, and not yet of its end."""

    @asynccontextmanager
    async def side_by_side(self) -> AsyncIterator[asyncio.TaskGroup]:
        """The rooms of an open house; at the end all of them are stopped and waited for."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            yield tasks

    async def keep(self, name: str, body: Callable[[], Awaitable[None]], work: tuple[str, Work] | None = None) -> None:
        """A room whose key no longer fits says so once and is tried again; the rest of the house goes on.

        A memory that cannot be written (full disk, lock) is tried again soon: what was not stored was not confirmed.
        `work`: what does not go on meanwhile; the room itself reports when it does.
        """
        told = ""
        while True:
            began = self._clock()
            try:
                return await body()
            except NeedsLogin as error:
                self._report(name, work, error)
                if str(error) != told or self._clock() - began > WORKED_FOR:
                    await self._alarm(Why.stands_still(room=name, because=error.why))
                    if work is not None:
                        self._alarmed.add(work)
                told = str(error)
                await self._sleep(LOGIN_AGAIN_AFTER)
            except HistoryError as error:
                self._report(name, work, error)
                await self._sleep(MEMORY_AGAIN_AFTER)

    def _report(self, name: str, work: tuple[str, Work] | None, error: CandorError) -> None:
        log.error("%s: %s", name, error)
        if work is not None:
            self.health.ill(*work, error.why)

    def _tell_change(self, report: Report) -> None:
        """Whoever was told of a trouble is told of its end; the trouble itself was told where it was noticed."""
        if report.why:
            return
        name, work = report.room.capitalize(), (report.room, report.work)
        log.info("%s: %s%s", name, _GOES[report.work], " again" if report.again else "")
        if work in self._alarmed and self._tasks is not None:
            self._alarmed.remove(work)
            self._tasks.create_task(self._alarm(Why.works_again(channel=name)))
