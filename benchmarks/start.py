"""How long people wait for the command line, and for the bot to listen."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from benchmarks.house import candor, settle
from benchmarks.neighbours import addresses, neighbours, running, until_it_says
from benchmarks.watched import run

RUNS = 5


def measure() -> list[Figure]:
    """Whole programs, one after the other; the middle of five."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        settle(folder)
        told = [run(candor("--help"), folder).seconds for _ in range(RUNS)]
        listening = [asyncio.run(_until_listening(folder)) for _ in range(RUNS)]
    return [
        Figure(what=f"start: `candor --help`, median of {RUNS}", value=statistics.median(told), unit="s", at_most=0.4),
        Figure(
            what=f"start: `candor run` until the desk is open, median of {RUNS}",
            value=statistics.median(listening),
            unit="s",
            at_most=3,
        ),
    ]


async def _until_listening(folder: Path) -> float:
    """With Telegram and Slack set up, so that everything is loaded that a real start loads."""
    async with neighbours() as (telegram, slack):
        begun = time.perf_counter()
        async with running(candor("run", "--port", "0"), folder, addresses(slack, telegram)) as bot:
            await until_it_says(bot, "The desk is open")
            return time.perf_counter() - begun
