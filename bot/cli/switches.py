"""`candor pause` and `candor resume`: the one switch that everybody must find."""

from __future__ import annotations

import getpass
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from bot.errors import UsageError
from bot.history.store import History
from bot.settings import load

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command
def pause() -> None:
    """Let nothing leave the house any more; what is approved meanwhile is held."""
    _switch("pause")
    click.echo("Paused: nothing is sent. `candor resume` goes on.")


@click.command
def resume() -> None:
    """Go on sending; everything held is checked again just before it goes."""
    _switch("resume")
    click.echo("Sending goes on; held replies are checked again and follow within seconds while `candor run` runs.")


def _switch(kind: Literal["pause", "resume"]) -> None:
    with closing(history_of(load(Path.cwd(), os.environ))) as history, history.together() as rows:
        rows.switch(kind, by=f"{getpass.getuser()} (command line)")


def history_of(settings: Settings) -> History:
    """The history of this folder; raises UsageError when there is none yet."""
    from bot.clock import now

    if not settings.database.exists():
        raise UsageError(
            f"there is no history at {settings.database.name} yet: `candor run` or `candor replay` begins one"
        )
    return History(f"sqlite:///{settings.database}", clock=now)
