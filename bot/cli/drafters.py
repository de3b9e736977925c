"""Who drafts, as `--drafter` and the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.drafting.fallback import Drafter, FallbackDrafter
from bot.drafting.llm import LlmDrafter, client_for
from bot.drafting.template import TemplateDrafter
from bot.drafting.words import folders_of
from bot.errors import SettingsError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from bot.settings import Settings


def client_of(name: str, settings: Settings) -> AsyncOpenAI | None:
    """The way to the model for auto, template or llm; nothing where templates draft. Raises SettingsError."""
    key = settings.openai_api_key
    if key is None and name == "llm":
        raise SettingsError("set OPENAI_API_KEY to draft with a model, or call it with --drafter template")
    if key is None or name == "template":
        return None
    return client_for(key.get_secret_value(), base_url=settings.openai_base_url)


def drafter_of(name: str, settings: Settings, client: AsyncOpenAI | None) -> Drafter:
    """Templates, the model, or the model with templates behind it. Raises WordsError."""
    templates = TemplateDrafter(folders_of("templates", settings.folder))
    if client is None:
        return templates
    model = LlmDrafter(client, settings.openai_model, folders_of("prompts", settings.folder))
    return model if name == "llm" else FallbackDrafter(model, templates)
