"""Hears how a post sounds, by rules and word lists that a team can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence


class RuleJudge:
    """Judges one post after the other; it remembers nothing."""

    def __init__(self, languages: Sequence[str] = ("de", "en")) -> None:
        self._languages = tuple(languages)

    def judge(self, text: str, lang: str | None = None) -> Tone:  # noqa: ARG002  # the rules follow
        """How this post sounds; `lang` is what the channel says the language is."""
        return Tone(lang=lang or "und", polarity="neutral", confidence=0.34)
