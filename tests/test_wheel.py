"""The package works where only the package is: its words, pages and demo travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the unpacked wheel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT], check=True)
    (wheel,) = folder.glob("candor-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "installed", wheel], check=True)
    return folder


def typed(elsewhere: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """One command of the installed package, far from this repository."""
    env = {**os.environ, "PYTHONPATH": str(elsewhere / "installed")}
    command = [sys.executable, "-P", "-m", "bot", *words]
    return subprocess.run(command, cwd=elsewhere, env=env, input=given, capture_output=True, text=True, check=False)


def test_a_reply_is_drafted_from_the_packages_own_templates(elsewhere: Path) -> None:
    drafted = typed(elsewhere, "draft", given='{"id": 1, "text": "Mein Brot war heute steinhart."}\n')

    assert (drafted.returncode, drafted.stderr) == (0, "")
    assert '"drafter": "template"' in drafted.stdout


def test_a_new_house_gets_copies_of_all_words(elsewhere: Path) -> None:
    begun = typed(elsewhere, "init", "shop")

    assert begun.returncode == 0
    assert (elsewhere / "shop" / "templates" / "en" / "praise.j2").exists()
    assert (elsewhere / "shop" / "prompts" / "drafter.toml").exists()


def test_the_demo_plays(elsewhere: Path) -> None:
    played = typed(elsewhere, "demo", "--once")

    assert played.returncode == 0, played.stderr
    assert "posts became" in played.stdout
