"""Mention rows, as `replay` and the demo read them: one JSON object per line."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from bot.cli.rows import Row, Texts
from bot.core.mention import Mention

LONGEST_NAME = 1000
"""Characters of a channel, post, thread or author name; longer ones are no names."""
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class ReplayRow(Row):
    """One mention as the contract writes it; `version` and `answers` tell edits and answers to our replies."""

    channel: Name
    author: Name
    text: str
    at: Annotated[AwareDatetime, Field(strict=False)]
    author_id: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    url: str | None = None
    thread: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    lang: str | None = None
    attachments: Texts = ()
    version: int = 0
    answers: str | None = None

    @model_validator(mode="after")
    def _in_our_time(self) -> Self:
        if not MINYEAR + 1 < self.at.year < MAXYEAR:
            raise ValueError("at is outside of any calendar we can reckon with")
        return self


def mention_from(row: ReplayRow, *, live: bool) -> Mention:
    """The mention behind a row; `live` answers on the real channel."""
    return Mention(
        channel=row.channel,
        id=str(row.id),
        author=row.author,
        author_id=row.author_id,
        text=row.text,
        at=row.at,
        thread=row.thread,
        url=row.url,
        lang=row.lang,
        attachments=row.attachments,
        version=row.version,
        answers=row.answers,
        replayed=not live,
    )
