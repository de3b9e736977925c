"""Hears how a post sounds, by rules and word lists that a team can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.text import judged_part
from bot.core.tone import HIGH_RISK, Tone
from bot.tone.confidence import confidence_of, contradicts
from bot.tone.evidence import Evidence, weighed
from bot.tone.flags import asks, is_spam, raised
from bot.tone.language import language_of
from bot.tone.lexicon import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.tone import Arousal, Flag, Polarity

_SHOUT = re.compile(r"!{2,}|\?{3,}|!\?|\?!")
_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{4,}\b")
_TO_US = re.compile(r"\b(?:ihr|euch|euer|eure[rnms]?|sie|ihnen|ihre[rnms]?|you|your|yours|u|ur)\b|@")
_FEW = 3
_SIDE = 0.9
"""Margin from which a post takes sides."""
_PLAIN = 2.0
"""Margin from which a side is plain enough to be certain."""
_HEATED = 2.0
_GLAD = 1.2
"""Good words from which a glad post is praise."""
_LONG = 3000
"""Characters of which the wording is weighed; flags are raised from all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Everything the rules found in one post."""

    text: str
    folded: str
    lang: str
    sure: bool
    evidence: Evidence
    hits: dict[str, int]
    question: bool


class RuleJudge:
    """Judges one post after the other; it remembers nothing."""

    def __init__(self, languages: Sequence[str] = ("de", "en")) -> None:
        self._languages = tuple(languages)

    def judge(self, text: str, lang: str | None = None) -> Tone:
        """How this post sounds; `lang` is what the channel says the language is, and is believed.

        At most 20,000 visible characters are judged. Total: any text gets a tone.
        """
        heard = self._hear(judged_part(text), lang)
        polarity = _polarity(heard)
        flags = _flags(heard, polarity)
        return Tone(
            lang=heard.lang,
            polarity=polarity,
            confidence=confidence_of(polarity, heard.evidence, question=heard.question),
            arousal=_arousal(heard, polarity, flags),
            flags=flags,
            certain=self._certain(heard, polarity, flags),
        )

    def _hear(self, text: str, lang: str | None) -> _Heard:
        guess = language_of(text, self._languages)
        spoken = (lang or guess.lang).casefold().partition("-")[0]
        folded = text.casefold().replace("’", "'")
        evidence = _evidence(text, spoken)
        hits = raised(folded)
        _mind_flags(evidence, hits)
        return _Heard(
            text=text, folded=folded, lang=spoken, sure=guess.sure and guess.lang == spoken, evidence=evidence, hits=hits,
            question=asks(folded),
        )  # fmt: skip

    def _certain(self, heard: _Heard, polarity: Polarity, flags: frozenset[Flag]) -> bool:
        """Whether nobody needs to judge again: enough words, one side, nothing grave."""
        if heard.lang not in self._languages or heard.lang not in LANGUAGES or not heard.sure:
            return False
        if heard.evidence.words < _FEW or flags & HIGH_RISK or "sarcasm" in flags or contradicts(heard.evidence):
            return False
        if polarity == "neutral":
            return "question" in flags and not heard.evidence.bad
        return abs(heard.evidence.margin) >= _PLAIN


def _evidence(text: str, lang: str) -> Evidence:
    """The words of the post's language; of both where it is neither (emoji count in every language)."""
    if lang in LANGUAGES:
        return weighed(text[:_LONG], lang)
    return max((weighed(text[:_LONG], each) for each in LANGUAGES), key=lambda evidence: abs(evidence.margin))


def _mind_flags(evidence: Evidence, hits: dict[str, int]) -> None:
    """Irony turns good words round; waiting, injury and law are trouble, and what came „endlich“ is no joy."""
    if "waiting" in hits:
        evidence.good = max(0.0, evidence.good - 1.0) if evidence.good <= _SIDE * 2 else evidence.good
        evidence.add(-1.0, "trouble")
    if "sarcasm" in hits:
        evidence.bad += 1.0 + evidence.good * 0.5
        evidence.good *= 0.2
    if ("safety" in hits or "legal" in hits) and not evidence.bad:
        evidence.add(-1.0, "trouble")
    if "offence" in hits:
        evidence.add(-2.0, "swear")


def _polarity(heard: _Heard) -> Polarity:
    side = _SIDE * (1.2 if heard.question else 1.0)
    if heard.evidence.margin >= side:
        return "positive"
    return "negative" if heard.evidence.margin <= -_SIDE else "neutral"


def _flags(heard: _Heard, polarity: Polarity) -> frozenset[Flag]:
    """The ruled flags, and those that follow from the words' weight."""
    flags: set[Flag] = {
        name for name in ("legal", "safety", "urgent", "press", "offence", "sarcasm") if name in heard.hits
    }
    if is_spam(heard.folded, heard.hits.get("spam", 0)):
        flags.add("spam")
    if heard.question:
        flags.add("question")
    if _complains(heard, polarity) and "spam" not in flags:
        flags.add("complaint")
    if _praises(heard, polarity) and "spam" not in flags:
        flags.add("praise")
    return frozenset(flags)


def _complains(heard: _Heard, polarity: Polarity) -> bool:
    """Something went wrong, or somebody is cross with us."""
    kinds = heard.evidence.kinds
    if polarity == "negative":
        return kinds.get("trouble", 0.0) + kinds.get("need", 0.0) > 0 or _TO_US.search(heard.folded) is not None
    return kinds.get("trouble", 0.0) + kinds.get("need", 0.0) >= 2.0  # noqa: PLR2004  # one strong word of trouble


def _praises(heard: _Heard, polarity: Polarity) -> bool:
    return polarity == "positive" and heard.evidence.good >= _GLAD


def _arousal(heard: _Heard, polarity: Polarity, flags: frozenset[Flag]) -> Arousal:
    """Shouting, insults and words of anger; joy may be loud and is not heat."""
    if polarity == "positive":
        return "calm"
    evidence = heard.evidence
    shouts = len(_SHOUT.findall(heard.text))
    heat = 1.0 * min(shouts, 2) + 1.5 * min(evidence.angry_pictures, 2) + 2.0 * ("offence" in flags)
    heat += min(evidence.kinds.get("anger", 0.0), 3.0) * 0.7 + min(evidence.kinds.get("swear", 0.0), 2.0) * 0.75
    heat += 1.5 * (len(_CAPITALS.findall(heard.text)) >= 2)  # noqa: PLR2004  # one may be a name
    return "heated" if heat >= _HEATED else "calm"
