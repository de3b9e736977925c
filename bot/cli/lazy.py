"""A list of commands that are read from disk only when somebody calls them: `--help` stays instant."""

from __future__ import annotations

import gc
import importlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives (`module:function`), and the line that `--help` prints for it."""

    place: str
    told: str


class LazyGroup(click.Group):
    """A group of commands, by a table."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **kwargs: Any) -> None:  # noqa: ANN401  # click's own
        super().__init__(*args, **kwargs)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names in the order of the table."""
        return list(self._entries)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a mistyped one is told the nearest name of the table."""
        if not args[0].startswith("-") and args[0] not in self._entries:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=self._entries, ctx=ctx)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Read one command's file; nothing when there is no such command."""
        entry = self._entries.get(cmd_name)
        return None if entry is None else _loaded(entry)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Print the table, without reading a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.told) for name, entry in self._entries.items()])


def _loaded(entry: Entry) -> click.Command:
    module, _, function = entry.place.partition(":")
    with loading():
        return cast("click.Command", getattr(importlib.import_module(module), function))


@contextmanager
def loading() -> Iterator[None]:
    """Everything that is loaded now stays: looking through it for rubbish meanwhile takes a fifth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
