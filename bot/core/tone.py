"""How a customer's post sounds, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

Polarity = Literal["negative", "neutral", "positive"]
Arousal = Literal["calm", "heated"]
Flag = Literal["complaint", "question", "praise", "legal", "safety", "urgent", "offence", "spam", "sarcasm", "press"]

POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
FLAGS: tuple[Flag, ...] = get_args(Flag)
HIGH_RISK: frozenset[Flag] = frozenset({"legal", "safety", "press"})
"""Flags that ask for two people (the playbook of `honesty`: injury, law, press)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What the judge heard in one post."""

    lang: str
    """ISO 639-1: `de`, `en`, or the third language it seems to be; `und` when nothing tells."""
    polarity: Polarity
    confidence: float
    """Probability, 0..1, that the polarity is right."""
    arousal: Arousal = "calm"
    flags: frozenset[Flag] = frozenset()
    certain: bool = False
    """False: a person should judge."""

    @property
    def high_risk(self) -> bool:
        """Whether this post asks for two people."""
        return bool(self.flags & HIGH_RISK)

    @property
    def ordered_flags(self) -> tuple[Flag, ...]:
        """The flags in their usual order, for printing."""
        return tuple(flag for flag in FLAGS if flag in self.flags)


def together(tones: Sequence[Tone]) -> Tone:
    """How several posts of one person sound: the newest one's language, the gravest of the rest.

    >>> calm = Tone(lang="de", polarity="neutral", confidence=0.9, certain=True)
    >>> angry = Tone(lang="de", polarity="negative", confidence=0.8, arousal="heated", certain=True)
    >>> together([angry, calm]).polarity
    'negative'
    """
    known = [tone.lang for tone in tones if tone.lang != "und"]
    gravest = min(reversed(tones), key=lambda tone: POLARITIES.index(tone.polarity))
    return Tone(
        lang=known[-1] if known else "und",
        polarity=gravest.polarity,
        confidence=gravest.confidence,
        arousal="heated" if any(tone.arousal == "heated" for tone in tones) else "calm",
        flags=frozenset().union(*(tone.flags for tone in tones)),
        certain=all(tone.certain for tone in tones),
    )
