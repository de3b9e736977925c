"""`candor init` gives a house what it begins with, and never takes anything away."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from bot.cli.init import starter
from bot.settings import NAMES, load
from bot.settings.house_file import TABLES, HouseFile
from tests.cli.candor import candor

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel


def test_a_new_house_can_be_opened_as_it_was_written(tmp_path: Path) -> None:
    called = candor(tmp_path, "init", "house")
    settings = load(tmp_path / "house", {})

    assert called.status == 0
    assert settings.house.brand == "Example Bakery"
    assert settings.warnings == ()
    assert (tmp_path / "house" / "slack-manifest.yaml").is_file()
    assert (tmp_path / "house" / "templates" / "en" / "praise.j2").is_file()


def test_the_example_of_the_keys_can_be_used_as_it_was_written(tmp_path: Path) -> None:
    candor(tmp_path, "init")
    example = tmp_path / ".env.example"
    example.rename(tmp_path / ".env")

    assert load(tmp_path, {}).warnings == ()


def test_the_keys_are_private_from_the_beginning(tmp_path: Path) -> None:
    candor(tmp_path, "init")

    assert stat.S_IMODE((tmp_path / ".env.example").stat().st_mode) == 0o600


def test_what_exists_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "candor.toml").write_text("mine", encoding="utf-8")
    called = candor(tmp_path, "init")

    assert called.status == 0
    assert (tmp_path / "candor.toml").read_text(encoding="utf-8") == "mine"
    assert re.search(r"^candor\.toml +1 kept as found$", called.out.decode(), re.MULTILINE)
    assert re.search(r"^templates/ +\d+ written$", called.out.decode(), re.MULTILINE)


def test_what_cannot_be_written_is_one_line_and_status_two(tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("a file in the way", encoding="utf-8")
    called = candor(tmp_path, "init")

    assert called.status == 2
    assert called.err.count("\n") == 1
    assert "cannot be written" in called.err


def test_a_name_that_is_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("", encoding="utf-8")

    assert candor(tmp_path, "init", "house").status == 2


def test_every_key_and_every_name_is_explained() -> None:
    files = starter()
    tables: list[type[BaseModel]] = [HouseFile, *TABLES.values()]
    keys = {key for table in tables for key in table.model_fields}

    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", files["candor.toml"])] == []
    assert [name for name in NAMES if f"{name}=" not in files[".env.example"]] == []
