"""How the guard reads a text: places of words, quoted words, and words that a confirmed fact covers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.finding import Finding
from bot.core.sentence import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.core.fact import Fact
    from bot.core.finding import Severity

_QUOTED = re.compile(r"[„“”\"»«‚‘](?=\S)[^„“”\"»«\n]{1,60}[“”\"»«’]")
_THEY_SAID = re.compile(
    r"[\s,:]*\b(?:(?:sie|du|ihr) (?:\w+ )?(?:schreib|nenn|sag|frag|mein|erwähn)\w*|(?:schreiben|schreibt|sagen|nennen|fragen|meinen) (?:sie|ihr)|(?:schreibst|sagst|nennst|fragst) du"
    r"|(?:ihre?[mnrs]?|deine?[mnrs]?|eure?[mnrs]?) (?:worte?|wort|satz|sätze|post|beitrag|frage|vorwurf)|you(?: have|.ve)? (?:\w+ )?(?:wr[io]te|written|sa(?:y|id)|ask(?:ed)?|call(?:ed)?|mention(?:ed)?)|your (?:words?|post|question|sentence))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters that two forms of a word must share."""
_NEAR, _STEP = 300, 100
"""Characters of a sentence that are read before and behind a place; places of one step share them."""
_EMPTY_WORDS = frozenset(
    ["aber", "alle", "auch", "dann", "dass", "dein", "denn", "dies", "doch", "eine", "einem", "einen", "einer", "eines", "euch", "euer", "haben", "habe", "hatte", "hatten", "hier", "ihnen", "ihre", "ihrem", "ihren", "kann", "können", "mehr", "nicht", "noch", "nach", "oder", "schon", "sehr", "sein", "seit", "sich", "sind", "unser", "unsere", "unserem", "unseren", "viel", "viele", "wegen", "weil", "wenn", "werden", "wird", "wurde", "wurden", "about", "after", "again", "also", "because", "been", "being", "cause", "caused", "could", "does", "done", "during", "from", "have", "here", "into", "more", "only", "other", "over", "reason", "some", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "very", "were", "what", "when", "where", "which", "while", "will", "with", "your", "yours", "grund", "ursache", "durch", "aufgrund", "bereits", "already", "inzwischen", "worden"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Words for people, in both languages of the house: English and German, written twice."""

    en: str
    de: str


def found(
    item: str, span: tuple[int, int], *, why: Told, hint: Told, severity: Severity = "stop", liftable: bool = True
) -> Finding:
    """A finding at this place."""
    return Finding(
        item=item, severity=severity, start=span[0], end=span[1], why=why.en, hint=hint.en, liftable=liftable,
        why_de=why.de, hint_de=hint.de,
    )  # fmt: skip


def both(words: str, en: str, de: str) -> Told:
    """A reason that begins with the words it is about, quoted as each language quotes."""
    said = short(words)
    return Told(f'"{said}" {en}', f"„{said}“ {de}")


def unquoted(text: str) -> str:
    """The same text, as long as before, with words in quotation marks blanked out."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


def without_customers_words(text: str, mention: str | None) -> str:
    """The same text with quotations blanked out that the customer really wrote, where we say that they are theirs.

    Other quotation marks excuse nothing: a post can ask for any words, and „…“ around them would make them ours.
    """
    theirs = (mention or "").casefold()
    quoted = [
        match.span()
        for match in _QUOTED.finditer(text)
        if match.group()[1:-1].casefold() in theirs
        and (_THEY_SAID.search(text, max(0, match.start() - 80), match.start()) or _THEY_SAID.match(text, match.end()))
    ]
    return blanked(text, quoted)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The same text, as long as before, with these places blanked out."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the place where it begins."""
    for start, end in sentence_spans(text):
        yield start, text[start:end]


def around(text: str) -> Callable[[int], str]:
    """Tells for a place of the text which sentence holds it; of an endless one the part around the place."""
    spans = sentence_spans(text)

    def sentence(place: int) -> str:
        number = bisect_right(spans, (place, len(text) + 1)) - 1
        start, end = spans[max(number, 0)] if spans else (0, 0)
        near = place - place % _STEP
        return text[max(start, near - _NEAR) : min(end, near + _STEP + _NEAR)]

    return sentence


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry meaning."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _EMPTY_WORDS)


def covered(words: str, facts: Iterable[Fact]) -> bool:
    """Whether one confirmed fact says at least half of these words."""
    said = stems(words)
    return bool(said) and any(len(said & stems(fact.text)) * 2 >= len(said) for fact in facts)


def short(words: str) -> str:
    """Words as they are named in a reason: on one line, not longer than a line."""
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"  # noqa: PLR2004
