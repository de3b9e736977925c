"""Briefs for tests, with the one changed fact visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.core.draft import Brief
from bot.core.fact import Fact
from bot.core.mention import Mention
from bot.core.tone import Tone
from bot.drafting.words import folders_of

TEMPLATES = folders_of("templates")
PROMPTS = folders_of("prompts")
CAUSE = Fact(id="F1", kind="cause", text="Ein Kabel ist gerissen.")
CAUSE_EN = Fact(id="F1", kind="cause", text="A cable is broken.")
MONEY = Fact(id="F2", kind="money", text="Wir erstatten den Preis.")


def a_post(text: str = "", **changed: Any) -> Mention:
    """One post of Anna's."""
    given: dict[str, Any] = {
        "channel": "telegram",
        "id": "-100/7",
        "author": "anna_92",
        "text": text,
        "at": datetime(2026, 3, 1, 12, tzinfo=UTC),
    }
    return Mention(**given | changed)


def a_brief(text: str = "", *, lang: str = "de", post: Mention | None = None, **changed: Any) -> Brief:
    """A calm complaint in German, not cleared up yet."""
    given: dict[str, Any] = {
        "brand": "Example Bakery",
        "posts": (post or a_post(text),),
        "tone": Tone(lang=lang, polarity="negative", confidence=0.9),
        "address": "Sie",
        "situation": "complaint_calm_open",
    }
    return Brief(**given | changed)


def again(brief: Brief) -> Brief:
    """The brief of the next version."""
    return replace(brief, version=brief.version + 1)
