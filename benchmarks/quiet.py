"""A quiet shop: a mention every two seconds, each answered with one click; how long until people see what happened."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, percentile
from benchmarks.house import candor, settle
from benchmarks.long_ago import open_questions
from benchmarks.mentions import words_of
from benchmarks.neighbours import addresses, neighbours, running, until_it_says
from benchmarks.sentences import TOWNS

if TYPE_CHECKING:
    from tests.counterparts.slack_server import SlackServer
    from tests.counterparts.slack_workspace import Message
    from tests.counterparts.telegram_chats import Chat
    from tests.counterparts.telegram_server import TelegramServer

EVERY = 2.0
"""Seconds between two mentions."""
MANY_OPEN = 5_000
GROUPS = 4
"""Telegram lets a bot say twenty things a minute in one group; thirty customers a minute write in several."""
KINDS = ("complaint de", "complaint en", "praise de", "praise en", "question de", "question en")
LOOK_EVERY = 0.002
PATIENCE = 30


@dataclass(kw_only=True)
class Waits:
    """Seconds that people waited, one entry for each mention; the first one after the start finds a cold house."""

    for_card: list[float] = field(default_factory=list)
    """From the customer's post to the card that hangs in Slack."""
    for_reply: list[float] = field(default_factory=list)
    """From the click on Approve & send to the reply that stands on Telegram."""


def measure(count: int) -> list[Figure]:
    """Once in a fresh house, once where thousands of questions are open and their cards hang."""
    return [
        figure
        for open_before in (0, MANY_OPEN)
        for figure in _told(asyncio.run(_waits(open_before, count)), open_before)
    ]


def _told(waits: Waits, open_before: int) -> list[Figure]:
    where = f"quiet, {open_before:,} open before"
    shown = [("mention → card", waits.for_card, 1.0), ("click → published", waits.for_reply, 0.5)]
    figures = [
        Figure(
            what=f"{where}: {what}, {name}",
            value=percentile(took[1:], percent),
            unit="s",
            at_most=target if name == "p95" else None,
        )
        for what, took, target in shown
        for name, percent in (("p50", 50), ("p95", 95), ("max", 100))
    ]
    first = Figure(what=f"{where}: the first mention after the start → card", value=waits.for_card[0], unit="s")
    return [*figures, first]


async def _waits(open_before: int, count: int) -> Waits:
    waits = Waits()
    with TemporaryDirectory() as name:
        folder = Path(name)
        open_questions(folder, settle(folder), open_before)
        async with neighbours() as (telegram, slack):
            groups = [telegram.add_group(f"Krume in {town}") for town in TOWNS[:GROUPS]]
            async with running(candor("run", "--port", "0"), folder, addresses(slack, telegram)) as bot:
                await until_it_says(bot, "The desk is open")
                await slack.until(lambda: slack.sockets.open, seconds=PATIENCE)
                for number, kind in _kinds(count):
                    begun = time.monotonic()
                    await _one(
                        telegram,
                        slack,
                        groups[number % GROUPS],
                        f"@candor_bot {words_of(kind, random.Random(number))}",
                        waits,
                    )
                    await asyncio.sleep(max(0.0, begun + EVERY - time.monotonic()))
    return waits


def _kinds(count: int) -> list[tuple[int, str]]:
    """Whose turn it is; the first one is told apart."""
    return [(number, KINDS[number % len(KINDS)]) for number in range(count + 1)]


async def _one(telegram: TelegramServer, slack: SlackServer, group: Chat, text: str, waits: Waits) -> None:
    """Somebody writes, the card appears, Alice clicks, the reply stands there."""
    cards, replies = len(slack.cards()), len(telegram.sent)
    said = time.time()
    telegram.says(group, telegram.add_person("Kim"), text)
    await slack.until(lambda: len(slack.cards()) > cards, seconds=PATIENCE)
    card: Message = slack.cards()[-1]
    waits.for_card.append(float(card.ts) - said)
    clicked = time.time()
    await slack.click("U01ALICE", card, "approve", wait=False)
    await slack.until(lambda: len(telegram.sent) > replies, seconds=PATIENCE)
    waits.for_reply.append(time.time() - clicked)
