"""Text as people see it: hidden characters taken out, length counted the way a channel counts."""

from __future__ import annotations

import re
from itertools import accumulate

import regex

JUDGED = 20_000
"""Characters of a text that are judged; the whole of it is stored."""

# Bidi controls, zero-width characters, soft hyphen, tag characters, variation selectors used for hiding text,
# and control characters other than tab and line breaks. The emoji joiner and selector stay between emoji.
_INVISIBLE = (
    r"\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F"
    r"\u3164\uFEFF\uFFA0\U000E0000-\U000E007F\U000E0100-\U000E01EF\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F"
)
_HIDDEN = regex.compile(
    rf"[{_INVISIBLE}]|(?<!\p{{Extended_Pictographic}}\uFE0F?)\u200D|\u200D(?!\p{{Extended_Pictographic}})"
)
_SUSPICIOUS = re.compile(rf"[{_INVISIBLE}\u200D]")
"""Whether it is worth looking: hardly any text hides anything, and the look behind is slow."""
_GRAPHEME = regex.compile(r"\X")


def hidden_in(text: str) -> list[tuple[int, int]]:
    """Where characters hide that a reader cannot see, as (start, end) in code points."""
    return [match.span() for match in _HIDDEN.finditer(text)] if _SUSPICIOUS.search(text) else []


def visible(text: str) -> str:
    """The text without the characters that a reader cannot see."""
    return _HIDDEN.sub("", text) if _SUSPICIOUS.search(text) else text


def judged_part(text: str) -> str:
    """What is judged and checked of a text: visible characters, at most `JUDGED` of them."""
    return visible(text[: JUDGED * 2])[:JUDGED]


def shortened(text: str, limit: int) -> str:
    """At most `limit` code points, cut between whole characters, with an ellipsis when something is missing."""
    if len(text) <= limit:
        return text
    ends = accumulate(len(grapheme) for grapheme in _GRAPHEME.findall(text[:limit]))
    return text[: max((end for end in ends if end < limit), default=0)].rstrip() + "…"


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, the way Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
