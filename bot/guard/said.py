"""What may stand in a reply although it looks like a figure or a link: our own hotlines and the customer's handle."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.guard.figures import figures_in

if TYPE_CHECKING:
    from bot.core.case import Case

_NO_FIGURE = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@\S+|[@#]\w+", re.IGNORECASE)
_HANDLE = re.compile(r"[@#]\w+")
_NAME = re.compile(r"@?[^\W\d_][\w .'’-]{0,63}")
_NOT_SAID = re.compile(r"[\W_]+")
_HOTLINE = 6
"""Digits from which an allowed value is a telephone number."""


def named_places(case: Case) -> list[tuple[int, int]]:
    """Where links, handles, hashtags and allowed values stand."""
    return list(_named(case.text, case.allow, case.author))


@lru_cache(maxsize=64)  # several items ask about the same reply
def _named(text: str, allow: tuple[str, ...], author: str | None) -> tuple[tuple[int, int], ...]:
    places = [match.span() for match in _NO_FIGURE.finditer(text)]
    for value in (*allow, public_name(author)):
        if value.strip() and not _HANDLE.fullmatch(value.strip()):  # handles are among the places already
            places += [match.span() for match in _written(value).finditer(text)]
    return tuple(places)


@lru_cache(maxsize=64)
def public_name(author: str | None) -> str:
    """The customer's public name where it is only a name: whoever calls themselves „500 Euro“ has none.

    >>> public_name("@anna_92"), public_name("500 Euro"), public_name("Euro")
    ('@anna_92', '', '')
    """
    if not author or not _NAME.fullmatch(author.strip()):
        return ""
    sounds = figures_in(f"5 {author}") + figures_in(author)
    return "" if any(figure.kind != "number" for figure in sounds) else author.strip()


def _written(value: str) -> re.Pattern[str]:
    """An allowed value as it may stand in a text: a hotline also with its country and other gaps."""
    digits = squeezed(value)
    if digits.isdecimal() and len(digits) >= _HOTLINE:
        return re.compile(r"(?<![\d.,])[+(]{0,2}[\d\s()/-]{0,8}" + r"[\s()/.-]{0,2}".join(digits[-9:].lstrip("0")))
    return re.compile(re.escape(value.strip()), re.IGNORECASE)


def squeezed(value: str) -> str:
    """Letters and digits alone, for comparing however something was spaced.

    >>> squeezed("+49 30 / 12 34-5")
    '493012345'
    """
    return _NOT_SAID.sub("", value.casefold())
