"""What every part of the way stands on: the rooms it was given, and reading what the house knows."""

from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING

from bot.core.health import Health

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from bot.core.house import House
    from bot.core.person import People, Person
    from bot.core.question import Question
    from bot.pipeline.ports import Approvals, Channel, Drafter, Guard, History, Jobs, Judge, Rows


OVERDUE_AFTER = 30.0
"""Seconds after which a step that has no job under way is begun again."""


def place_of_fault(error: Exception) -> str:
    """The kind of a fault and where it happened, for the log; not its own words, which might be a customer's."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}".rstrip()


def nothing_happens(_point: str) -> None:
    """The named points of the way do nothing until a test arms one."""


class Base:
    """The rooms around the pipeline, given once by `app`."""

    def __init__(
        self,
        *,
        house: House,
        history: History,
        jobs: Jobs,
        judge: Judge,
        drafter: Drafter,
        guard: Guard,
        channels: Mapping[str, Channel],
        outbox: Channel,
        approvals: Approvals | None,
        limit_of: Callable[[str], int],
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = lambda: 0.0,
        drafts_at_once: int = 1,
        reached: Callable[[str], None] = nothing_happens,
        health: Health | None = None,
    ) -> None:
        self.house = house
        self.history = history
        self.jobs = jobs
        self.judge = judge
        self.drafter = drafter
        self.guard = guard
        self.channels = channels
        self.outbox = outbox
        self.approvals = approvals
        self.limit_of = limit_of
        self.clock = clock
        self.sleep = sleep
        self.jitter = jitter
        self.drafts_at_once = drafts_at_once
        self.reached = reached
        self.overdue_after = OVERDUE_AFTER
        self.health = health or Health(clock=clock)

    @property
    def people(self) -> People:
        """Everybody who works here."""
        return self.house.people

    @property
    def paused(self) -> bool:
        """Whether sending is paused."""
        with self.history.reading() as rows:
            return rows.paused

    def question(self, number: int) -> Question | None:
        """One question with everything a card or page shows; nothing when there is none of that number."""
        with self.history.reading() as rows:
            return rows.question(number)

    def _standing(self, number: int) -> Question:
        question = self.question(number)
        assert question is not None  # noqa: S101  # decided just now, so it is there
        return question

    def question_at(self, place: str) -> int | None:
        """Whose card hangs at this place."""
        with self.history.reading() as rows:
            return rows.question_at(place)

    def open_questions(
        self, *, after: str | None = None, limit: int = 50, channel: str | None = None, standing: str | None = None
    ) -> tuple[Sequence[Question], str | None]:
        """Open questions, most urgent first (due time), and the cursor of the next page."""
        with self.history.reading() as rows:
            page = rows.open_numbers(after=after, limit=limit, channel=channel, standing=standing)
            found = rows.questions([number for _, number in page])
        return found, page[-1][0] if len(page) == limit else None

    def next_waiting(self, person: Person, *, but: int) -> int | None:
        """The most urgent question beside this one that still waits for this person; nothing when there is none."""
        with self.history.reading() as rows:
            return rows.next_waiting(person.name, but=but)

    def beside(self, number: int, *, back: bool = False) -> int | None:
        """The open question that comes after this one, or before it; nothing when none is open."""
        with self.history.reading() as rows:
            return rows.beside(number, back=back)

    def open_count(self, *, channel: str | None = None, standing: str | None = None) -> int:
        """How many questions stand open; with a filter, how many of them fit it."""
        with self.history.reading() as rows:
            return rows.open_count(channel=channel, standing=standing)

    def _changed(self, rows: Rows, *questions: int, first: bool = False) -> None:
        """These questions stand elsewhere now: the lists know, and their cards are drawn again (`first`: before others)."""
        rows.note_standings(questions)
        self._redraw(rows, *questions, first=first)

    def _draft_anew(self, rows: Rows, question: Question, *, why: str, by: str, feedback: str = "") -> None:
        """Keep that other words are wanted than those on the table, or on their way to it, and promise them."""
        wish = rows.ask_anew(question.number, question.version, why=why, by=by, feedback=feedback)
        self.jobs.enqueue(rows, "prepare", f"prepare:{question.newest_number}:wish-{wish}", [question.newest_number])
        self._changed(rows, question.number, first=True)

    def _redraw(self, rows: Rows, *questions: int, first: bool = False) -> None:
        """The cards of these questions are drawn again."""
        if self.approvals is not None:
            for question in questions:
                rows.repaint(question, first=first)
