"""The history on one SQLite file: transactions for those who write, one consistent view for those who read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.history.database import HistoryFile, database_on
from bot.history.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


class History:
    """What the house remembers; safe to use from several threads and processes."""

    def __init__(self, url: str, *, clock: Callable[[], datetime]) -> None:
        self.file = HistoryFile(url)
        self.clock = clock

    @contextmanager
    def together(self) -> Iterator[Rows]:
        """One transaction: all of its rows and jobs, or none."""
        with self.file.writing() as connection:
            yield Rows(database_on(connection), key=self.file.key, now=self.clock(), connection=connection)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """One consistent view; nothing can be written through it that stays."""
        with self.file.reading() as db:
            yield Rows(db, key=self.file.key, now=self.clock(), connection=None)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
