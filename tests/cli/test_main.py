"""The command line answers in one line, and its status tells what happened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot import __version__
from bot.cli import COMMANDS
from bot.cli import candor as group
from tests.cli.candor import candor, rows

ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_the_commands_and_reads_none_of_them(tmp_path: Path) -> None:
    script = "import sys; from bot.cli import main\ntry: main(['--help'])\nfinally: print(sorted(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert all(f"\n  {name} " in shown for name in COMMANDS)
    assert not {"pydantic", "rich", "jinja2", "openai", "slack_bolt", "telegram"} & set(shown.split("'"))
    assert candor(tmp_path, "--help").status == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_explains_itself(name: str) -> None:
    command = group.get_command(click.Context(group), name)

    assert command is not None
    assert command.help


def test_the_version_is_told(tmp_path: Path) -> None:
    assert candor(tmp_path, "--version").out.decode() == f"candor {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["jugde"], "candor: No such command 'jugde'. Did you mean 'judge'? (see: candor --help)\n"),
        (["judge", "--fast"], "candor: No such option '--fast'. (see: candor judge --help)\n"),
        (["judge", "nowhere.jsonl"], "No such file or directory (see: candor judge --help)\n"),
        (
            ["draft", "--drafter", "poet"],
            "'poet' is not one of 'auto', 'template', 'llm'. (see: candor draft --help)\n",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_status_two(tmp_path: Path, arguments: list[str], told: str) -> None:
    called = candor(tmp_path, *arguments)

    assert called.status == 2
    assert called.err.endswith(told)
    assert called.err.count("\n") == 1


def test_no_command_at_all_shows_the_help(tmp_path: Path) -> None:
    called = candor(tmp_path)

    assert called.status == 2
    assert "Commands:" in called.err


def test_wrong_settings_are_one_line_and_status_two(tmp_path: Path) -> None:
    (tmp_path / "candor.toml").write_text('brnad = "x"\n', encoding="utf-8")
    called = candor(tmp_path, "judge", given=rows({"id": 1, "text": "hello"}))

    assert called.status == 2
    assert called.err.startswith("candor: candor.toml: brand is missing; ")
    assert called.err.count("\n") == 1


def test_a_reader_who_has_enough_is_not_told_a_thing(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(rows(*[{"id": number, "text": "hello"} for number in range(5000)]))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "judge", str(tmp_path / "rows.jsonl")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()

    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "judge"],
            cwd=ROOT,
            input=rows({"id": 1, "text": "x"}),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.decode() == "candor: the answers cannot be written: No space left on device\n"
