"""A house in an empty folder, and Candor in it as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
RULES = """\
brand = "Krume Bakery"
timezone = "Europe/Berlin"
languages = ["de", "en"]

[[people]]
name = "Alice"
slack = "U01ALICE"
login = "alice"
roles = ["approver", "admin"]

[[people]]
name = "Bob"
slack = "U02BOB"
login = "bob"
roles = ["approver"]
"""
OURS = ("TELEGRAM_", "SLACK_", "OPENAI_", "DATABASE_", "CANDOR_")


def settle(folder: Path) -> Path:
    """Write the rules of the house; its database is `candor.db` beside them."""
    (folder / "candor.toml").write_text(RULES, encoding="utf-8")
    return folder / "candor.db"


def surroundings(**told: str) -> dict[str, str]:
    """This environment as people have it: none of our own settings but those told, and compiled files are kept."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith((*OURS, "PYTHON"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | told


def candor(*arguments: str) -> list[str]:
    """The command, run by this very Python."""
    return [sys.executable, "-m", "bot", *arguments]


def begin(command: Sequence[str], folder: Path, told: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a program in the house; what it prints can be read, its log goes to a file."""
    with (folder / "log.txt").open("a") as log:
        return subprocess.Popen(
            command, cwd=folder, env=surroundings(**told), stdout=subprocess.PIPE, stderr=log, text=True
        )
