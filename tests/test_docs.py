"""Whoever reads the README finds everything that can be typed, set and edited; a failing test lists what is missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
import pytest

from bot.cli import COMMANDS
from bot.cli import candor as group
from bot.core.health import Work
from bot.core.playbook import SITUATIONS
from bot.settings import NAMES
from bot.settings.environment import NOT_BUILT
from bot.settings.house_file import TABLES, HouseFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("C*.md")), ROOT / "SECURITY.md"]
CHANNELS = sorted({file.stem.split("_")[0] for file in (ROOT / "bot" / "channels").glob("*.py")} - {"", "outbox"})


def missing(wanted: Iterable[str]) -> list[str]:
    """Which of these words the README does not name as code."""
    return [word for word in wanted if not re.search(rf"`[^`]*(?<![\w-]){re.escape(word)}(?![\w-])[^`]*`", README)]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and those inside it, as they are typed."""
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        yield f"candor {name}", command
        for inner, inside in getattr(command, "commands", {}).items():
            yield f"candor {name} {inner}", inside


def test_every_command_is_named() -> None:
    assert missing(name for name, _ in commands()) == []


def test_every_option_is_named_beside_its_command() -> None:
    lines = {line.split("|")[1].strip(" `"): line for line in README.splitlines() if line.startswith("| `candor ")}
    lacking = [
        f"{name} {option}"
        for name, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if f"`{option}`" not in lines.get(name, "")
    ]

    assert lacking == []


def test_every_name_of_the_environment_is_named() -> None:
    assert missing(NAMES) == []


def test_what_is_not_built_is_not_offered() -> None:
    assert missing(NOT_BUILT) == list(NOT_BUILT)


def test_every_key_of_the_rules_is_named() -> None:
    assert missing([*HouseFile.model_fields, *(key for table in TABLES.values() for key in table.model_fields)]) == []


def test_every_situation_is_named() -> None:
    assert missing(SITUATIONS) == []


def test_every_channel_is_named() -> None:
    assert [channel for channel in CHANNELS if channel.casefold() not in README.casefold()] == []
    assert missing(CHANNELS) == []


def test_whoever_watches_the_house_finds_every_word_that_it_may_say() -> None:
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")

    assert [work for work in get_args(Work) if f"`{work}`" not in page] == []
    assert [name for name in ("/healthz", "/telegram", "/slack/events", "503") if name not in page] == []


def test_every_file_that_a_page_points_to_is_there() -> None:
    lost = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert lost == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z]+)", README))))
def test_every_make_target_that_is_named_can_be_made(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
