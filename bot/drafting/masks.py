"""What a model is never told: who the customer is, and everything that looks like a number or address of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.text import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "[…]"
"""Stands where something was taken out."""
_LONGEST = 4_000
"""Characters of a post that a model is shown."""
_SHORTEST = 3
"""Characters of a value that is masked; a shorter one would take out half the words."""

# The bounds keep every pattern linear on hostile text. A long run of digits is a telephone, an order or a card.
_SHAPES = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b"
    r"|\+?\d[\d\s/().-]{4,30}\d"
)


def masked(text: str, values: Iterable[str]) -> str:
    """The visible text without these values, and without mail addresses, bank accounts and long numbers."""
    text = shortened(visible(text), _LONGEST).encode("utf-8", "replace").decode()
    for value in sorted(filter(_worth_masking, values), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(value.strip())}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return _SHAPES.sub(MASK, text)


def _worth_masking(value: str) -> bool:
    return len(value.strip()) >= _SHORTEST
