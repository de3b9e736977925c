"""`candor init`: the files that a new house begins with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.approvals.slack.manifest import manifest
from bot.drafting.words import folders_of
from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STARTER = Path(__file__).parent / "starter"
"""The example's rules and settings, as they came with Candor."""
_KEPT_PRIVATE = 0o600
_NEXT = """
Next:
  1. Edit candor.toml: your brand, and the people who may approve.
  2. cp .env.example .env, and fill in the tokens you have. Without any, `candor demo` still runs.
  3. Slack: create an app from slack-manifest.yaml (https://api.slack.com/apps, "From a manifest").
  4. candor doctor tells what is missing; candor run opens the house.
The files in templates/ and prompts/ are yours now: edit the words, delete what should stay as it came.
"""


@click.command
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write the files that a new house begins with into DIR (here, when none is named).

    candor.toml, .env.example, slack-manifest.yaml, and copies of prompts and templates to edit.
    What exists is kept as it is.
    """
    counted: dict[str, Counter[str]] = {}
    for place, text in starter().items():
        told = "written" if _write(folder / place, text) else "kept as found"
        top, slash, _ = place.partition("/")
        counted.setdefault(top + slash, Counter())[told] += 1
    for place, found in counted.items():
        click.echo(f"{place:<22}" + ", ".join(f"{count} {told}" for told, count in found.items()))
    click.echo(_NEXT.rstrip())


def starter() -> Mapping[str, str]:
    """Every file by its place in the folder."""
    return {
        "candor.toml": (STARTER / "candor.toml").read_text(encoding="utf-8"),
        ".env.example": (STARTER / "env.example").read_text(encoding="utf-8"),
        "slack-manifest.yaml": manifest("Candor"),
        **dict(_words()),
    }


def _words() -> Iterator[tuple[str, str]]:
    """The prompts and templates that came with Candor."""
    for kind in ("prompts", "templates"):
        for source in folders_of(kind):
            for file in sorted(source.rglob("*")):
                if file.is_file() and not file.name.startswith("."):
                    yield f"{kind}/{file.relative_to(source)}", file.read_text(encoding="utf-8")


def _write(file: Path, text: str) -> bool:
    """Write a file that is not there yet; whether it was written. Raises UsageError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            if file.name.startswith(".env"):
                file.chmod(_KEPT_PRIVATE)  # a copy of it takes the same rights along
            new.write(text)
    except FileExistsError:
        if file.exists():
            return False
        raise UsageError(f"{file} cannot be written: something else has its name") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    return True
