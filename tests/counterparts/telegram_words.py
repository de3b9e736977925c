"""Entities as Telegram marks them in a text: offsets and lengths count UTF-16 units, so most emoji count two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.counterparts.telegram_chats import Json, Person, Post

FOUND_ALONE = (
    ("url", re.compile(r"https?://[^\s]+")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]+)?")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?![A-Za-z0-9_])")),
    ("hashtag", re.compile(r"(?<!\w)#\w+")),
)


def utf16_length(text: str) -> int:
    """How many units Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def entity(text: str, word: str, kind: str) -> Json:
    """Mark the first occurrence of `word`; raises `ValueError` when it is not there."""
    start = text.index(word)
    return {"type": kind, "offset": utf16_length(text[:start]), "length": utf16_length(word)}


def text_mention(text: str, word: str, person: Person) -> Json:
    """Mark `word` as naming a person who needs no @username."""
    return {**entity(text, word, "text_mention"), "user": person.as_json()}


def entities_in(text: str) -> list[Json]:
    """What Telegram finds without help; where two overlap, the one listed first wins."""
    taken: list[tuple[int, int, str]] = []
    for kind, pattern in FOUND_ALONE:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in taken):
                taken.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": utf16_length(text[:start]), "length": utf16_length(text[start:end])}
        for start, end, kind in sorted(taken)
    ]


def commands_in(post: Post) -> list[str]:
    """The commands that the post's own entities mark, such as `/help@candor_bot`."""
    units = post.text.encode("utf-16-le")
    marks = post.message.get("entities") or post.message.get("caption_entities") or []
    return [
        units[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])].decode("utf-16-le")
        for mark in marks
        if mark["type"] == "bot_command"
    ]
