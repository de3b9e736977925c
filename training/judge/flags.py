"""Notices what a team must not miss in a post: law, injury, haste, press, insult, advertising, irony, questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from training.judge.lexicon import tables
from training.judge.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

RULED = ("legal", "safety", "urgent", "press", "offence", "spam", "sarcasm", "waiting", "question")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=[,:])\s+(?:und |and |but |aber )?")
_GREETING = re.compile(
    r"\s*(?:hallo|hai|hi|hey|hello|moin|servus|guten (?:tag|morgen|abend)|good (?:morning|afternoon)|sagt? mal|und|and|so|also"
    r"|ähm?|na|liebes team|xhandle|zusammen|ihr|leute|team|there|guys|all)\b[\s,!.]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    says: Patterns
    near: Patterns
    """What only looks like it: "French press"."""
    opens: Patterns
    """How a question begins that nobody marked."""


def raised(text: str) -> dict[str, int]:
    """How often the rules of each name speak in a case-folded text; `opens` for questions without a mark."""
    rules = _rules()
    hits: dict[str, set[int]] = {}
    says = rules.says.spots(text)
    near = rules.near.spots(text) if says else []
    for spot in says:
        if not any(one.name == spot.name and one.start < spot.end and spot.start < one.end for one in near):
            hits.setdefault(spot.name, set()).add(spot.start)
    if any(rules.opens.at(text, start) for start in _sentence_starts(text)):
        hits["opens"] = {0}
    return {name: len(places) for name, places in hits.items()}


def _sentence_starts(text: str) -> Sequence[int]:
    """Where sentences begin, behind their greeting."""
    starts = []
    for start in (0, *(found.end() for found in _SENTENCE.finditer(text))):
        place = start
        while (greeting := _GREETING.match(text, place)) is not None:
            place = greeting.end()
        starts.append(place)
    return starts


@cache
def _rules() -> _Rules:
    """The patterns of `flags.toml`, compiled once."""
    written = tables("flags.toml")
    return _Rules(
        says=Patterns({name: written[name]["says"] for name in RULED}),
        near=Patterns({name: written[name].get("near", []) for name in RULED}),
        opens=Patterns({"opens": written["question"]["opens"]}),
    )
