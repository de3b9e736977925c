"""Which part of a sentence excuses a word: what we do not know excuses nothing that we say after it."""

from __future__ import annotations

import re

_REACH = 300
"""Characters that are read before and behind a place: no honest clause is longer."""
_AHEAD = 24
"""Characters that a border may look ahead."""
_BORDER = re.compile(
    r"[,;:–—]|\s-\s|\b(?i:aber|sondern|doch|but|so|then|dann)\b|\bund(?= [a-zäöü])"
    r"|\b(?i:and)(?= (?:we|you|i|they|it|this|that|will|are|shall|refund|pay|get|give|send|compensate|reimburse|offer|accept)\b)"
)
"""„Rabatt und Gutschein“ is one clause, „prüfen das und erstatten“ are two."""
_NOT_KNOWN = re.compile(
    r"\b(?:wissen|kennen|können|sagen|versprechen|zusagen|steht)\b[^.!?]{0,40}\b(?:nicht|nichts|kein\w*)\b|\bnoch (?:nicht|unklar|offen)\b|\bunklar\b"
    r"|(?<!\begal )(?<!\bgleich )\bob\b|\bprüfen\b"
    r"|\b(?:do not|don.t|cannot|can.t|can not|unable to|not able to)\b[^.!?]{0,30}\b(?:know|say|promise|tell|confirm|comment|offer)\b|\bnot (?:yet )?(?:known|clear)\b"
    r"|\bwhether\b(?! or not)|\b(?:are|is) (?:still )?(?:checking|looking|investigating)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:sie|du|ihr) (?:fragst?|fragen|fragt|nennst?|nennen|schreibst?|schreiben|erwähn\w+)\b|\b(?:fragen|schreiben|nennen) sie\b|\b(?:ihre|deine) frage\b"
    r"|\byou (?:ask|asked|mention|mentioned|write|wrote|say|said)\b|\byour question\b",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\s*(?:ob|wann|was|wer|wie (?:viel|hoch|lange|genau)|welche\w*|inwie\w+|warum|weshalb|whether|what|which|who|why|how (?:much|long|many))\b",
    re.IGNORECASE,
)
"""„…, ob Sie eine Erstattung bekommen“: the question belongs to the main clause."""


def clause_at(sentence: str, place: int) -> str:
    """The clause of a sentence that holds this place."""
    start, end = max(0, place - _REACH), min(len(sentence), place + _REACH)
    for border in _BORDER.finditer(sentence, start, min(end, place + _AHEAD)):
        if border.end() <= place:
            start = border.end()
    following = _BORDER.search(sentence, place + 1, end)
    return sentence[start : following.start() if following else end]


def left_open(sentence: str, place: int, *, asked: bool = False) -> bool:
    """Whether the clause at this place says that something is not known; with `asked`, also that the customer asks.

    >>> left_open("Ob es eine Erstattung gibt, wissen wir nicht.", 11)
    True
    >>> left_open("Die Ursache kennen wir noch nicht, wir erstatten alles.", 39)
    False
    """
    clause, near = clause_at(sentence, place), sentence[max(0, place - _REACH) : place + _REACH]
    excuses = (_NOT_KNOWN, _ASKED) if asked else (_NOT_KNOWN,)
    where = (clause, near) if _INDIRECT.match(clause) else (clause,)
    return any(excuse.search(words) for excuse in excuses for words in where)
