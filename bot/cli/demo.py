"""`candor demo`: a small bakery's day that turns bad, on this machine, without any account."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.app import OpenHouse, until_stopped
from bot.cli.replay import until_drafted
from bot.cli.streams import written
from bot.clock import now
from bot.core.playbook import situation_of
from bot.demo.day import day
from bot.demo.house import house
from bot.errors import UsageError
from bot.observe import open_log
from bot.settings import Settings
from bot.settings.house_file import Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.mention import Mention
    from bot.core.question import Question
    from bot.pipeline import Pipeline

PORT = 8765
QUIET_HOURS = 14
"""What was said before this hour is there at once; the rest arrives while you watch."""
SECONDS_BETWEEN = 3.0


@click.command
@click.option("--once", is_flag=True, help="Play the whole day, print a table, and end.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
def demo(once: bool, port: int) -> None:  # noqa: FBT001  # click gives flags by name
    """Play a small bakery's day that turns bad; no account needed, nothing leaves this machine."""
    log = open_log(sys.stderr, level=logging.WARNING)
    with TemporaryDirectory(prefix="candor-demo-", ignore_cleanup_errors=True) as folder:
        settings = Settings(folder=Path(folder), rules=Rules(house=house()))
        try:
            asyncio.run(_once(settings) if once else until_stopped(_live(settings, port)))
        finally:
            log.close()


async def _once(settings: Settings) -> None:
    """The whole day as fast as it goes, then what stands on the desk."""
    async with OpenHouse(settings).opened() as pipeline:
        said = day(now().date())
        await asyncio.to_thread(pipeline.hear, said)
        await until_drafted(pipeline)
        questions, _ = pipeline.open_questions(limit=1000)
        _print_table(said, questions)


async def _live(settings: Settings, port: int) -> None:
    """The morning at once, then the afternoon as it comes, with the desk open."""
    open_house = OpenHouse(settings)
    ready = asyncio.Event()

    def on_ready(address: str) -> None:
        with written():
            click.echo(
                f"\n{settings.house.brand}, a bakery with a bad day ahead. The desk is open; each link lets one person in, once:\n"
            )
            for person, path in open_house.links():
                may = "decides" if person.may_decide else "may only read"
                click.echo(f"  {person.name} ({may}): {address}{path}")
            click.echo("\nReplies go to an outbox on this machine. Ctrl-C ends the demo and forgets everything.\n")
            sys.stdout.flush()
        ready.set()

    await open_house.run(port=port, on_ready=on_ready, beside=lambda: _play(open_house.pipeline, ready))


async def _play(pipeline: Pipeline, ready: asyncio.Event) -> None:
    await ready.wait()
    said = day(now().date())
    morning = [mention for mention in said if mention.at.hour < QUIET_HOURS]
    await _hear(pipeline, morning)
    for mention in said[len(morning) :]:
        await asyncio.sleep(SECONDS_BETWEEN)
        await _hear(pipeline, [mention])
    click.echo("The day is over; the desk stays open.")


async def _hear(pipeline: Pipeline, said: Sequence[Mention]) -> None:
    """What was begun is heard to its end, also when the demo ends meanwhile: the memory closes only behind it."""
    hearing = asyncio.ensure_future(asyncio.to_thread(pipeline.hear, said))
    try:
        await asyncio.shield(hearing)
    finally:
        await hearing


def _kind_of(question: Question) -> str:
    return situation_of(question.tone, question.fault) if question.tone else "unheard"


def _print_table(said: Sequence[Mention], questions: Sequence[Question]) -> None:
    """The day in numbers: what was heard, and what people would be asked."""
    from rich.console import Console
    from rich.table import Table

    if not questions:
        raise UsageError("the demo's day is empty")
    table = Table(title=f"{len(said)} posts became {len(questions)} questions", title_justify="left")
    for heading in ("situation", "questions", "heated", "two people", "to write by hand"):
        table.add_column(heading, justify="left" if heading == "situation" else "right")
    kinds: dict[str, Counter[str]] = {}
    for question in questions:
        counts = kinds.setdefault(_kind_of(question), Counter())
        counts["questions"] += 1
        counts["heated"] += bool(question.tone and question.tone.arousal == "heated")
        counts["two"] += question.needs > 1
        counts["by hand"] += question.standing == "needs_words"
    for kind, counts in sorted(kinds.items(), key=lambda pair: -pair[1]["questions"]):
        shown = (str(counts[column] or "·") for column in ("questions", "heated", "two", "by hand"))
        table.add_row(kind.replace("_", " "), *shown)
    Console().print(table)
    languages = Counter(question.tone.lang for question in questions if question.tone)
    click.echo("languages: " + ", ".join(f"{lang} {count}" for lang, count in languages.most_common()))
    click.echo("Nothing was published: nobody approved anything. `candor demo` opens the desk to try it.")
