"""A closed or full stream is one line, never a traceback; whoever sits at a keyboard is told that it is their turn."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.candor import rows
from tests.cli.house import CANDOR, PATIENCE, ROOT, a_house_in, a_row, replayed

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW = rows({"id": 1, "text": "Danke, das Brot war gut."})
COMMANDS = (["judge"], ["history", "list"], ["history", "export"], ["doctor"], ["pause"], ["init"], ["--help"])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = a_house_in(tmp_path_factory.mktemp("house"))
    assert replayed(folder, a_row("1")).status == 0
    return folder


def in_a_shell(folder: Path, arguments: Sequence[str], streams: str) -> subprocess.CompletedProcess[str]:
    """Type a command with its streams sent elsewhere."""
    return subprocess.run(
        ["sh", "-c", f'"$@" {streams}', "sh", *CANDOR, *arguments], cwd=folder, input=ROW.decode(),
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_without_anybody_to_read_it_nothing_is_done_and_one_line_says_so(house: Path, arguments: list[str]) -> None:
    done = in_a_shell(house, arguments, ">&-")

    assert done.returncode == 2
    assert done.stderr == "candor: standard output is closed, nothing was done: open it, or send it to /dev/null\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize("arguments", [*COMMANDS, ["history", "export", "--format", "csv"]], ids=" ".join)
def test_a_full_disk_is_one_line_for_every_command(house: Path, arguments: list[str]) -> None:
    done = in_a_shell(house, arguments, ">/dev/full")

    assert done.returncode == 1
    assert done.stderr == "candor: the answers cannot be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_the_bot_does_not_open_where_its_links_cannot_be_printed(tmp_path: Path) -> None:
    done = in_a_shell(a_house_in(tmp_path), ["run", "--port", "0"], ">/dev/full")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith("candor: the answers cannot be written: No space left on device\n")


def test_without_standard_input_there_are_no_rows(house: Path) -> None:
    done = in_a_shell(house, ["judge"], "<&-")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_standard_error_the_answers_still_come(house: Path) -> None:
    done = in_a_shell(house, ["judge"], "2>&-")

    assert (done.returncode, done.stdout[:8]) == (0, '{"id": 1')


def test_whoever_sits_at_a_keyboard_is_told_that_it_is_their_turn(house: Path) -> None:
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [*CANDOR, "judge"], cwd=house, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=theirs,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as program:  # fmt: skip
            assert program.stdout is not None
            assert program.stderr is not None
            asked = program.stderr.readline()
            os.write(ours, ROW)
            answered = program.stdout.readline()
            os.write(ours, b"\x04")
    finally:
        os.close(ours)
        os.close(theirs)

    assert asked == b"Waiting for rows, one JSON object per line (see --help); Ctrl-D ends.\n"
    assert answered.startswith(b'{"id": 1')
