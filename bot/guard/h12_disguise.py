"""H12: words in disguise: letters of another script, drawn letters, spaced letters, that a reader reads and no rule knows."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from bot.guard.reading import Told, both, found
from bot.guard.said import named_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.case import Case
    from bot.core.finding import Finding

_SUSPECT = regex.compile(r"[^\x00-\u024F\s„“”‚‘’–—…•€™]")
"""Only a text with one of these can hold letters in disguise; quotation marks and dashes cannot."""
_FOREIGN = regex.compile(r"\w{0,30}[[\p{L}]--[\p{Latin}\p{Common}]]\w{0,30}", regex.VERSION1)
"""A word with letters that are not Latin."""
_RARE = regex.compile(r"\w{0,30}[\u0250-\u02AF\u1D00-\u1DBF\uA720-\uA7FF\uAB30-\uAB6F]\w{0,30}")
"""Letters of dictionaries: small capitals, phonetic signs, turned letters."""
_PIECES = regex.compile(r"\w{0,30}[[\p{Mn}\p{Me}]--[\uFE0F\u20E3]]\w{0,30}", regex.VERSION1)
"""Accents that stand by themselves behind their letter."""
_SPACED = regex.compile(r"(?<!\S)[^\W\d_](?:[ \u00A0._-][^\W\d_]){4,}(?!\S)")
_AS_WRITTEN = frozenset("²³½¼¾⅓⅔ºª™…№℃℉‼⁉ℹ´¨¯¸")
"""Signs that people really type, although they are made of others."""
_HINT = Told("Type it anew with the letters of your keyboard.", "Tippen Sie es mit Ihrer Tastatur neu.")


def in_disguise(case: Case) -> list[Finding]:
    """Name every word that is written so that it only looks like one (H12); German and English need plain letters."""
    places = [match.span() for match in _SPACED.finditer(case.text)]
    if _SUSPECT.search(case.text):
        theirs = named_places(case)
        places += [span for span in _places(case.text) if not any(a <= span[0] and span[1] <= b for a, b in theirs)]
    return [
        found(
            "H12",
            span,
            why=both(
                case.text[span[0] : span[1]],
                "is not written in ordinary letters.",
                "ist nicht in gewöhnlichen Buchstaben geschrieben.",
            ),
            hint=_HINT,
            liftable=False,
        )
        for span in sorted(set(places))
    ]


def _places(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_FOREIGN, _RARE, _PIECES):
        yield from (match.span() for match in pattern.finditer(text))
    yield from ((place, place + 1) for place, sign in enumerate(text) if sign > "\xa0" and _is_drawn(sign))


def _is_drawn(sign: str) -> bool:
    """Whether this is an ordinary letter, digit or mark in another form: `ａ`, `𝐚`, `ⓐ`, `⁵`, `＠`."""
    if sign in _AS_WRITTEN:
        return False
    plain = unicodedata.normalize("NFKC", sign)
    return plain != sign and plain[:1].isascii() and not plain[:1].isspace()
