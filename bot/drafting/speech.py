"""What a post does besides complaining: it takes something back, wishes, stands up for somebody, or speaks to others."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.text import visible
from bot.drafting.lexicon import Phrase, faults_in
from bot.drafting.spotting import Spotter, words_of
from bot.drafting.wordings import text_of
from bot.errors import WordsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Act = Literal[
    "settled",
    "wish",
    "impatient",
    "speaks_for_us",
    "asks_around",
    "announces",
    "with_a_but",
    "in_care",
    "rhetorical",
    "glad",
]

LOOKED_AT = 2_000
"""Characters of a post that are read."""
NEAR = 3
"""So many words before a phrase a „nicht“ takes it back."""
_SENTENCE = re.compile(r"[^.!?;…\n]+[.!?;…\n]*")
_PART = re.compile(r"[,:–—()]|\s-\s")


class Speech(BaseModel):
    """One language's ways of speaking, as lists of phrases."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    me: tuple[Phrase, ...]
    to_me: tuple[Phrase, ...]
    my: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    supposed: tuple[Phrase, ...]
    presumes: tuple[Phrase, ...]
    opens: tuple[Phrase, ...]
    joints: tuple[Phrase, ...]
    goes_on: tuple[Phrase, ...]
    settled: tuple[Phrase, ...]
    wish: tuple[Phrase, ...]
    impatient: tuple[Phrase, ...]
    speaks_for_us: tuple[Phrase, ...]
    asks_around: tuple[Phrase, ...]
    announces: tuple[Phrase, ...]
    with_a_but: tuple[Phrase, ...]
    in_care: tuple[Phrase, ...]
    rhetorical: tuple[Phrase, ...]
    glad: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a sentence in which one thing is said."""

    words: Sequence[str]
    told: bool
    """It tells an event; false where it supposes, compares or asks whether."""
    own: bool
    """Nobody but the writer is spoken of."""
    me: bool
    """The writer speaks of themselves."""
    to_me: bool
    """Something is done to the writer."""


class Listener:
    """Hears what people do with their words, as far as one language's lists go."""

    def __init__(self, speech: Speech, negations: Sequence[str]) -> None:
        self.speech = speech
        self._negations = frozenset(negations)
        acts: tuple[Act, ...] = Act.__args__  # type: ignore[attr-defined]  # what a Literal is made of
        self._acts = Spotter({act: getattr(speech, act) for act in acts})
        self._others = Spotter({"others": speech.others})
        self._supposed = Spotter({"supposed": speech.supposed})

    def acts(self, text: str) -> frozenset[str]:
        """What this post does, without what a „nicht“ takes back."""
        words = words_of(visible(text[:LOOKED_AT]))
        found = self._acts.places(words)
        if not self._negations.isdisjoint(words):
            found.setdefault("denies", [])
        denied = {act for act in ("settled", "wish") if act in found and not self.stands(words, found[act])}
        return frozenset(found) - denied

    def asks(self, text: str) -> bool:
        """Whether this is a question to anybody: by its mark, or by its first word."""
        return "?" in text or not set(self.speech.opens).isdisjoint(words_of(text[:LOOKED_AT])[:1])

    def stands(self, words: Sequence[str], places: Sequence[int]) -> bool:
        """Whether a phrase is said at one of these places without a „nicht“ before it."""
        return any(self._negations.isdisjoint(words[max(0, at - NEAR) : at]) for at in places)

    def sentences(self, text: str) -> Iterator[list[Part]]:
        """The parts of each sentence, in order."""
        for match in _SENTENCE.finditer(visible(text[:LOOKED_AT])):
            pieces = [words_of(piece) for piece in _PART.split(match.group())]
            whole = [word for piece in pieces for word in piece]
            asks = "?" in match.group() and not set(whole[:2]) & set(self.speech.presumes)
            yield [
                self._part(part, whole, asks=asks)
                for piece in pieces
                for part in _cut(piece, self.speech.joints)
                if part
            ]

    def _part(self, words: Sequence[str], sentence: Sequence[str], *, asks: bool) -> Part:
        return Part(
            words=words,
            told=not asks and not self._supposed.places(words),
            own=not self._others.places(sentence),
            me=not set(self.speech.me).isdisjoint(words),
            to_me=not set(self.speech.to_me).isdisjoint(words),
        )


def speech_from(path: Path) -> Speech:
    """The lists in this file; raises WordsError with file, place and mend."""
    try:
        return Speech.model_validate(tomllib.loads(text_of(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WordsError(f"{path}: {error}; mend the line") from error
    except ValidationError as error:
        raise WordsError(f"{path}: {faults_in(error)}") from error


def _cut(words: Sequence[str], joints: Sequence[str]) -> Iterator[list[str]]:
    """The pieces between „und“, „aber“, "because" …, which belong to none."""
    piece: list[str] = []
    for word in words:
        if word in joints:
            yield piece
            piece = []
        else:
            piece.append(word)
    yield piece
