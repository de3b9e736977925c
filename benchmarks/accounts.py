"""What must have become of a flood: every mention kept, in a question, with words; nobody lost."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.mentions import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a database holds after a flood."""

    mentions: int
    questions: int
    drafts: int
    without_question: int
    """Mentions that belong to no question."""
    without_draft: int
    """Questions that have no draft row covering their newest mention."""
    not_open: int
    """Questions that do not stand open with words (or visibly without, where a person must write)."""

    def lost(self, rows: Sequence[Row]) -> int:
        """How many of these rows are not accounted for; a row that came again says nothing new."""
        mentions = len({(row["id"], row["version"]) for row in rows})
        questions = len({(row["author_id"], row["thread"]) for row in rows})
        missing = abs(mentions - self.mentions) + abs(questions - self.questions)
        return missing + self.without_question + self.without_draft + self.not_open

    def __str__(self) -> str:
        return f"{self.mentions:,} mentions in {self.questions:,} questions, {self.drafts:,} drafts"


def account_of(database: Path) -> Account:
    """Count with plain SQL, in a database that nobody writes any more."""
    with sqlite3.connect(database) as connection:
        counts = {name: connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
    connection.close()
    return Account(**counts)


_COUNTS = {
    "mentions": "select count(*) from mentions",
    "questions": "select count(*) from questions",
    "drafts": "select count(*) from drafts",
    "without_question": "select count(*) from mentions where question not in (select number from questions)",
    "without_draft": "select count(*) from questions where not exists (select 1 from drafts where question = questions.number "
    "and covers >= (select max(number) from mentions where mentions.question = questions.number))",
    "not_open": "select count(*) from questions left join waiting on waiting.question = questions.number "
    "where coalesce(standing, '') not in ('asked', 'needs_words') or lacks_draft = 1",
}
