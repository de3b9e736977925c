"""An open house ends in order: nothing that runs beside it speaks to a memory that is closed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.app import OpenHouse
from bot.demo.house import house
from bot.settings import Settings
from bot.settings.house_file import Rules

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.counterpart


async def test_what_runs_beside_a_house_ends_before_its_memory_closes(tmp_path: Path) -> None:
    open_house = OpenHouse(Settings(folder=tmp_path, rules=Rules(house=house())))
    ready, read_at_the_end = asyncio.Event(), []

    async def beside() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            read_at_the_end.append(open_house.pipeline.open_count())

    running = asyncio.create_task(open_house.run(port=0, on_ready=lambda _: ready.set(), beside=beside))
    await asyncio.wait_for(ready.wait(), 30)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert read_at_the_end == [0]


async def test_what_fails_beside_a_house_ends_it(tmp_path: Path) -> None:
    open_house = OpenHouse(Settings(folder=tmp_path, rules=Rules(house=house())))

    async def beside() -> None:
        raise ValueError("the play is broken")

    with pytest.raises(ExceptionGroup) as told:
        await open_house.run(port=0, on_ready=lambda _: None, beside=beside)

    assert [str(error) for error in told.value.exceptions] == ["the play is broken"]
