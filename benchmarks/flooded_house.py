"""A house with its Slack room and a flood in one process: `python -m benchmarks.flooded_house FILE.jsonl`.

Says `begun` when Slack listens and the flood begins, and `over` when everything is drafted; it stays open until it is ended.
"""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import OpenHouse, until_stopped
from bot.cli.mention_rows import ReplayRow, mention_from
from bot.cli.rows import row_from
from bot.observe import open_log
from bot.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.mention import Mention
    from bot.pipeline import Pipeline

BATCH = 100
LOOK_EVERY = 0.05


async def main(file: Path) -> None:
    """Open the house, listen to Slack, draw cards, and let the flood in."""
    house = OpenHouse(load(Path.cwd(), os.environ))
    assert house.slack is not None
    async with house.opened() as pipeline, asyncio.TaskGroup() as tasks:
        tasks.create_task(house.slack.run())
        tasks.create_task(pipeline.paint())
        tasks.create_task(pipeline.sweep_for_ever())
        print("begun", flush=True)
        await _flood(pipeline, file)
        print("over", flush=True)


async def _flood(pipeline: Pipeline, file: Path) -> None:
    mentions = _mentions_in(file)
    while batch := tuple(islice(mentions, BATCH)):
        await asyncio.to_thread(pipeline.hear, batch)
    while await asyncio.to_thread(pipeline.open_count, standing="preparing"):  # noqa: ASYNC110  # the rows know, and they send no signal
        await asyncio.sleep(LOOK_EVERY)


def _mentions_in(file: Path) -> Iterator[Mention]:
    with file.open("rb") as lines:
        for line in lines:
            yield mention_from(row_from(line, ReplayRow), live=False)


if __name__ == "__main__":
    log = open_log(sys.stderr, secrets=())
    try:
        asyncio.run(until_stopped(main(Path(sys.argv[1]))))
    finally:
        log.close()
