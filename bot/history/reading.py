"""Reading: everything a card, a page or the pipeline needs of some questions, in as many statements for one as for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.history.questions import question_from
from bot.history.words import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.question import Question
    from bot.history.questions import Row


class Reading(Table):
    """Rows put together again."""

    def question(self, number: int) -> Question | None:
        """One question, or nothing when there is none of that number."""
        return next(iter(self.questions([number])), None)

    def questions(self, numbers: Sequence[int]) -> list[Question]:
        """These questions, in the order asked for."""
        if not numbers:
            return []
        rows = self._gathered(numbers)
        return [question_from(row) for row in rows if row["mentions"]]

    def open_numbers(
        self, *, after: str | None, limit: int, channel: str | None, standing: str | None
    ) -> list[tuple[str, int]]:
        """Open questions by due time, from a cursor on; each with its own cursor."""
        due_at, number = (after or "").rpartition("/")[::2] if after else ("", "0")
        where, values = _only(channel=channel, standing=standing)
        rows = self.all(
            f"select due_at, question from waiting where (due_at, question) > (?, ?) and {where} "
            "order by due_at, question limit ?",
            due_at, int(number or 0), *values, limit,
        )  # fmt: skip
        return [(f"{row['due_at']}/{row['question']}", row["question"]) for row in rows]

    def next_waiting(self, person: str, *, but: int) -> int | None:
        """The most urgent question beside this one that this person can decide and has not signed."""
        row = self.one(
            "select question from waiting where standing in ('asked', 'needs_words', 'half_signed', 'failed', 'unknown') "
            "and question <> ? and not exists (select 1 from signatures where signatures.question = waiting.question "
            "and person = ? and version = (select max(version) from drafts where drafts.question = waiting.question)) "
            "order by due_at, question limit 1",
            but, person,
        )  # fmt: skip
        return int(row["question"]) if row else None

    def beside(self, question: int, *, back: bool) -> int | None:
        """The open question after this one by due time, or before it, round in a ring; from outside of it, the first."""
        here = self.one("select due_at from waiting where question = ?", question)
        side, order = ("<", "desc") if back and here else (">", "asc")
        row = self.one(
            f"select question from waiting order by (due_at, question) {side} (?, ?) desc, due_at {order}, question {order} limit 1",
            here["due_at"] if here else "", question,
        )  # fmt: skip
        return int(row["question"]) if row else None

    def open_count(self, *, channel: str | None = None, standing: str | None = None) -> int:
        """How many questions stand open, of a channel or a standing when one is named."""
        where, values = _only(channel=channel, standing=standing)
        row = self.one(f"select count(*) as n from waiting where {where}", *values)
        return int(row["n"]) if row else 0

    def note_standings(self, numbers: Sequence[int]) -> None:
        """Bring the list of open questions up to date with where these stand now."""
        for question in self.questions(numbers):
            self.db.execute("update waiting set standing = ? where question = ?", [question.standing, question.number])

    def _gathered(self, numbers: Sequence[int]) -> list[Row]:
        """All rows of these questions, sorted to each."""
        by_question: dict[int, Row] = {
            row["number"]: row
            | {
                "mentions": [],
                "drafts": {},
                "findings": [],
                "signatures": [],
                "decisions": {},
                "attempts": [],
                "replies": [],
                "promises": [],
                "overheard": [],
                "held": [],
            }
            for row in self.many("select * from questions where number in ({})", numbers)
        }
        for name, sql in _LISTS.items():
            for row in self.many(sql, numbers):
                _put(by_question[row["question"]], name, row)
        for name, sql in _NEWEST.items():
            for row in self.many(sql, numbers):
                by_question[row["question"]][name] = row
        return [by_question[number] for number in numbers if number in by_question]


_LISTS = {
    "mentions": "select mentions.*, words.text, words.about from mentions join words on words.number = mentions.words "
    "where question in ({}) order by mentions.number",
    "drafts": "select drafts.*, words.text, words.about from drafts left join words on words.number = drafts.words "
    "where question in ({}) and version = (select max(version) from drafts as other where other.question = drafts.question)",
    "findings": "select findings.*, words.text, words.about from findings join words on words.number = findings.words "
    'where question in ({}) order by findings.start, findings."end"',
    "signatures": "select signatures.*, words.text from signatures left join words on words.number = signatures.words "
    "where question in ({}) order by signatures.number",
    "decisions": "select decisions.*, words.text from decisions left join words on words.number = decisions.words "
    "where question in ({}) order by version",
    "attempts": "select attempts.*, outcomes.kind as outcome, outcomes.why as why, outcomes.at as closed_at, words.text from attempts "
    "join drafts on drafts.question = attempts.question and drafts.version = attempts.version left join words on words.number = drafts.words "
    "left join outcomes on outcomes.number = (select max(number) from outcomes as last where last.attempt = attempts.number) "
    "where attempts.question in ({}) order by attempts.number",
    "replies": "select replies.*, words.text, words.about from replies join words on words.number = replies.words "
    "where question in ({}) order by replies.at",
    "promises": "select promises.*, words.text from promises join words on words.number = promises.words "
    "where question in ({}) order by promises.number",
    "overheard": "select question, words.text from overheard join words on words.number = overheard.words "
    "where question in ({}) order by overheard.number",
    "held": "select question, version from unsettled where question in ({})",
}
_NEWEST = {
    "tone": "select * from tones where number in (select max(number) from tones where question in ({}) group by question)",
    "fault": "select * from faults where number in (select max(number) from faults where question in ({}) group by question)",
    "redraft": "select redrafts.*, words.text, (select count(*) from redrafts as wish where wish.question = redrafts.question "
    "and wish.why in ('redraft', 'declined') and wish.after > coalesce((select version from endings "
    "where endings.question = wish.question order by number desc limit 1), -1)) as wishes "
    "from redrafts left join words on words.number = redrafts.words "
    "where redrafts.number in (select max(number) from redrafts where question in ({}) group by question)",
    "handover": "select * from handovers where number in (select max(number) from handovers where question in ({}) group by question)",
    "ending": "select * from endings where number in (select max(number) from endings where question in ({}) group by question)",
    "aside": "select * from asides where number in (select max(number) from asides where question in ({}) group by question)",
    "waiting": "select * from waiting where question in ({})",
}


def _only(**asked: str | None) -> tuple[str, list[str]]:
    """A condition on columns that holds only what is asked, so that an index can tell; and its values."""
    named = {name: value for name, value in asked.items() if value is not None}
    return " and ".join(f"{name} = ?" for name in named) or "true", list(named.values())


def _put(question: Row, name: str, row: Row) -> None:
    if name in ("drafts", "decisions"):
        question[name][row["version"]] = row
    else:
        question[name].append(row)
