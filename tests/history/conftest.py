"""Every store of history is put under the same promises: a second one is one more line here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.history.store import History

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Clock:
    """Time in the test's hands."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


def on_sqlite(folder: Path, clock: Callable[[], datetime]) -> History:
    return History(f"sqlite:///{folder / 'candor.db'}", clock=clock)


STORES = [pytest.param(on_sqlite, id="sqlite")]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=STORES)
def history(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[History]:
    store = request.param(tmp_path, clock)
    yield store
    store.close()
