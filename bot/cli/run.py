"""`candor run`: the bot itself."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.app import OpenHouse, until_stopped
from bot.cli.doctor import words_of
from bot.cli.lazy import loading
from bot.cli.streams import written
from bot.observe import open_log
from bot.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.health import Report
    from bot.settings import Settings

log = logging.getLogger("candor")


@click.command
@click.option("--port", type=click.IntRange(0, 65535), help="Where the desk is served (else candor.toml, else 8765).")
def run(port: int | None) -> None:
    """Listen on every channel that is set up, ask people, and publish what they approve.

    Runs until it is stopped (Ctrl-C). The desk's links are good for one entry each; start again for new ones.
    """
    settings = load(Path.cwd(), os.environ)
    log = open_log(sys.stderr, secrets=settings.secrets)
    for warning in settings.warnings:
        click.echo(f"candor: {warning}", err=True)
    try:
        asyncio.run(until_stopped(_run(settings, port)))
    finally:
        log.close()


async def _run(settings: Settings, port: int | None) -> None:
    with loading():
        house = OpenHouse(settings)
    chosen = settings.rules.desk.port if port is None else port
    await house.run(port=chosen, on_ready=lambda address: _open(house, address))


def _open(house: OpenHouse, address: str) -> None:
    """People may come in; what they need not wait for is looked at meanwhile."""
    _tell(house, address)
    asyncio.get_running_loop().run_in_executor(None, _look_at_words, house.settings)


def _look_at_words(settings: Settings) -> None:
    """A template that cannot be used stops nobody, but it should not wait for the first customer who needs it."""
    words = words_of(settings)
    if words.state == "fail":
        log.warning("%s: %s; until that is mended people write what it would have drafted", words.name, words.mend)


def _tell(house: OpenHouse, address: str) -> None:
    """Say who does what, and where people come in; flushed at once, since people wait for it."""
    with written():
        for line in _rooms(house):
            click.echo(line)
        _tell_links(house, address)
        sys.stdout.flush()


def _rooms(house: OpenHouse) -> Iterator[str]:
    """What is set up, and what of it is known to work by now; the log tells how it goes on."""
    settings = house.settings
    asking = f"Slack {settings.slack_channel} and the desk" if settings.slack_bot_token else "the desk"
    drafting = f"{settings.openai_model}, templates behind it" if settings.openai_api_key else "templates"
    yield f"{settings.house.brand}: asking on {asking}; drafting with {drafting}."
    if settings.telegram_bot_token:
        yield _how_it_goes("Telegram", "listening", house.health.on("telegram", "hearing"))
    else:
        yield "Listening on no channel yet (set TELEGRAM_BOT_TOKEN)."
    if settings.slack_bot_token:
        yield _how_it_goes("Slack", "taking clicks", house.health.on("slack", "clicks"))


def _how_it_goes(name: str, work: str, report: Report | None) -> str:
    if report is None:
        return f"{name}: no answer yet; the log says when it is {work}."
    return f"{name}: NOT {work}. {report.why}" if report.why else f"{name}: {work}."


def _tell_links(house: OpenHouse, address: str) -> None:
    """Where the desk is, and everybody's way in."""
    outside = house.settings.rules.desk.url or address
    click.echo(f"The desk is open at {outside}")
    for person, path in house.links():
        click.echo(f"  {person.name}: {outside.rstrip('/')}{path}")
