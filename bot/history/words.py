"""People's words, apart from the journey: each with its salt, so that it can be erased and the rest still holds."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection
    from sqlite_utils import Database


class Table:
    """What every part of the memory stands on: one transaction, its clock, its key."""

    db: Database
    key: bytes
    now: datetime
    connection: Connection | None

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Write one row; its number."""
        columns = ", ".join(f'"{column}"' for column in row)
        marks = ", ".join("?" * len(row))
        cursor = self.db.execute(
            f"insert into {table} ({columns}) values ({marks})", list(row.values())
        )  # names are ours
        return cast("int", cursor.lastrowid)

    def one(self, sql: str, *values: object) -> dict[str, Any] | None:
        """The first row, or nothing."""
        return next(self._rows(sql, values), None)

    def all(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Every row."""
        return list(self._rows(sql, values))

    def many(self, sql: str, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Every row of these numbers; `{}` in the statement is where their marks go."""
        return list(self._rows(sql.format(", ".join("?" * len(numbers))), numbers))

    def _rows(self, sql: str, values: Sequence[object]) -> Iterator[dict[str, Any]]:
        """As `Database.query`, without the savepoint that it puts around every read: that made three calls of one."""
        cursor = self.db.execute(sql, values)
        columns = [column[0] for column in cursor.description]
        return (dict(zip(columns, row, strict=True)) for row in cursor)

    def hash(self, name: str) -> str:
        """A keyed hash: recognises a name, tells nothing about it."""
        return hmac.new(self.key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def keep_words(
        self, kind: str, text: str, *, person: str | None = None, about: Mapping[str, object] | None = None
    ) -> tuple[int, str]:
        """Keep a text where it can be erased; its number, and the salted commitment that the journey keeps."""
        salt = secrets.token_bytes(16)
        kept, details = storable(text), storable(json.dumps(about or {}, ensure_ascii=False, sort_keys=True))
        row = {"kind": kind, "person": person, "text": kept, "about": details, "salt": salt, "at": stamp(self.now)}
        return self.insert("words", row), commitment(salt, kept, details)


def commitment(salt: bytes, text: str, about: str = "{}") -> str:
    """HMAC-SHA-256 over the text and what belongs to it: fits only these words, and tells nothing without the salt."""
    return hmac.new(salt, f"{text}\x1f{about}".encode(), hashlib.sha256).hexdigest()


def storable(text: str) -> str:
    """The text as SQLite can keep it: half surrogates, which are no characters, become a replacement mark."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


@lru_cache(maxsize=64)  # one transaction writes the same time into all of its rows
def stamp(at: datetime) -> str:
    """A time as the tables keep it: UTC, microseconds, sortable as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """The time behind a stamp."""
    return datetime.fromisoformat(text)
