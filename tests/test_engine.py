"""The engine promises that a job with an id runs at least once, and remembers how often it was promised."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.engine import Engine
from bot.history.store import History

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Jobs:
    """A started engine, its memory, and what ran."""

    def __init__(self, url: str) -> None:
        self.history = History(url, clock=lambda: datetime.now(UTC))
        self.engine = Engine(url)
        self.ran: asyncio.Queue[int] = asyncio.Queue()

    async def body(self, number: int) -> None:
        self.ran.put_nowait(number)

    def promise(self, id: str, number: int) -> None:
        with self.history.together() as rows:
            self.engine.enqueue(rows, "publish", id, number)

    async def have_ended(self) -> None:
        while await self.engine.unfinished("publish"):
            await asyncio.sleep(0.01)


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Jobs]:
    jobs = Jobs(f"sqlite:///{folder / 'candor.db'}")
    await jobs.engine.start({"publish": jobs.body})
    try:
        yield jobs
    finally:
        await jobs.engine.stop()
        jobs.history.close()


async def test_the_same_id_is_no_second_job_and_a_tidied_job_still_counts(tmp_path: Path) -> None:
    async with started(tmp_path) as jobs:
        for turn in (0, 1, 1):
            jobs.promise(f"publish:7:1:again-{turn}", turn)
        await jobs.have_ended()
        assert sorted([jobs.ran.get_nowait(), jobs.ran.get_nowait()]) == [0, 1]
        assert jobs.ran.empty()
        assert await jobs.engine.promised_so_far("publish:7:1:again-") == 2

        await jobs.engine.tidy(datetime.now(UTC) + timedelta(minutes=1))
        jobs.promise("publish:7:1:again-2", 2)
        await jobs.have_ended()

        assert await jobs.engine.promised_so_far("publish:7:1:again-") == 3
