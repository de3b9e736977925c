"""Who drafts in this house: templates alone, or a model with the templates behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.drafting.fallback import FallbackDrafter
from bot.drafting.llm import LlmDrafter, client_for
from bot.drafting.template import TemplateDrafter
from bot.drafting.words import folders_of
from bot.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.drafting.fallback import Drafter

DrafterChoice = Literal["auto", "template", "llm"]


def drafter_of(choice: DrafterChoice, folder: Path, *, key: str | None, base_url: str | None, model: str) -> Drafter:
    """The drafter asked for; `auto` takes the model when a key is set. Words are looked for in `folder` first.

    Raises:
        SettingsError: a model is asked for and its key is not set.
        WordsError: the prompt cannot be used.
    """
    templates = TemplateDrafter(folders_of("templates", folder))
    if choice == "template" or (choice == "auto" and key is None):
        return templates
    if key is None:
        raise SettingsError("set OPENAI_API_KEY to draft with a model, or call it with --drafter template")
    writer = LlmDrafter(client_for(key, base_url=base_url), model, folders_of("prompts", folder))
    return FallbackDrafter(writer, templates)
