"""The floor to compare with: the same rows into one table, a hundred to a commit, and nothing else."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.mentions import Row

AT_ONCE = 100
COLUMNS = ("channel", "id", "author", "author_id", "text", "at", "thread", "url", "version")


def rows_per_second(path: Path, rows: Sequence[Row]) -> float:
    """As safe on the disk as Candor's own commits: WAL, `synchronous=full`."""
    begun = time.perf_counter()
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute(f"create table mentions ({', '.join(COLUMNS)})")
    statement = f"insert into mentions values ({', '.join(f':{column}' for column in COLUMNS)})"
    for first in range(0, len(rows), AT_ONCE):
        with connection:
            connection.executemany(statement, rows[first : first + AT_ONCE])
    connection.close()
    return len(rows) / (time.perf_counter() - begun)
