"""Wish: a colleague wants other words, or knows better whose fault it is or how it sounds; it is drafted anew at once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.pipeline.preparing import Preparing
from bot.pipeline.refusing import Refusing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.decision import Surface
    from bot.core.fact import Fault
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.core.tone import Polarity
    from bot.pipeline.ports import Rows


class Wishing(Preparing, Refusing):
    """From a wish to another draft."""

    def redraft(self, question: int, version: int, *, by: Person, surface: Surface, feedback: str = "") -> None:
        """Draft anew at once."""
        with self._draft_wish(question, version, by, surface) as (rows, asked):
            self._draft_anew(rows, asked, why="redraft", by=by.name, feedback=feedback)

    def set_fault(self, question: int, version: int, fault: Fault, *, by: Person, surface: Surface) -> None:
        """Say whose fault it is; the draft is stale and drafted anew."""
        with self._draft_wish(question, version, by, surface) as (rows, asked):
            rows.set_fault(question, fault, by=by.name, surface=surface)
            self._draft_anew(rows, asked, why="fault", by=by.name)

    def correct_tone(self, question: int, version: int, polarity: Polarity, *, by: Person, surface: Surface) -> None:
        """Correct the judge; the draft is stale and drafted anew."""
        with self._draft_wish(question, version, by, surface) as (rows, asked):
            rows.correct_tone(question, asked.newest_number, self._tone_of(asked), polarity, by=by.name)
            self._draft_anew(rows, asked, why="tone", by=by.name)

    @contextmanager
    def _draft_wish(self, number: int, version: int, by: Person, surface: Surface) -> Iterator[tuple[Rows, Question]]:
        """A transaction in which other words may be wished for."""
        with self._refused_kept(number, by, surface), self.history.together() as rows:
            yield rows, self._on_the_table(rows, number, version, by)
