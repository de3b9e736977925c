"""The bot as a process that kills itself when it reaches a named point of the way for the n-th time.

Real Telegram room, real Slack room, real engine, real memory. A colleague inside the process approves whatever
stands open, so that every step of the way is walked without anybody else.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

from bot.app import OpenHouse
from bot.core.decision import Approved
from bot.errors import DecisionError
from bot.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.pipeline import Pipeline

APPROVE_EVERY = 0.05


def dies_at(point: str | None, time: int) -> Callable[[str], None]:
    """Do nothing at every point, and at this one end the process without a word."""
    passed = 0

    def reached(here: str) -> None:
        nonlocal passed
        if here == point:
            passed += 1
            if passed >= time:
                os.kill(os.getpid(), signal.SIGKILL)

    return reached


async def approve_everything(pipeline: Pipeline) -> None:
    """Alice approves whatever is asked, once all cards hang: what was never on a card is not told below it either."""
    alice = pipeline.people.everybody[0]
    while True:
        open_now, _ = await asyncio.to_thread(pipeline.open_questions)
        early = await asyncio.to_thread(a_card_is_missing, pipeline)
        for question in open_now:
            if question.approvable and not early:
                click = Approved(question=question.number, version=question.version, by=alice, surface="desk")
                try:
                    await asyncio.to_thread(pipeline.decide, click)
                except DecisionError:
                    continue  # the customer wrote again meanwhile
        await asyncio.sleep(APPROVE_EVERY)


def a_card_is_missing(pipeline: Pipeline) -> bool:
    """Whether a question waits for its first card."""
    with pipeline.history.reading() as rows:
        return rows.fresh_card()


async def live(folder: Path, env: dict[str, str], point: str | None, time: int) -> None:
    """The house as `candor run` opens it, with a colleague at work."""
    house = OpenHouse(load(folder, env), reached=dies_at(point, time))
    house.pipeline.overdue_after = 1.0  # the sweeper looks sooner than on an ordinary day
    async with asyncio.TaskGroup() as tasks:
        ready = asyncio.Event()
        tasks.create_task(house.run(port=0, on_ready=lambda _: ready.set()))
        await ready.wait()
        tasks.create_task(approve_everything(house.pipeline))


def run(folder: Path, env: dict[str, str], point: str | None, time: int) -> None:
    """A whole life; what it prints stands in `log.txt`."""
    log = os.open(folder / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    asyncio.run(live(folder, env, point, time))
