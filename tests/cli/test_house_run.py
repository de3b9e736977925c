"""`candor run` opens, tells where the desk is, ends when it is asked to, and names in one line why it cannot open."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from bot.history.schema import MIGRATIONS
from tests.cli.candor import candor
from tests.cli.house import RULES, a_house_in, started, typed, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.candor import Called

pytestmark = pytest.mark.counterpart


def one_line(called: Called) -> str:
    """What a refused command said: one line, without a traceback, and nothing served."""
    assert "Traceback" not in called.err
    assert "The desk is open" not in called.out.decode()
    assert called.err.count("\n") == 1, called.err
    return called.err


def test_without_any_channel_the_desk_opens_and_a_second_house_on_the_same_memory_is_refused(tmp_path: Path) -> None:
    with started(a_house_in(tmp_path), "run", "--port", "0") as house:
        assert "no channel yet (set TELEGRAM_BOT_TOKEN)" in house.until("Listening")
        address = house.until("The desk is open at").rsplit(" ", 1)[1].strip()
        links = [house.until("/enter?key=") for _ in range(2)]
        with urllib.request.urlopen(f"{address}/healthz", timeout=30) as health:
            assert b'"ok":true' in health.read()
        second, replay = typed(tmp_path, "run", "--port", "0"), typed(tmp_path, "replay", os.devnull)
        called = house.stopped(signal.SIGTERM)

    assert [link.split(":")[0].strip() for link in links] == ["Alice", "Bob"]
    for refused in (second, replay):
        assert refused.status == 1
        assert "another Candor is at work on this database: stop it first" in one_line(refused)
    assert called.status == 0
    assert "Traceback" not in called.err
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address}/healthz", timeout=30)


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        called = typed(a_house_in(tmp_path), "run", "--port", str(port))

    assert called.status == 2
    assert f"port {port} on 127.0.0.1 is taken" in one_line(called)


@pytest.mark.parametrize(
    ("rules", "env", "told"),
    [
        (None, {}, "candor: there is no candor.toml here; `candor init` writes one"),
        ('brand = "Krume"', {}, "people is missing"),
        ('brand = "Krume"\nbrnad = 1\n[[people]]\nname = "A"', {}, "did you mean 'brand'?"),
        ("brand = ", {}, "candor: candor.toml: "),
        ("", {}, "brand is missing"),
        ("fits", {"DATABASE_URL": "postgresql+psycopg://localhost/candor"}, "PostgreSQL, which is not built yet"),
        ("fits", {"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN holds an app token"),
    ],
)
def test_wrong_settings_are_named_and_nothing_opens(
    tmp_path: Path, rules: str | None, env: dict[str, str], told: str
) -> None:
    if rules is not None:
        a_house_in(tmp_path, RULES if rules == "fits" else rules)
    called = candor(tmp_path, "run", "--port", "0", given=b"", **env)

    assert called.status == 2
    assert told in one_line(called)
    assert not (tmp_path / "candor.db").exists()


def test_half_of_slack_is_not_enough_and_no_token_is_repeated(tmp_path: Path) -> None:
    called = typed(a_house_in(tmp_path), "run", SLACK_BOT_TOKEN="xoxb-half", SLACK_CHANNEL="C1")

    assert called.status == 2
    assert "set SLACK_APP_TOKEN as well (SLACK_SIGNING_SECRET does for HTTP)" in one_line(called)
    assert "xoxb-half" not in called.err


def test_a_port_that_is_no_port_is_wrong_usage(tmp_path: Path) -> None:
    called = candor(a_house_in(tmp_path), "run", "--port", "70000")

    assert called.status == 2
    assert "70000 is not in the range" in one_line(called)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (a_house_in(tmp_path) / "candor.db").write_bytes(b"\x00rather not a database" * 1000)
    called = typed(tmp_path, "run", "--port", "0")

    assert called.status == 1
    assert "this is not a Candor database: choose another DATABASE_URL" in one_line(called)


def test_a_database_of_a_newer_candor_is_refused_untouched(tmp_path: Path) -> None:
    with sqlite3.connect(a_house_in(tmp_path) / "candor.db") as raw:
        raw.execute("pragma journal_mode=wal")
        raw.execute(f"pragma user_version={len(MIGRATIONS) + 7}")
    raw.close()
    before = (tmp_path / "candor.db").read_bytes()
    called = typed(tmp_path, "run", "--port", "0")

    assert called.status == 1
    assert "written by a newer Candor" in one_line(called)
    assert (tmp_path / "candor.db").read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    a_house_in(tmp_path).chmod(0o500)
    called = typed(tmp_path, "run", "--port", "0")

    assert called.status == 1
    assert "check the folder and its rights" in one_line(called)


def test_a_folder_for_the_database_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    called = typed(a_house_in(tmp_path), "run", "--port", "0", DATABASE_URL="sqlite:////dev/null/candor.db")

    assert called.status == 1
    assert "check the folder and its rights" in one_line(called)


def test_a_template_that_cannot_be_used_is_warned_of_and_the_house_opens(tmp_path: Path) -> None:
    (a_house_in(tmp_path) / "templates" / "en").mkdir(parents=True)
    (tmp_path / "templates" / "en" / "praise.j2").write_text("{{ author", encoding="utf-8")
    with started(tmp_path, "run", "--port", "0") as house:
        house.until("The desk is open at")
        wait_until(lambda: [line for line in house.err if "praise.j2" in line])
        called = house.stopped(signal.SIGTERM)

    [warning] = [line for line in called.err.splitlines() if "praise.j2" in line]
    assert " warning candor templates and prompts: " in warning
    assert called.status == 0


def test_nobody_is_said_to_listen_who_does_not(tmp_path: Path) -> None:
    away = {"TELEGRAM_BOT_TOKEN": "4200:a-token-that-nobody-can-try-out", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    with started(a_house_in(tmp_path), "run", "--port", "0", **away) as house:
        address = house.until("The desk is open at").rsplit(" ", 1)[1].strip()
        wait_until(lambda: watched(address).startswith("503") and "does not answer" in watched(address))
        called = house.stopped(signal.SIGTERM)

    said = called.out.decode()
    assert "Telegram: listening" not in said
    assert "Telegram: no answer yet" in said or "Telegram: NOT listening" in said


def watched(address: str) -> str:
    """What a house that is not well tells whoever watches it."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=30):
            return ""
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read().decode()}"
