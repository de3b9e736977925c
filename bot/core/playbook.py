"""How we react in each situation: which words, whose signature, by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from bot.core.fact import Fault
    from bot.core.tone import Flag, Tone

Situation = Literal[
    "complaint_calm_confirmed",
    "complaint_calm_open",
    "complaint_calm_not_ours",
    "complaint_heated_confirmed",
    "complaint_heated_open",
    "complaint_heated_not_ours",
    "safety",
    "legal",
    "press",
    "offence",
    "question",
    "praise",
    "neutral",
    "unnamed",
    "wish",
    "settled",
    "spam",
]
"""`unnamed`, `wish` and `settled` are no tones: a drafter that reads the words finds them behind the others."""
SITUATIONS: tuple[Situation, ...] = get_args(Situation)
WORDLESS: frozenset[Situation] = frozenset({"spam"})
"""Situations without a template: only a person writes, or leaves the post alone."""

# Policy order when flags compete (`tone`: safety, legal > press > offence > complaint > question > praise).
_FIRST: tuple[Flag, ...] = ("safety", "legal", "press", "offence")
_ANSWER_WITHIN = {
    "urgent": timedelta(minutes=30),
    "high_risk": timedelta(hours=1),
    "heated": timedelta(hours=1),
    "negative": timedelta(hours=4),
    "other": timedelta(hours=24),
}


def situation_of(tone: Tone, fault: Fault) -> Situation:
    """The playbook's name of what this is."""
    for flag in _FIRST:
        if flag in tone.flags:
            return flag  # type: ignore[return-value]  # the four names are situations too
    if "spam" in tone.flags and "complaint" not in tone.flags:
        return "spam"
    if "complaint" in tone.flags or tone.polarity == "negative":
        return f"complaint_{tone.arousal}_{fault}"  # type: ignore[return-value]  # 2 x 3 names, all listed
    if "question" in tone.flags:
        return "question"
    if "praise" in tone.flags or tone.polarity == "positive":
        return "praise"
    return "neutral"


def signatures_needed(tone: Tone, *, crisis: bool = False) -> int:
    """Two people for injury, law, press and in a crisis; else one."""
    return 2 if crisis or tone.high_risk else 1


def answer_within(tone: Tone) -> timedelta:
    """How long a customer who sounds like this may wait."""
    if "spam" in tone.flags and not tone.high_risk:
        return _ANSWER_WITHIN["other"]
    if "urgent" in tone.flags or "safety" in tone.flags:
        return _ANSWER_WITHIN["urgent"]
    if tone.high_risk:
        return _ANSWER_WITHIN["high_risk"]
    if tone.arousal == "heated":
        return _ANSWER_WITHIN["heated"]
    return _ANSWER_WITHIN["negative" if tone.polarity == "negative" else "other"]
