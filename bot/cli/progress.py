"""How far a long work is, on stderr, and only where a person looks at it."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def watched(source: BinaryIO) -> Iterable[bytes]:
    """The lines of a file, with a bar while a terminal shows stderr and the answers go elsewhere.

    Whoever sits at a keyboard is told that it is their turn.
    """
    if source.isatty():
        click.echo("Waiting for rows, one JSON object per line (see --help); Ctrl-D ends.", err=True)
        return source
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return source
    return _with_bar(source)


def _with_bar(source: BinaryIO) -> Iterator[bytes]:
    from rich.console import Console  # takes longer to read than most work takes
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.fields[rows]} rows"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=_size_of(source), rows=0)
        for number, line in enumerate(source, start=1):
            yield line
            bar.update(task, advance=len(line), rows=number)


def _size_of(source: BinaryIO) -> int | None:
    """Bytes of a plain file; None where nobody knows how much will come."""
    found = os.fstat(source.fileno())
    return found.st_size if stat.S_ISREG(found.st_mode) else None
