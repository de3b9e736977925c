"""The command line: what is typed and what is printed, nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from bot import __version__
from bot.cli.lazy import Entry, LazyGroup
from bot.cli.streams import cannot_be_written, last_words, look_at_streams, takes_no_more
from bot.errors import CandorError, SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "demo": Entry("bot.cli.demo:demo", "Play a small bakery's day that turns bad; no account needed."),
    "init": Entry("bot.cli.init:init", "Write candor.toml and the other files that a new house begins with."),
    "doctor": Entry("bot.cli.doctor:doctor", "Check settings, database, words, Slack and each channel."),
    "run": Entry("bot.cli.run:run", "The bot: listen, ask, publish what people approve."),
    "replay": Entry("bot.cli.replay:replay", "Send mentions from a file through the pipeline."),
    "pause": Entry("bot.cli.switches:pause", "Let nothing leave the house any more."),
    "resume": Entry("bot.cli.switches:resume", "Go on sending, after checking again what waits."),
    "history": Entry("bot.cli.history:history", "List, show, search and export what happened."),
    "judge": Entry("bot.cli.judge:judge", "Hear the tone of posts: JSON lines in, JSON lines out."),
    "check": Entry("bot.cli.check:check", "Read replies as the guard does: JSON lines in, JSON lines out."),
    "draft": Entry("bot.cli.draft:draft", "Draft replies to posts: JSON lines in, JSON lines out."),
}
"""Every command: where it lives, and what `--help` says about it. A command's file is read when it is called."""

STOPPED_BY_HAND = 130
"""The status that shells give to Ctrl-C."""


@click.group(cls=LazyGroup, entries=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="candor", message="%(prog)s %(version)s")
def candor() -> None:
    """Answer customers on social channels: honestly, fast, and with a person behind every word."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave: 0 done, 1 something did not hold, 2 wrong usage or settings."""
    try:
        status = _run(arguments)
    except BrokenPipeError:  # whoever read us has enough: say nothing
        status = 1
    unwritten = last_words()
    if unwritten and not isinstance(unwritten, BrokenPipeError) and not status:
        status = _told(cannot_be_written(unwritten), 1)
    sys.exit(status or (1 if unwritten else 0))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        look_at_streams()
        status = candor.main(arguments, prog_name="candor", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        return _told(_with_help(error), error.exit_code)
    except (UsageError, SettingsError) as error:
        return _told(str(error), 2)
    except CandorError as error:
        return _told(str(error), 1)
    except (click.Abort, KeyboardInterrupt):
        return STOPPED_BY_HAND
    except OSError as error:
        if not takes_no_more(error):
            raise
        return _told(cannot_be_written(error), 1)
    return status if isinstance(status, int) else 0


def _told(line: str, status: int) -> int:
    """Say what is wrong in one line on stderr, whatever the text held."""
    click.echo(f"candor: {' '.join(line.split())}", err=True)
    return status


def _with_help(error: click.ClickException) -> str:
    """Name the command whose `--help` would have told."""
    context = getattr(error, "ctx", None)
    return error.format_message() + (f" (see: {context.command_path} --help)" if context else "")
