"""Which wording a customer gets: the same one each time we look, another one for the neighbour."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE: Final = 0.75
"""Two texts sharing this part of their words count as the same answer."""
_LOOKED_AT: Final = 20
"""So many of our latest replies in a thread are compared."""


def in_turn(texts: Sequence[str], key: str, said_before: Sequence[str] = ()) -> list[str]:
    """The wordings in the order in which this question's drafts use them.

    It begins where the post's own number points, so two posts that follow each other begin differently.
    What already stands in the thread comes last.
    """
    start = _number_of(key) % len(texts) if texts else 0
    ring = [*texts[start:], *texts[:start]]
    said = [_words_of(text) for text in said_before[-_LOOKED_AT:]]
    return sorted(ring, key=lambda text: any(_alike(_words_of(text), other) for other in said))


def _number_of(key: str) -> int:
    digits = re.search(r"\d+$", key, re.ASCII)
    return int(digits.group()[-12:]) if digits else zlib.crc32(key.encode("utf-8", "surrogatepass"))


def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, len(one | other))
