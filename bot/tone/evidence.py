"""Weighs the words of a post: what speaks for us, what against us, and how loud it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.tone.lexicon import lexicon, pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.tone.lexicon import Entry, Kind, Lexicon

WORD = re.compile(r"\w+(?:['’*.-]\w+)*\**")
_CLAUSE = re.compile(r"[.!?](?:\s|\Z)|[,;:\n()…–—]+|[!?]+|\s-\s")
_EMOTICON = re.compile(r"(?<!\w)(?:<3|[:;=]'?-?[)(DP3/]|>:\(|\^\^|-_-|xD)(?!\w)")
_LONG_SOUND = re.compile(r"(\w)\1{2,}")
_BEFORE, _AFTER, _AFTER_NEED = 4, 2, 6
"""How many words a „nicht“ reaches: what follows it, what precedes it, and verbs that precede it."""
_STRONG, _WEAK, _AFTER_BUT, _BEFORE_BUT = 1.4, 0.6, 1.4, 0.7
_DENIED_NEED, _DENIED_GOOD, _DENIED_BAD = -2.0, -0.9, -0.3


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What the words of a post add up to."""

    good: float = 0.0
    bad: float = 0.0
    """Never negative: the weight of everything that speaks against us."""
    kinds: dict[Kind, float] = field(default_factory=dict)
    angry_pictures: int = 0
    words: int = 0

    def add(self, weight: float, kind: Kind) -> None:
        """Count one find."""
        if weight > 0:
            self.good += weight
        else:
            self.bad -= weight
        self.kinds[kind] = self.kinds.get(kind, 0.0) + abs(weight)

    @property
    def margin(self) -> float:
        """Above zero: rather good; below: rather bad."""
        return self.good - self.bad


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find:
    """A word or phrase of the lexicon in one clause."""

    start: int
    end: int
    entry: Entry


def weighed(text: str, lang: str) -> Evidence:
    """The evidence of a post in this language."""
    evidence, words = Evidence(), lexicon(lang)
    for clause in _CLAUSE.split(text.casefold().replace("’", "'")):
        tokens = WORD.findall(clause)
        if tokens:
            evidence.words += len(tokens)
            _weigh(tokens, words, evidence)
    _look_at_pictures(text, evidence)
    return evidence


def _weigh(tokens: Sequence[str], words: Lexicon, evidence: Evidence) -> None:
    """Add the finds of one clause, turned round where they are denied."""
    finds = list(_finds(tokens, words))
    inside = {place for find in finds if find.end - find.start > 1 for place in range(find.start, find.end)}
    deniers = [place for place in range(len(tokens)) if place not in inside and _denies(tokens, place, words)]
    but = max((place for place, token in enumerate(tokens) if token in words.but), default=None)
    for find in finds:
        weight = find.entry.weight * _loudness(tokens, find, words)
        if any(_reaches(denier, find) for denier in deniers):
            weight = _denied(weight, find.entry.kind)
        if but is not None:
            weight *= _AFTER_BUT if find.start > but else _BEFORE_BUT
        if weight:
            evidence.add(weight, find.entry.kind)


def _finds(tokens: Sequence[str], words: Lexicon) -> list[_Find]:
    """Phrases first, the longest first; then single words."""
    found, place = [], 0
    while place < len(tokens):
        find = _phrase_at(tokens, place, words) or _word_at(tokens, place, words)
        if find is not None:
            found.append(find)
        place = find.end if find is not None else place + 1
    return found


def _phrase_at(tokens: Sequence[str], place: int, words: Lexicon) -> _Find | None:
    for length in range(min(words.longest, len(tokens) - place), 0, -1):
        if (entry := words.phrases.get(" ".join(tokens[place : place + length]))) is not None:
            return _Find(start=place, end=place + length, entry=entry)
    return None


def _word_at(tokens: Sequence[str], place: int, words: Lexicon) -> _Find | None:
    token = tokens[place]
    entry = words.word(token)
    if entry is None and _LONG_SOUND.search(token):  # „suuuper“
        entry = words.word(_LONG_SOUND.sub(r"\1", token)) or words.word(_LONG_SOUND.sub(r"\1\1", token))
    if entry is None and ("ae" in token or "oe" in token or "ue" in token):
        entry = words.word(token.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü"))
    return None if entry is None else _Find(start=place, end=place + 1, entry=entry)


def _denies(tokens: Sequence[str], place: int, words: Lexicon) -> bool:
    token = tokens[place]
    if token not in words.negators and not token.endswith("n't"):
        return False
    around = (
        " ".join(tokens[max(0, place - 1) : place + 1]),
        " ".join(tokens[place : place + 2]),
        " ".join(tokens[place : place + 3]),
    )
    return not any(phrase in words.not_negating for phrase in around)


def _reaches(denier: int, find: _Find) -> bool:
    """Whether a „nicht“ means this find: near before it, or a little behind it."""
    if denier < find.start:
        return find.start - denier <= _BEFORE
    return denier - find.end < (_AFTER_NEED if find.entry.kind == "need" else _AFTER)


def _denied(weight: float, kind: Kind) -> float:
    if kind == "need":
        return _DENIED_NEED
    return weight * (_DENIED_GOOD if weight > 0 else _DENIED_BAD)


def _loudness(tokens: Sequence[str], find: _Find, words: Lexicon) -> float:
    before = tokens[find.start - 1] if find.start else ""
    if before in words.stronger:
        return _STRONG
    return _WEAK if before in words.weaker else 1.0


def _look_at_pictures(text: str, evidence: Evidence) -> None:
    """Each kind of emoji counts once; a row of the same picture is one feeling."""
    known = pictures()
    for picture in {sign for sign in text if ord(sign) > 0x2000} | set(_EMOTICON.findall(text)):  # noqa: PLR2004
        if (meaning := known.get(picture)) is not None:
            weight, angry = meaning
            evidence.add(weight, "feeling")
            evidence.angry_pictures += angry
