"""What may stand in a reply although it looks like a figure or a link: our own hotlines and the customer's handle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.case import Case

_NO_FIGURE = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@\S+|[@#]\w+", re.IGNORECASE)


def named_places(case: Case) -> list[tuple[int, int]]:
    """Where links, handles, hashtags and allowed values stand."""
    places = [match.span() for match in _NO_FIGURE.finditer(case.text)]
    for value in (*case.allow, case.author or ""):
        if value.strip():
            places += [match.span() for match in re.finditer(re.escape(value.strip()), case.text, re.IGNORECASE)]
    return places


def squeezed(value: str) -> str:
    """Letters and digits alone, for comparing however something was spaced.

    >>> squeezed("+49 30 / 12 34-5")
    '493012345'
    """
    return "".join(sign for sign in value.casefold() if sign.isalnum())
