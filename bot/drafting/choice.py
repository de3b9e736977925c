"""Which wording a customer gets: the same one each time we look, another one for the neighbour."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Wording = TypeVar("Wording")

ALIKE: Final = 0.75
"""Two texts sharing this part of their words count as the same answer."""
_LOOKED_AT: Final = 20
"""So many of our latest replies in a thread are compared."""


def turned(wordings: Sequence[Wording], key: str) -> list[Wording]:
    """The wordings in the order in which this question's drafts use them.

    It begins where the post's own number points, so two posts that follow each other begin differently.
    """
    start = _number_of(key) % len(wordings) if wordings else 0
    return [*wordings[start:], *wordings[:start]]


def unsaid_first(texts: Iterable[tuple[str, str]], said_before: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Named texts in their order, but what already stands in the thread comes last."""
    said = [_words_of(text) for text in said_before[-_LOOKED_AT:]]
    return iter(sorted(texts, key=lambda named: any(_alike(_words_of(named[1]), other) for other in said)))


def _number_of(key: str) -> int:
    digits = re.search(r"\d+$", key, re.ASCII)
    return int(digits.group()[-12:]) if digits else zlib.crc32(key.encode("utf-8", "surrogatepass"))


def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, len(one | other))
