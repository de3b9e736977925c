"""Raises the flags of a post: law, injury, haste, press, insult, advertising, irony, questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.tone.lexicon import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

RULED = ("legal", "safety", "urgent", "press", "offence", "spam", "sarcasm", "waiting")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=[,:])\s+(?:und |and |but |aber )?")
_GREETING = re.compile(
    r"\A(?:hallo|hai|hi|hey|hello|moin|servus|guten (?:tag|morgen|abend)|good (?:morning|afternoon)|sagt? mal|und|and|so|also|ähm?|na)\b[\s,!.]*(?:@\S+|zusammen|ihr|leute|liebes team|team|there|guys|all)?[\s,!.]*"
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|@\w+")
_LINK = re.compile(r"https?://|www\.|\bbit\.ly|t\.me/|wa\.me/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Patterns that raise one flag, after what only looks like it was taken out."""

    near: re.Pattern[str] | None
    says: re.Pattern[str]

    def hits(self, text: str) -> int:
        """How often the flag is raised; `text` is case-folded and ß is ss."""
        if self.says.search(text) is None:
            return 0
        rest = self.near.sub(" ", text) if self.near else text
        return sum(1 for _ in self.says.finditer(rest))


def raised(text: str) -> dict[str, int]:
    """How often each ruled flag is raised in a case-folded text."""
    return {name: hits for name in RULED if (hits := rule(name).hits(text))}


def is_spam(text: str, hits: int) -> bool:
    """One advertising phrase with a link, or two without."""
    return hits >= 2 or (hits == 1 and _LINK.search(text) is not None)  # noqa: PLR2004


def asks(text: str) -> bool:
    """Whether a case-folded post asks something, with or without a question mark."""
    rest = _question_near().sub(" ", _ADDRESS.sub(" ", text))
    if "?" in rest or rule("question").says.search(rest):
        return True
    return any(_opening().match(_GREETING.sub("", sentence)) for sentence in _SENTENCE.split(rest.strip()))


@cache
def rule(name: str) -> Rule:
    """The patterns of one flag, compiled once."""
    table = tables("flags.toml")[name]
    return Rule(near=_either(table["near"]) if table.get("near") else None, says=_either(table["says"]))


@cache
def _opening() -> re.Pattern[str]:
    return _either(tables("flags.toml")["question"]["opens"])


@cache
def _question_near() -> re.Pattern[str]:
    near = rule("question").near
    return near if near is not None else re.compile(r"(?!)")


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all: each begins at the start of a word and is written without ß, as `casefold` gives it."""
    return re.compile(r"(?<!\w)(?:" + "|".join(pattern.replace("ß", "ss") for pattern in patterns) + ")")
