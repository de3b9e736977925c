"""How soon a click in Slack is acknowledged while ten thousand mentions come in, in the same process."""

from __future__ import annotations

import asyncio
import random
import sys
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import mentions
from benchmarks.figure import Figure, percentile
from benchmarks.house import settle
from benchmarks.neighbours import addresses, running, until_it_says
from tests.counterparts.slack_elements import NotThere
from tests.counterparts.slack_server import SlackServer

if TYPE_CHECKING:
    from asyncio import Task

    from tests.counterparts.slack_workspace import Message

MENTIONS = 10_000
CLICK_EVERY = 0.05
"""Seconds between two clicks, on whichever cards hang by then."""
CLICKS: tuple[tuple[str, str | None], ...] = (
    *(("edit", None), ("decline", None)) * 10,
    ("approve", None),
    ("fault", "confirmed"),
)
"""Mostly what opens a window: a card that was decided, or is drafted anew behind the flood, has no buttons left."""


def measure() -> list[Figure]:
    """Clicks of all kinds from the first card to the last draft; the receipts are timed by the Slack counterpart."""
    return asyncio.run(_measure())


async def _measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        settle(folder)
        mentions.write(folder / "flood.jsonl", mentions.flood(MENTIONS))
        command = [sys.executable, "-m", "benchmarks.flooded_house", "flood.jsonl"]
        async with SlackServer.running() as slack:
            async with running(command, folder, addresses(slack)) as house:
                await until_it_says(house, "begun")
                clicked = await _click_until(slack, asyncio.create_task(until_it_says(house, "over")))
            took = [ack.delay for ack in slack.acks if ack.kind == "interactive"]
    return [
        Figure(
            what=f"acks: {clicked} clicks during a flood of {MENTIONS:,}, p99",
            value=percentile(took, 99),
            unit="s",
            at_most=0.5,
        ),
        Figure(what="acks: slowest", value=max(took), unit="s"),
        Figure(what="acks: p50", value=percentile(took, 50), unit="s"),
        Figure(what="acks: clicks never acknowledged", value=clicked - len(took), unit="", at_most=0),
    ]


async def _click_until(slack: SlackServer, over: Task[str]) -> int:
    """Click here and there until the flood is over; how often."""
    chance, kinds, clicked = random.Random(4), cycle(CLICKS), 0
    await slack.until(slack.cards, seconds=30)
    kind = next(kinds)
    while not over.done():
        if await _click(slack, chance.choice(slack.cards()), *kind):
            kind, clicked = next(kinds), clicked + 1
            await asyncio.sleep(CLICK_EVERY)
        else:
            await asyncio.sleep(0.005)
    await slack.until(
        lambda: all(sent.ack or sent.lost for sent in slack.sent if sent.kind == "interactive"), seconds=30
    )
    return clicked


async def _click(slack: SlackServer, card: Message, action: str, value: str | None) -> bool:
    """Whether this could be clicked: a decided card has no buttons."""
    try:
        await slack.click("U01ALICE", card, action, value, wait=False)
    except NotThere:
        return False
    return True
