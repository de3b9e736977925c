"""`candor run`: the bot itself."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.app import OpenHouse, until_stopped
from bot.cli.lazy import loading
from bot.observe import open_log
from bot.settings import load

if TYPE_CHECKING:
    from bot.settings import Settings


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
    _tell_rooms(settings)
    chosen = settings.rules.desk.port if port is None else port
    await house.run(port=chosen, on_ready=lambda address: _tell_links(house, address))


def _tell_rooms(settings: Settings) -> None:
    listening = "Telegram" if settings.telegram_bot_token else "no channel yet (set TELEGRAM_BOT_TOKEN)"
    asking = f"Slack {settings.slack_channel} and the desk" if settings.slack_bot_token else "the desk"
    drafting = f"{settings.openai_model}, templates behind it" if settings.openai_api_key else "templates"
    click.echo(f"{settings.house.brand}: listening on {listening}; asking on {asking}; drafting with {drafting}.")


def _tell_links(house: OpenHouse, address: str) -> None:
    """Print where the desk is, and everybody's way in; flushed at once, since people wait for it."""
    outside = house.settings.rules.desk.url or address
    click.echo(f"The desk is open at {outside}")
    for person, path in house.links():
        click.echo(f"  {person.name}: {outside.rstrip('/')}{path}")
    sys.stdout.flush()
