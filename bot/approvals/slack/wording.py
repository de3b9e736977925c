"""Other people's words on their way into Slack: escaped, cut between whole characters, and never markup."""

from __future__ import annotations

from urllib.parse import quote

import regex

from bot.core.text import shortened, visible

TEXT_LIMIT = 3_000
"""Characters in one text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object."""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LOOKALIKES = str.maketrans({"*": "\u2217", "`": "\u2018", "~": "\u223c"})
_EDGE_OF_WORD = regex.compile(r"(?<![^\W_])_|_(?![^\W_])")
"""An underline that could begin or end italics; the one inside SLACK_CHANNEL stays, so that the name can be copied."""
_EMOJI_NAME = regex.compile(r":(?=[\w+'-]+:)")
_GRAPHEME = regex.compile(r"\X")
_OPENS = regex.compile(r"https?://[^\s/]", regex.IGNORECASE)
_URL_SAFE = ":/?#[]@!$&'()*+,;=%~"  # as a whole address has it; `<`, `>`, `|`, `"` and blanks are quoted away


def escaped(text: str) -> str:
    """The three characters that Slack gives a meaning lose it; plain_text is read back the same way."""
    return text.translate(_ESCAPES)


def unescaped(text: str) -> str:
    """What a colleague typed, out of Slack's notation."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def foreign(text: str, limit: int = TEXT_LIMIT) -> str:
    """A stranger's words, escaped, at most `limit` characters after escaping, never empty."""
    kept = visible(text).strip() or "–"
    room = limit
    while len(escaped(shortened(kept, room))) > limit:
        room = room * 3 // 4
    return escaped(shortened(kept, room))


def one_line(text: str, limit: int) -> str:
    """The same, on one line."""
    return foreign(" ".join(visible(text).split()), limit)


def within(text: str, limit: int) -> str:
    """The same inside our own markup: its stars, underlines and :names: of emoji stay characters, and look like themselves."""
    plain = _EMOJI_NAME.sub("\u2236", one_line(text, limit))
    return _EDGE_OF_WORD.sub("\u02cd", plain).translate(_LOOKALIKES)


def pieces(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The whole text, escaped, in parts that each fit into one text object; a mountain of accents is split, too."""
    parts = [""]
    for grapheme in _GRAPHEME.findall(text):
        for character in map(escaped, [grapheme] if len(grapheme) * 5 <= limit else grapheme):
            if len(parts[-1]) + len(character) > limit:
                parts.append("")
            parts[-1] += character
    return [part for part in parts if part.strip()]


def link(url: str | None, label: str) -> str:
    """A link where the address is one that a browser opens; else nothing."""
    if not url or not _OPENS.match(url):
        return ""
    return f"<{escaped(quote(url, safe=_URL_SAFE))}|{escaped(label)}>"
