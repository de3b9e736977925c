"""A database that cannot be used says so in one line, with the mend, and nothing in it is changed."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.errors import HistoryError, SettingsError
from bot.history.schema import MIGRATIONS
from bot.history.store import History
from tests.world import a_mention

if TYPE_CHECKING:
    from pathlib import Path


def opened(path: Path) -> History:
    return History(f"sqlite:///{path}", clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))


def test_a_new_database_is_for_this_account_only(tmp_path: Path) -> None:
    opened(tmp_path / "candor.db").close()

    assert stat.S_IMODE((tmp_path / "candor.db").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    opened(tmp_path / "deep" / "er" / "candor.db").close()

    assert (tmp_path / "deep" / "er" / "candor.db").exists()


def test_every_row_that_is_confirmed_survives_a_power_cut(tmp_path: Path) -> None:
    history = opened(tmp_path / "candor.db")
    with history.reading() as rows:
        assert rows.db.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert rows.db.execute("pragma synchronous").fetchone()[0] == 2
        assert rows.db.execute("pragma secure_delete").fetchone()[0] == 1
    history.close()


def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "candor.db"
    opened(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"pragma user_version={len(MIGRATIONS) + 1}")

    with pytest.raises(HistoryError, match="newer Candor"):
        opened(path)


def test_a_database_opened_again_knows_its_people_still(tmp_path: Path) -> None:
    post = a_mention()
    first = opened(tmp_path / "candor.db")
    with first.together() as rows:
        assert rows.hear(post)
    first.close()

    again = opened(tmp_path / "candor.db")
    with again.together() as rows:
        assert rows.hear(post) is None
    again.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "candor.db").write_text("these are not the rows you are looking for" * 100)

    with pytest.raises(HistoryError, match="not a Candor database"):
        opened(tmp_path / "candor.db")


def test_a_database_somewhere_else_says_what_is_built(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="only sqlite:///FILE is built"):
        History("postgresql+psycopg://localhost/candor", clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))


def test_a_locked_database_is_told_with_the_mend(tmp_path: Path) -> None:
    history = opened(tmp_path / "candor.db")
    other = sqlite3.connect(tmp_path / "candor.db", isolation_level=None)
    other.execute("begin immediate")
    with history.file.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("pragma busy_timeout=1")

    with pytest.raises(HistoryError, match="close that program"), history.together() as rows:
        rows.hear(a_mention())
    other.execute("rollback")
    other.close()
    history.close()


def test_a_full_disk_is_told_and_nothing_confirmed_is_lost(tmp_path: Path) -> None:
    history = opened(tmp_path / "candor.db")
    with history.together() as rows:
        rows.hear(a_mention())
        pages = rows.db.execute("pragma page_count").fetchone()[0]

    with pytest.raises(HistoryError, match="disk is full"), history.together() as rows:
        rows.db.execute(f"pragma max_page_count={pages}")
        for person in range(500):
            rows.hear(a_mention("x" * 5000, author_id=str(person)))
    with history.reading() as rows:
        assert rows.open_count() == 1
    history.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(HistoryError, match="right"):
        opened(tmp_path / "candor.db")


def test_a_fault_that_is_not_the_databases_stays_what_it_is(tmp_path: Path) -> None:
    history = opened(tmp_path / "candor.db")

    with pytest.raises(BrokenPipeError), history.reading():
        raise BrokenPipeError
    history.close()


def test_a_lock_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "candor.db.lock").mkdir()
    history = opened(tmp_path / "candor.db")

    with pytest.raises(HistoryError, match="check the folder and its rights"):
        history.file.claim()
    history.close()
