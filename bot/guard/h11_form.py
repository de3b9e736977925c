"""H11: the reply fits its channel: length, no raw markup, links and handles from our own list only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.text import utf16_length
from bot.guard.links import foreign_links
from bot.guard.reading import Told, both, found

if TYPE_CHECKING:
    from bot.core.case import Case
    from bot.core.finding import Finding

_MARKUP = re.compile(
    r"\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__|~~[^~\n]{1,200}~~|```|`[^`\n]{1,200}`|(?<![\w*])\*\w[^*\n]{0,200}\*(?![\w*])|\[[^\]\n]{1,200}\]\([^)\n]{1,300}\)"
    r"|(?m:^#{1,6}\s\S)|</?(?:a|b|i|u|s|p|br|em|strong|div|span|h[1-6]|ul|li|ol|code|pre|script|img)\b[^>\n]{0,200}>|&(?:amp|lt|gt|quot|nbsp|#\d{1,6});",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<![\w@./])[@#](?=[\w])[\w.-]*\w(?:@[\w.-]*\w)?")
_RINGS = frozenset({"@everyone", "@here", "@channel", "@all"})
"""These ring people: `h12_takeover` names them."""


def too_long(case: Case) -> list[Finding]:
    """Longer than the channel takes, counted in UTF-16 units (H11)."""
    length = utf16_length(case.text)
    if length <= case.limit:
        return []
    why = Told(
        f"The text has {length} characters; the channel takes {case.limit}.",
        f"Der Text hat {length} Zeichen; der Kanal nimmt {case.limit}.",
    )
    hint = Told(f"Shorten it by {length - case.limit}.", f"Kürzen Sie ihn um {length - case.limit}.")
    return [
        found(
            "H11",
            (min(case.limit, len(case.text)), len(case.text)),
            why=why,
            hint=hint,
        )
    ]


def raw_markup(case: Case) -> list[Finding]:
    """Marks that a reader would see as they are (H11)."""
    return [
        found(
            "H11",
            match.span(),
            why=both(
                match.group(), "is markup; readers would see the signs.", "ist Auszeichnung; Leser sähen die Zeichen."
            ),
            hint=Told("Write plain words.", "Schreiben Sie einfachen Text."),
        )
        for match in _MARKUP.finditer(case.text)
    ]


def unlisted_names(case: Case) -> list[Finding]:
    """Links, handles and hashtags that are not on our list (H11); the customer's own handle is fine."""
    allowed = {value.casefold().lstrip("@") for value in (*case.allow, case.author or "") if value}
    names = [
        match.span()
        for match in _NAMED.finditer(case.text)
        if match.group().casefold() not in _RINGS and match.group().casefold().lstrip("@") not in allowed
        and not (match.group().startswith("#") and match.group()[1:].isdecimal())
    ]  # fmt: skip
    return [
        found(
            "H11",
            span,
            why=both(case.text[span[0] : span[1]], "is not on our list.", "steht nicht auf unserer Liste."),
            hint=Told(
                "Take it out, or add it to `allow`.", "Nehmen Sie es heraus, oder tragen Sie es bei `allow` ein."
            ),
        )
        for span in (*names, *foreign_links(case))
    ]
