"""A house on an unreliable machine: its program dies at named points, its jobs are begun again or lost, its clock jumps."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.core.attempt import Sent
from bot.errors import OutcomeUnknown
from bot.history.store import History
from tests.world import PretendDrafter, World

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime
    from pathlib import Path

    from bot.core.attempt import Attempt
    from bot.core.draft import Brief, Words
    from bot.core.house import House
    from bot.core.question import Question
    from bot.errors import ChannelError
    from bot.pipeline import Pipeline
    from bot.pipeline.ports import Rows


ANSWERS = "answers "


class Killed(BaseException):  # no error: the program is gone
    """The program died at this point; nothing after it happened."""


class StoredJobs:
    """Jobs beside the rows, as the engine keeps them: promised in the same transaction, begun again after a crash."""

    def __init__(self, world: UnreliableWorld) -> None:
        self.world = world

    def enqueue(self, rows: Rows, job: str, id: str, *subject: object, queue: str | None = None) -> None:
        assert rows.connection is not None, "a promise needs a writing transaction"
        rows.connection.exec_driver_sql(
            "insert or ignore into jobs (id, job, subject, ended) values (?, ?, ?, null)",
            (id, job, json.dumps(subject)),
        )

    async def unfinished(self, job: str) -> list[tuple[object, ...]]:
        return [
            tuple(json.loads(row["subject"]))
            for row in self.world.rows("jobs")
            if row["job"] == job and row["ended"] is None
        ]

    async def promised_so_far(self, prefix: str) -> int:
        return len([row for row in self.world.rows("jobs") if row["id"].startswith(prefix)])

    async def tidy(self, completed_before: datetime) -> None:
        self.world.write("delete from jobs where ended < ?", completed_before.isoformat())

    async def run_next(self, pipeline: Pipeline) -> bool:
        """Run the oldest job that has not ended; whether there was one. A job that is killed stays begun."""
        for row in self.world.rows("jobs"):
            if row["ended"] is None:
                await getattr(pipeline, row["job"])(*json.loads(row["subject"]))
                self.world.reached("job: before it is marked as done")
                self.world.write("update jobs set ended = ? where id = ?", self.world.now.isoformat(), row["id"])
                return True
        return False

    async def repeat(self, pipeline: Pipeline, which: int) -> None:
        """An engine runs a job at least once, and sometimes once more."""
        if promised := self.world.rows("jobs"):
            row = promised[-1 - which % len(promised)]
            await getattr(pipeline, row["job"])(*json.loads(row["subject"]))

    def lose(self) -> None:
        """The engine gives up on everything that was begun: only the sweeper is left."""
        self.world.write("update jobs set ended = ? where ended is null", self.world.now.isoformat())


class UnreliableChannel:
    """What stands in public, and every call ever made; it fails and loses answers as it is told."""

    def __init__(self, look: Callable[[int], Question]) -> None:
        self.look = look
        self.called: list[tuple[Attempt, Question]] = []
        """Each with its question as it stood when the call was made."""
        self.public: list[Attempt] = []
        self.fails: list[ChannelError] = []
        self.loses_answers = 0
        self.readable = False
        self.meanwhile: list[Callable[[], None]] = []

    async def publish(self, attempt: Attempt) -> Sent:
        self.called.append((attempt, await asyncio.to_thread(self.look, attempt.question)))
        while self.meanwhile:
            self.meanwhile.pop()()
        if self.fails:
            raise self.fails.pop(0)
        self.public.append(attempt)
        if self.loses_answers:
            self.loses_answers -= 1
            raise OutcomeUnknown("the answer was lost")
        return _sent(attempt)

    async def find(self, attempt: Attempt) -> Sent | None:
        if not self.readable:
            raise OutcomeUnknown("nobody but a person can look")
        return _sent(attempt) if self.stands(attempt.key) else None

    def stands(self, key: str) -> bool:
        """What a person sees who looks at the channel."""
        return any(attempt.key == key for attempt in self.public)


def _sent(attempt: Attempt) -> Sent:
    return Sent(id=f"{attempt.thread}/reply-{attempt.question}-{attempt.version}")


class ListingDrafter(PretendDrafter):
    """Its words come from a template named after the posts they answer, so that the rows tell."""

    async def draft(self, brief: Brief) -> Words:
        words = await super().draft(brief)
        return replace(words, template=ANSWERS + " ".join(post.id for post in brief.posts)) if words.template else words


class UnreliableWorld(World):
    """The house of `tests.world`, with a memory that is opened again after every crash."""

    def __init__(self, folder: Path, *, house: House) -> None:
        self.dies_at: str | None = None
        super().__init__(folder, house=house, cards=True, reached=self.reached)
        self.drafter = self.pipeline.drafter = ListingDrafter()
        self.stored = StoredJobs(self)
        self.pipeline.jobs = self.stored
        self.public = UnreliableChannel(self.question)
        self.pipeline.channels = {"telegram": self.public}
        self.write("create table jobs (id text primary key, job text, subject text, ended text)")
        self.runner = asyncio.Runner()

    def reached(self, point: str) -> None:
        if point == self.dies_at:
            raise Killed(point)

    def does(self, body: Coroutine[Any, Any, object]) -> None:
        """Let something happen; when the program dies over it, it is started again."""
        try:
            self.runner.run(body)
        except Killed:
            self.restarts()

    def decides(self, body: Callable[[], object]) -> None:
        """The same for what a person clicks."""
        try:
            body()
        except Killed:
            self.restarts()

    def restarts(self) -> None:
        """The program begins anew on the same file."""
        self.dies_at = None
        self.history.close()
        self.history = History(f"sqlite:///{self.folder / 'candor.db'}", clock=lambda: self.now)
        self.pipeline.history = self.history

    async def works(self) -> None:
        """Every job that is promised, every card that is stale, all news; a wall that stays broken is left for later."""
        while await self.stored.run_next(self.pipeline):
            pass
        while await self.pipeline.paint_next() or await self.pipeline.tell_next():
            pass

    async def calms_down(self) -> None:
        """Time passes and nothing breaks any more: whatever was left lying is picked up again."""
        for _ in range(4):
            self.now += timedelta(days=2)  # more than all jumps back together
            await self.pipeline.sweep()
            await self.works()

    def everything(self) -> list[Question]:
        """All questions there ever were."""
        with self.history.reading() as rows:
            return list(rows.questions([row["number"] for row in rows.all("select number from questions")]))

    def write(self, statement: str, *values: object) -> None:
        """Something that happens beside the pipeline."""
        with self.history.together() as rows:
            assert rows.connection is not None
            rows.connection.exec_driver_sql(statement, values)

    def ends(self) -> None:
        """Let go of everything."""
        self.runner.close()
        self.history.close()
