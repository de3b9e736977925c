"""`candor replay`: mentions from a file, through the same way as those of today."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.app import CHANNELS, OpenHouse, until_stopped
from bot.cli import STOPPED_BY_HAND
from bot.cli.mention_rows import ReplayRow, mention_from
from bot.cli.progress import watched
from bot.cli.rows import RowError, row_from
from bot.core.text import shortened, visible
from bot.observe import open_log
from bot.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.mention import Mention
    from bot.pipeline import Pipeline
    from bot.settings import Settings

BATCH = 100
"""Mentions stored with one commit."""
LOOK_EVERY = 0.05
"""Seconds between two looks whether everything is drafted."""


SHOWN_NAME = 40
"""Characters of an unknown channel's name that are shown."""


@dataclass
class Tally:
    """What became of the rows of a file."""

    read: int = 0
    """Rows that are mentions."""
    heard: int = 0
    """Those of them that are stored."""
    refused: int = 0
    unknown: set[str] = field(default_factory=set)
    """Channels that nobody can answer on."""


@click.command
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), help="1 = as it happened; unset = as fast as it goes."
)
@click.option("--live", is_flag=True, help="Answer on the real channels instead of the outbox.")
@click.argument("file", type=click.File("rb"))
def replay(file: BinaryIO, speed: float | None, live: bool) -> None:  # noqa: FBT001  # click gives flags by name
    """Send mentions from FILE (JSON lines) through the pipeline; done when all of them are open on the desk.

    \b
    A row: {"channel", "id", "author", "text", "at", "url"?, "thread"?, "lang"?, "attachments"?}

    Replies that people approve later go to an outbox table, to the real channel only with --live.
    A refused row is told on stderr; the rest goes on, and the exit status is 1. Stopped half-way (Ctrl-C), it says how
    far it came (status 130), and goes on where it was when it is called again.
    """
    settings = load(Path.cwd(), os.environ)
    log = open_log(sys.stderr, secrets=settings.secrets)
    tally = Tally()
    try:
        ended = asyncio.run(until_stopped(_replay(settings, file, tally, speed=speed, live=live)))
    finally:
        log.close()
    for channel in sorted(tally.unknown):
        known = ", ".join(CHANNELS)
        click.echo(
            f"candor: {channel!r} is no channel that Candor knows ({known}): only the outbox answers it", err=True
        )
    if not ended:
        heard = f"{tally.heard}{_of_all(file, tally)} rows heard, {tally.refused} refused"
        click.echo(f"Stopped: {heard}. Run it again to go on: what was heard counts once.")
        click.get_current_context().exit(STOPPED_BY_HAND)
    if tally.refused:
        click.get_current_context().exit(1)


async def _replay(settings: Settings, file: BinaryIO, tally: Tally, *, speed: float | None, live: bool) -> None:
    async with OpenHouse(settings).opened() as pipeline:
        before = pipeline.open_count()
        mentions = _mentions_in(file, tally, live=live)
        if speed is None:
            for batch in _batches(mentions):
                await _hear(pipeline, batch, tally)
        else:
            await _in_time(pipeline, mentions, tally, speed)
        await until_drafted(pipeline)
        now_open = pipeline.open_count()
        click.echo(
            f"{tally.heard} rows heard, {tally.refused} refused; {now_open} questions open on the desk ({now_open - before} new)."
        )


async def _hear(pipeline: Pipeline, batch: Sequence[Mention], tally: Tally) -> None:
    """Store some mentions; somebody who stops the program meanwhile waits for these, so that the count is true."""
    hearing = asyncio.create_task(asyncio.to_thread(pipeline.hear, batch))
    try:
        await asyncio.shield(hearing)
    finally:
        await hearing
        tally.heard += len(batch)


def _of_all(file: BinaryIO, tally: Tally) -> str:
    """How many rows there are, where the rest of the file can be counted: a pipe might never end."""
    if not file.seekable():
        return ""
    return f" of {tally.read + tally.refused + sum(1 for line in file if line.strip())}"


def _mentions_in(file: BinaryIO, tally: Tally, *, live: bool) -> Iterator[Mention]:
    """The mentions of a file, row by row; a row that cannot be read is told and counted."""
    for number, line in enumerate(watched(file), start=1):
        if not line.strip():
            continue
        try:
            mention = mention_from(row_from(line, ReplayRow), live=live)
            _look_at_channel(mention.channel, tally, live=live)
        except RowError as error:
            tally.refused += 1
            click.echo(f"candor: line {number}: {error}", err=True)
        else:
            tally.read += 1
            yield mention


def _look_at_channel(channel: str, tally: Tally, *, live: bool) -> None:
    """A name that no channel has may be rehearsed, but never answered; raises RowError."""
    if channel in CHANNELS:
        return
    if live:
        raise RowError(f"channel is none that can be answered; known here: {', '.join(CHANNELS)}")
    tally.unknown.add(shortened(visible(channel), SHOWN_NAME))


def _batches(mentions: Iterator[Mention]) -> Iterator[tuple[Mention, ...]]:
    batch: list[Mention] = []
    for mention in mentions:
        batch.append(mention)
        if len(batch) == BATCH:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


async def _in_time(pipeline: Pipeline, mentions: Iterator[Mention], tally: Tally, speed: float) -> None:
    """Let each mention come when it came, `speed` times as fast."""
    begun = asyncio.get_running_loop().time()
    first = None
    for mention in mentions:
        first = first or mention.at
        due = (mention.at - first).total_seconds() / speed
        await asyncio.sleep(max(0.0, begun + due - asyncio.get_running_loop().time()))
        await _hear(pipeline, [mention], tally)


async def until_drafted(pipeline: Pipeline) -> None:
    """Wait until nothing is without words any more; the sweeper picks up what a crash left lying."""
    sweeping = asyncio.create_task(pipeline.sweep_for_ever())
    try:
        while await asyncio.to_thread(pipeline.open_count, standing="preparing"):  # noqa: ASYNC110  # rows, not memory
            await asyncio.sleep(LOOK_EVERY)
    finally:
        sweeping.cancel()
