"""A template file: several ways to say the same thing, with a line of dashes between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.drafting.sandbox import compiled
from bot.errors import WordsError

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template

    from bot.drafting.sandbox import Sandbox

_SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)


def text_of(path: Path) -> str:
    """The file's text; raises WordsError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise WordsError(f"{path}: cannot be read ({error.strerror}); check the file's rights") from error
    except UnicodeDecodeError as error:
        raise WordsError(f"{path}: not UTF-8; save it as UTF-8") from error


def wordings_in(environment: Sandbox, path: Path) -> tuple[Template, ...]:
    """Every wording of a template file, in the file's order; raises WordsError."""
    source = text_of(path)
    wordings: list[Template] = []
    line = 0
    for part in _SEPARATOR.split(source):
        if not part.strip():
            raise WordsError(f"{path}, line {line + 1}: an empty wording; write one or take the --- away")
        wordings.append(compiled(environment, "\n" * line + part, str(path)))  # the line numbers stay the file's own
        line += part.count("\n")
    return tuple(wordings)
