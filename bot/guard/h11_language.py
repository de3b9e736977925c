"""H11: the reply speaks the customer's language and does not mix Sie and du."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.reading import Told, blanked, both, found, sentences, short, unquoted
from bot.guard.said import named_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.case import Case
    from bot.core.finding import Finding

_GERMAN = frozenset(
    ["aber", "als", "auch", "auf", "aus", "bei", "bitte", "das", "dass", "dein", "deine", "dem", "den", "der", "des", "die", "dir", "dich", "du", "ein", "eine", "einem", "einen", "einer", "es", "euch", "euer", "für", "gern", "gerne", "grüße", "grüßen", "gruß", "haben", "hat", "hier", "ich", "ihnen", "ihr", "ihre", "ihren", "im", "ist", "kein", "keine", "können", "leider", "mehr", "mit", "nach", "nicht", "noch", "oder", "schon", "sehr", "sich", "sie", "sind", "sobald", "tut", "über", "um", "und", "uns", "unser", "unsere", "vielen", "viele", "vom", "von", "vor", "war", "waren", "warten", "weil", "wenn", "werden", "wie", "wieder", "wir", "wird", "wurde", "zu", "zum", "zur", "entschuldigung", "danke", "dank", "schreiben", "melden", "prüfen", "wissen", "leid", "hallo", "guten", "tag", "morgen", "heute"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["a", "about", "again", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by", "can", "cannot", "could", "did", "do", "does", "for", "from", "have", "has", "he", "her", "here", "how", "i", "if", "is", "it", "it's", "its", "just", "know", "later", "let", "like", "more", "must", "my", "not", "of", "on", "or", "our", "please", "she", "should", "soon", "thank", "thanks", "that", "the", "their", "them", "then", "there", "they", "this", "to", "too", "trouble", "up", "us", "very", "was", "we", "we'll", "we're", "were", "what", "when", "where", "which", "who", "will", "with", "would", "write", "yes", "you", "you're", "your", "yours", "hello", "dear"]
)  # fmt: skip
_LOANS = frozenset(
    [
        "a",
        "at",
        "be",
        "do",
        "has",
        "her",
        "he",
        "i",
        "it",
        "like",
        "more",
        "my",
        "on",
        "or",
        "so",
        "up",
        "us",
        "was",
        "who",
        "will",
        "you",
        "team",
        "hotline",
        "must",
        "just",
        "an",
        "in",
    ]
)
"""English words that also stand in German sentences, or look German."""
_OURS = {
    "de": (_GERMAN, _ENGLISH - _GERMAN - _LOANS),
    "en": (
        _ENGLISH,
        _GERMAN
        - _ENGLISH
        - frozenset(["die", "den", "dem", "war", "des", "hat", "sie", "tag", "morgen", "im", "um", "es", "als"]),
    ),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENOUGH, _TWO = 6, 2
_UMLAUT = re.compile(r"\b[a-zäöü]+[äöüß][a-zäöüß]*\b")

_INFORMAL = re.compile(
    r"\b(?:du|dich|dir|deine?[nmrs]?|euch|euer|eure[nmrs]?)\b|\b(?:habt|seid|könnt|wollt|müsst|wisst|dürft|werdet) ihr\b|\bihr (?:habt|seid|könnt|wollt|müsst|wisst|dürft|werdet)\b"
    r"|(?:\A|[,.!?:–]\s|\b(?:bitte|und|dann) )(?:schreib|schick|sag|ruf|schau|gib|nimm|melde dich|komm|lass|wend(?:e) dich)\b(?! \w*ich\b)",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"(?<!\A)(?<![.!?:„\"“(\n]\s)(?<![\n„\"“])\b(?:Sie|Ihnen|Ihr|Ihre[nmrs]?)\b|\bIhnen\b")
_SHE_OR_THEY = re.compile(r"\A(?:Sie|Ihre?[nmrs]?)\b")
_FORMAL_OPENING = re.compile(
    r"\ASie (?:haben recht|können|möchten|müssen|dürfen|finden|erreichen|bekommen|erhalten|hören)\b|\AIhre[nmrs]? [A-ZÄÖÜ]"
)
_DU, _SIE = Told("du", "du"), Told("Sie", "Sie")
_ONE = Told("only one of Sie and du", "entweder Sie oder du")


def other_language(case: Case) -> list[Finding]:
    """Words in German below an English post, or the other way round; or neither (H11)."""
    if case.lang not in _OURS:
        return []
    text = unquoted(blanked(case.text, named_places(case)))
    ours, foreign = _OURS[case.lang]
    words = [(match, match.group().lower().replace("’", "'")) for match in _WORD.finditer(text)]
    strangers = [match for match, word in words if word in foreign]
    if case.lang == "en":
        strangers += [match for match in _UMLAUT.finditer(text) if match.group() not in foreign]
    if len(strangers) >= _TWO or (strangers and _strange(strangers[0].group(), case.lang)):
        return [
            _language_finding(case, min(match.start() for match in strangers), max(match.end() for match in strangers))
        ]
    if len(words) >= _ENOUGH and not any(word in ours and len(word) > 1 for _, word in words):
        return [_language_finding(case, 0, len(case.text))]
    return []


def _strange(word: str, lang: str) -> bool:
    """One word is enough when it can only be a slip: an umlaut in English, „soon“ in German."""
    return bool(_UMLAUT.fullmatch(word)) or (
        lang == "en" and word.lower() in ("entschuldigung", "leider", "danke", "bitte", "grüße", "wir", "nicht")
    )


def _language_finding(case: Case, start: int, end: int) -> Finding:
    language, auf = ("German", "Deutsch") if case.lang == "de" else ("English", "Englisch")
    words = short(case.text[start:end])
    return found(
        "H11",
        (start, end),
        why=Told(
            f'The customer wrote {language}; "{words}" is not.',
            f"Der Kunde schrieb {auf}; „{words}“ ist es nicht.",
        ),
        hint=Told(f"Write all of it in {language}.", f"Schreiben Sie alles auf {auf}."),
    )


def mixed_address(case: Case) -> list[Finding]:
    """Sie where we say du, du where we say Sie, or both in one reply (H11)."""
    if case.lang not in ("de", None):
        return []
    text = unquoted(case.text)
    informal = [match.span() for match in _INFORMAL.finditer(text)]
    formal = _formal_places(text, du=case.address == "du" or bool(informal))
    if case.address == "du":
        return _address_findings(case, formal, _DU)
    if case.address == "Sie":
        return _address_findings(case, informal, _SIE)
    return _address_findings(case, informal, _ONE) if formal and informal else []


def _formal_places(text: str, *, du: bool) -> list[tuple[int, int]]:
    """Where „Sie“ speaks to the customer; at the beginning of a sentence it is often she or they."""
    places = [match.span() for match in _FORMAL.finditer(text)]
    for number, (start, sentence) in enumerate(sentences(text)):
        opening = _FORMAL_OPENING.match(sentence)
        told = re.search(r"\b(?:dir|dich|dein)", sentence)
        if opening and not told and (number == 0 or "haben recht" in opening.group() or not du):
            places.append((start, start + len(sentence.split(maxsplit=1)[0])))
    return sorted(set(places))


def _address_findings(case: Case, places: Sequence[tuple[int, int]], wanted: Told) -> list[Finding]:
    """One finding is enough: the first place."""
    return [
        found(
            "H11",
            span,
            why=both(
                case.text[span[0] : span[1]],
                f"does not fit: this reply says {wanted.en}.",
                f"passt nicht: Diese Antwort sagt {wanted.de}.",
            ),
            hint=Told(f"Say {wanted.en} throughout.", f"Sagen Sie durchgehend {wanted.de}."),
        )
        for span in places[:1]
    ]
