"""Searching: the list and the full-text search over everything that ever happened to a mention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from bot.core.question import Standing
from bot.history.reading import Reading
from bot.history.words import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.core.question import Question

State = Literal["open", "approved"] | Standing
"""Where a question stands, in one word; `open` and `approved` hold several."""
STATES: tuple[State, ...] = ("open", "approved", *get_args(Standing))
_PAGE = 200
_SAID_SOMEWHERE = """
select distinct question from (
    select question from mentions where words in (select rowid from words_fts where words_fts match :asked)
    union all select question from drafts where words in (select rowid from words_fts where words_fts match :asked)
    union all select question from replies where words in (select rowid from words_fts where words_fts match :asked)
) order by question desc limit :limit
"""
_LISTED = """
select number from questions where number > :after and (:channel is null or channel = :channel)
and (:since is null or opened_at >= :since) and (:until is null or opened_at < :until)
and (:by is null or exists (select 1 from decisions, json_each(decisions.by) as name
     where decisions.question = questions.number and name.value = :by))
order by number limit :limit
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the history somebody asks for; every field narrows."""

    since: datetime | None = None
    until: datetime | None = None
    channel: str | None = None
    state: State | None = None
    by: str | None = None
    """A colleague who decided."""


class Searching(Reading):
    """Rows found again."""

    def search(self, words: str, *, limit: int = 50) -> list[Question]:
        """The questions in which all these words were said, by customers or by us, newest first."""
        asked = " ".join(f'"{word}"' for word in re.findall(r"\w+", words))  # words only: never FTS5's own language
        if not asked:
            return []
        rows = list(self.db.query(_SAID_SOMEWHERE, {"asked": asked, "limit": limit}))
        return self.questions([row["question"] for row in rows])

    def listed(self, wanted: Wanted) -> Iterator[Question]:
        """All questions that fit, oldest first, read page by page."""
        after = 0
        while page := self._page(wanted, after):
            yield from (question for question in self.questions(page) if fits(question, wanted.state))
            after = page[-1]

    def deciders(self) -> list[str]:
        """Everybody who ever decided, by the name they had then."""
        return [row["name"] for row in self.db.query("select distinct value as name from decisions, json_each(by)")]

    def _page(self, wanted: Wanted, after: int) -> list[int]:
        values = {
            "after": after, "channel": wanted.channel, "by": wanted.by, "limit": _PAGE,
            "since": stamp(wanted.since) if wanted.since else None, "until": stamp(wanted.until) if wanted.until else None,
        }  # fmt: skip
        return [row["number"] for row in self.db.query(_LISTED, values)]


def fits(question: Question, state: State | None) -> bool:
    """Whether a question is in the state asked for; `open` holds everything without an ending."""
    match state:
        case None:
            return True
        case "open":
            return question.open
        case "approved":
            return question.standing in ("sending", "held")
        case _:
            return question.standing == state
