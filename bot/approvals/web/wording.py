"""The desk's words, in the language that the browser or a hand has chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.approvals.wording import LANGUAGES, Wording, wording_of_desk

if TYPE_CHECKING:
    from collections.abc import Collection

WORDS = Path(__file__).parent / "words"
DEFAULT = "en"


def wordings() -> dict[str, Wording]:
    """Every language that the desk speaks, by its ISO 639-1 code."""
    return {lang: wording_of_desk(lang, WORDS) for lang in LANGUAGES}


def preferred(accept_language: str, offered: Collection[str]) -> str:
    """The language of the header (RFC 9110, 12.5.4) that we speak; English when there is none."""
    wishes: list[tuple[float, str]] = []
    for wish in accept_language.split(","):
        tag, _, quality = wish.partition(";q=")
        lang = tag.strip().partition("-")[0].casefold()
        if lang in offered:
            wishes.append((_quality(quality), lang))
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, DEFAULT))
    return best[1] if best[0] > 0 else DEFAULT


def _quality(given: str) -> float:
    try:
        return float(given or 1)
    except ValueError:
        return 0.0
