"""What a post asks of us, seen in its words where its tone alone would mislead: rather humble than wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.why import Why
from bot.drafting.spotting import words_of
from bot.errors import DraftingError

if TYPE_CHECKING:
    from bot.core.draft import Brief
    from bot.drafting.speech import Listener

_GRAVE = frozenset({"safety", "legal", "press", "offence"})
_FEW = 4
"""Words of a post that is too short to be read between the lines."""
_AT_LENGTH = 8
"""Words of a post whose writer has said what there was to say."""


def seen_in(brief: Brief, listener: Listener, *, sure: bool) -> str:
    """The situation whose template fits these posts; `sure` says whether it is plain what went wrong for the writer.

    Raises DraftingError when people speak to each other: whether anybody of us should answer is for a person.
    """
    said, acts = brief.situation, listener.acts(brief.newest.text)
    if said in _GRAVE:
        return said
    patient = brief.tone.arousal == "calm" and "impatient" not in acts
    if patient and "settled" in acts:
        return "settled"
    if sure and said.startswith("complaint"):
        return said
    if _among_themselves(brief, acts, sure=sure):
        raise DraftingError(Why.among_themselves())
    if patient and "wish" in acts:
        return "wish"
    return _humbler(brief, acts, sure=sure, asks=listener.asks(brief.newest.text))


def _humbler(brief: Brief, acts: frozenset[str], *, sure: bool, asks: bool) -> str:
    """The situation, or one that claims less, where the words do not bear it out."""
    said, ironic = brief.situation, "sarcasm" in brief.tone.flags
    if "speaks_for_us" in acts or (said == "question" and not asks):
        return "neutral"
    if said.startswith("complaint") or ironic or (said == "question" and "rhetorical" in acts):
        return "unnamed"
    if said == "praise":
        return said if _plainly_praises(brief, acts, sure=sure) else "neutral"
    if said == "neutral" and "glad" not in acts and len(words_of(brief.newest.text)) >= _AT_LENGTH:
        return "unnamed"
    return said


def _among_themselves(brief: Brief, acts: frozenset[str], *, sure: bool) -> bool:
    """Whether people talk among themselves: a meeting point, an invitation, a question to everybody."""
    if sure or brief.tone.arousal == "heated":
        return False
    if "announces" in acts:
        return True
    names_us = brief.newest.aimed == "names_us"
    return brief.situation in ("question", "neutral") and (names_us or "asks_around" in acts)


def _plainly_praises(brief: Brief, acts: frozenset[str], *, sure: bool) -> bool:
    """Joy in the words, no „aber“ and no „nicht“; a few words or an emoji are what they seem."""
    if sure or acts & {"with_a_but", "denies"}:
        return False
    return "glad" in acts or len(words_of(brief.newest.text)) <= _FEW
