"""A team's own words come before ours, wherever Candor was started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.drafting.words import first_of, folders_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_users_folder_comes_first(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()

    assert folders_of("templates", tmp_path) == (tmp_path / "templates", *folders_of("templates"))


def test_a_folder_that_is_not_there_is_not_looked_into(tmp_path: Path) -> None:
    assert folders_of("prompts", tmp_path) == folders_of("prompts")
    assert folders_of("prompts")


def test_the_first_folder_that_has_a_file_gives_it(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "drafter.toml").touch()
    (tmp_path / "b" / "more.toml").touch()
    folders = (tmp_path / "a", tmp_path / "b")

    assert first_of("drafter.toml", folders) == tmp_path / "a" / "drafter.toml"
    assert first_of("more.toml", folders) == tmp_path / "b" / "more.toml"
    assert first_of("none.toml", folders) is None
