"""`candor demo` shows everything without any account, and leaves nothing behind."""

from __future__ import annotations

import re
import signal
import socket
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.cli.house import started, typed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.counterpart


def test_the_whole_day_ends_with_a_table_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    called = typed(tmp_path, "demo", "--once", TMPDIR=str(tmp_path / "tmp"))

    assert (called.status, called.err) == (0, "")
    shown = called.out.decode()
    assert re.search(r"\d+ posts became \d+ questions", shown)
    assert "complaint" in shown
    assert "Nothing was published" in shown
    assert [file.name for file in tmp_path.rglob("*")] == ["tmp"]


def test_the_demo_opens_a_desk_for_everybody_and_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    with started(tmp_path, "demo", "--port", "0", TMPDIR=str(tmp_path)) as demo:
        links = [demo.until("/enter?key=") for _ in range(3)]
        demo.until("Ctrl-C")
        address = links[0].split(": ", 1)[1].strip()
        with urllib.request.urlopen(address, timeout=30) as page:
            assert page.status == 200
        called = demo.stopped(signal.SIGINT)

    assert ["decides" in link for link in links] == [True, True, False]
    assert called.status == 0
    assert "Traceback" not in called.err
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        called = typed(tmp_path, "demo", "--port", str(port), TMPDIR=str(tmp_path))

    assert called.status == 2
    assert (
        called.err
        == f"candor: port {port} on 127.0.0.1 is taken: end the other program, or choose another with --port\n"
    )
    assert list(tmp_path.iterdir()) == []
