"""Calling `candor` the way a shell does: arguments and bytes in, status and two streams out."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from bot.cli import main
from bot.settings import NAMES

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a call left behind."""

    status: int
    out: bytes
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The answers of a filter."""
        return [json.loads(line) for line in self.out.splitlines()]


def candor(folder: Path, *arguments: str, given: bytes = b"", **env: str) -> Called:
    """Run one command in a folder, with none of our names in the environment but those given."""
    status = 0
    known = {**dict.fromkeys(NAMES), **env}
    with CliRunner().isolation(input=given, env=known) as (out, err, _), contextlib.chdir(folder):
        try:
            main(arguments)
        except SystemExit as left:
            status = int(left.code or 0)
        return Called(status=status, out=out.getvalue(), err=err.getvalue().decode())


def rows(*given: dict[str, Any] | str | bytes) -> bytes:
    """Rows as a file holds them; text and bytes go in as they are."""
    lines = []
    for row in given:
        line = row if isinstance(row, str | bytes) else json.dumps(row, ensure_ascii=False)
        lines.append(line if isinstance(line, bytes) else line.encode())
    return b"\n".join(lines) + b"\n"
