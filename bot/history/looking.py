"""Looks into a database without changing it: no file is made, no shape brought up to date."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.core.check import Check
from bot.errors import HistoryError
from bot.history.database import told_of, written_by_a_newer
from bot.history.rows import Rows
from bot.history.schema import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

WAY = "check DATABASE_URL, or make the folder and give this account the right to write there"


def looked_at(path: Path) -> Check:
    """What `candor doctor` says about the database."""
    name = f"database {path.name}"
    if not path.exists():
        if not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
            return Check(name=name, state="fail", mend=f"it cannot be made in {path.parent}: {WAY}")
        return Check(name=name, state="ok", mend=f"will be made in {path.parent} at the first `candor run`")
    try:
        waiting = _open_in(path)
    except HistoryError as error:
        return Check(name=name, state="fail", mend=str(error))
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Check(name=name, state="fail", mend=f"{path} may not be written by this account: {WAY}")
    if waiting is None:
        return Check(
            name=name, state="ok", mend="not of this version's shape yet; `candor run` sees to that, nothing is lost"
        )
    return Check(name=f"{name} ({waiting} open)", state="ok")


def _open_in(path: Path) -> int | None:
    """How many questions stand open; None in a file whose shape is older than this version's. Raises HistoryError."""
    # A file in which nobody writes is opened as unchangeable: SQLite would else lay two of its own files beside it.
    at_rest = not path.with_name(f"{path.name}-wal").exists()
    url = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"
    with told_of(path), closing(sqlite3.connect(url, uri=True)) as raw:
        known = raw.execute("pragma user_version").fetchone()[0]
        if known > len(MIGRATIONS):
            raise written_by_a_newer(path, known)
        if known < len(MIGRATIONS):
            return None
        rows = Rows(
            Database(raw, execute_plugins=False), key=b"", now=datetime(2000, 1, 1, tzinfo=UTC), connection=None
        )
        return rows.open_count()
