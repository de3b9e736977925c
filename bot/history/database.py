"""Opens the database file: safe settings, migrations, and clear words when it cannot be used."""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy
from sqlalchemy.exc import DBAPIError
from sqlite_utils import Database

from bot.errors import HistoryError, SettingsError
from bot.history.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from sqlalchemy import Connection, Engine

# `engine` page: FULL so that a confirmed row survives a power cut, a long busy time-out instead of "database is locked".
_PRAGMAS = (
    "pragma busy_timeout=30000",
    "pragma journal_mode=wal",
    "pragma synchronous=full",
    "pragma foreign_keys=on",
    "pragma secure_delete=on",
)


class HistoryFile:
    """One SQLite file, opened for this process; its engine is ours alone, never the job engine's."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = _path_in(url)
        self._claim: TextIO | None = None
        self.engine = _engine_for(url)
        with told_of(self.path), _folder_told(self.path):
            _migrate(self.engine, self.path)
            with self.writing() as connection:
                self.key = _house_key(database_on(connection))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes (`begin immediate`): all of it, or nothing."""
        with told_of(self.path), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent view for reading; writers go on meanwhile."""
        with told_of(self.path):
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("begin")
                yield Database(raw.driver_connection, execute_plugins=False)
            finally:
                raw.rollback()
                raw.close()

    def claim(self) -> None:
        """Take the database for this process alone, until it ends: two at work would begin each other's jobs again.

        Raises:
            HistoryError: another Candor is at work on it.
        """
        with _folder_told(self.path):
            self._claim = self.path.with_name(f"{self.path.name}.lock").open("w")
        try:
            fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._claim.close()
            raise HistoryError(f"{self.path}: another Candor is at work on this database: stop it first") from error

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()
        if self._claim is not None:
            self._claim.close()


def database_on(connection: Connection) -> Database:
    """sqlite-utils on the connection of a running transaction."""
    return Database(connection.connection.driver_connection, execute_plugins=False)


def _path_in(url: str) -> Path:
    if not url.startswith("sqlite:///"):
        raise SettingsError(
            f"DATABASE_URL starts with {url.split(':', maxsplit=1)[0]!r}: only sqlite:///FILE is built, e.g. sqlite:///candor.db"
        )
    return Path(url.removeprefix("sqlite:///"))


def _engine_for(url: str) -> Engine:
    engine = sqlalchemy.create_engine(url, pool_size=8, max_overflow=8)

    @sqlalchemy.event.listens_for(engine, "connect")
    def opened(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None  # transactions are ours to begin
        for pragma in _PRAGMAS:
            raw.execute(pragma)

    @sqlalchemy.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("begin immediate")

    return engine


def _migrate(engine: Engine, path: Path) -> None:
    """Bring the file to this version's shape; a file from a newer version is refused untouched."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # customers' words: for this account only
    with engine.begin() as connection:
        db = database_on(connection)
        known = db.execute("pragma user_version").fetchone()[0]
        if known > len(MIGRATIONS):
            raise written_by_a_newer(path, known)
        for migration in MIGRATIONS[known:]:
            migration(db)
        if known < len(MIGRATIONS):
            db.execute(f"pragma user_version={len(MIGRATIONS)}")


def written_by_a_newer(path: Path, known: int) -> HistoryError:
    """What is said of a file whose format this version does not know yet."""
    return HistoryError(
        f"{path} was written by a newer Candor (format {known}, this one knows {len(MIGRATIONS)}): "
        "install the newer version, or use another DATABASE_URL"
    )


def _house_key(db: Database) -> bytes:
    """The key of this house's keyed hashes; made once, with the database."""
    db.execute("insert or ignore into keys (name, value) values ('hash', ?)", [secrets.token_bytes(32)])
    return bytes(db.execute("select value from keys where name = 'hash'").fetchone()[0])


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn SQLite's failures into one line with the mend; the transaction is already rolled back."""
    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        raise HistoryError(f"{path}: {_mend_for(str(origin))}") from error


@contextmanager
def _folder_told(path: Path) -> Iterator[None]:
    """The same for what the machine itself refuses while a file is made."""
    try:
        yield
    except OSError as error:
        raise HistoryError(
            f"{path}: {error.strerror or error}; nothing was written: check the folder and its rights"
        ) from error


def _mend_for(said: str) -> str:
    """SQLite's own words, and what a person can do about them."""
    for words, mend in (
        ("locked", "another program holds it locked: close that program, then try again"),
        ("disk is full", "the disk is full: free some space; nothing that was confirmed is lost"),
        (
            "disk I/O error",
            "the disk cannot be written: it is full, over its limit, or broken; nothing that was confirmed is lost",
        ),
        ("not a database", "this is not a Candor database: choose another DATABASE_URL"),
        ("readonly", "the file may not be written: give this account the right to write file and folder"),
        ("unable to open", "the file cannot be opened: check that the folder exists and may be written"),
    ):
        if words in said:
            return f"{said}: {mend}"
    return said
