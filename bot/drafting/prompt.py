"""What a model is told about the task: a team's own words, in a file that is checked before the house opens."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.core.draft import Address
from bot.core.fact import Fault
from bot.core.playbook import Situation
from bot.drafting.lexicon import faults_in
from bot.drafting.wordings import text_of
from bot.drafting.words import first_of
from bot.errors import WordsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "drafter.toml"


class Prompt(BaseModel):
    """The instructions, and the sentence that belongs to each fault, address and situation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: str = Field(min_length=1)
    redraft: str = Field(min_length=1)
    """Said when an earlier draft was not taken."""
    crisis: str = Field(min_length=1)
    fault: dict[Fault, str] = Field(min_length=3)
    address: dict[Address, str] = Field(min_length=3)
    situation: dict[Situation, str] = Field(default_factory=dict)
    """Optional: what matters in one situation."""


def prompt_in(folders: Sequence[Path]) -> Prompt:
    """The first `drafter.toml` in these folders; raises WordsError with file, place and mend."""
    path = first_of(FILE, folders)
    if path is None:
        raise WordsError(f"prompts/{FILE} is missing; `candor init` puts it back")
    try:
        return Prompt.model_validate(tomllib.loads(text_of(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WordsError(f"{path}: {error}; mend the line") from error
    except ValidationError as error:
        raise WordsError(f"{path}: {faults_in(error)}; prompts/README.md lists the keys") from error
