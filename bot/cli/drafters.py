"""Who drafts, as `--drafter` and the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.drafting.template import TemplateDrafter
from bot.drafting.words import folders_of
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.drafting.fallback import Drafter
    from bot.settings import Settings


def drafter_of(name: str, settings: Settings) -> Drafter:
    """The drafter called auto, template or llm; raises SettingsError when a model is wanted and none is set."""
    templates = TemplateDrafter(folders_of("templates", settings.folder))
    if name == "template" or (name == "auto" and settings.openai_api_key is None):
        return templates
    raise SettingsError("set OPENAI_API_KEY to draft with a model, or call it with --drafter template")
