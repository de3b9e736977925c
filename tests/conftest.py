"""What every test may lean on, and what none may do: no connection leaves a test that is not marked for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import pytest_socket
from hypothesis import HealthCheck, settings

from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

os.environ["PTB_TIMEDELTA"] = "true"  # as our Telegram room sets it: the library then speaks of time in one way
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")  # tests do not time: a busy machine is no fault of ours
LOOPBACK = ["127.0.0.1", "::1", "localhost"]
MAY_BE_SKIPPED = ("root may write everywhere", "this machine lets nobody have a small disk of their own")
"""Skips that have nothing to do with a counterpart that is missing."""
_skipped: list[str] = []


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A counterpart test speaks to this machine alone, every other one to nobody."""
    if item.get_closest_marker("counterpart"):
        pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)


def pytest_runtest_teardown() -> None:
    """The next test begins with its own rule."""
    pytest_socket.enable_socket()
    pytest_socket._remove_restrictions()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what was skipped and why."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2]}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is installed (CANDOR_EVERYTHING=1), a test skipped for want of a counterpart is a failure."""
    missing = [line for line in _skipped if not line.endswith(MAY_BE_SKIPPED)]
    if os.environ.get("CANDOR_EVERYTHING") and missing:
        print("\nSkipped although everything should be here:", *missing, sep="\n  ")  # noqa: T201  # the end of the run
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A house without Slack."""
    house = World(tmp_path)
    yield house
    house.history.close()


@pytest.fixture
def world_with_cards(tmp_path: Path) -> Iterator[World]:
    """A house whose cards hang on a pretended wall."""
    house = World(tmp_path, cards=True)
    yield house
    house.history.close()
