"""Sweep: whatever a crash, a pause or a dead key left lying is picked up again; nothing is ignored."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.why import Why
from bot.pipeline.publishing import Publishing

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger("candor.pipeline")

SWEEP_EVERY = 5.0
"""Seconds between two sweeps; each costs a few indexed reads."""
ENGINE_ROWS_KEPT = timedelta(days=1)


class Sweeping(Publishing):
    """Safe to run at any time and on several machines at once: unique ids settle who is first."""

    async def sweep_for_ever(self) -> None:
        """Sweep for as long as the house is open."""
        turns = 0
        while True:
            await self.sleep(SWEEP_EVERY)
            await self.sweep()
            if turns % 12 == 0:  # every minute
                await self.nudge()
            if turns % 720 == 0:  # hourly
                await self.tidy()
            turns += 1

    async def sweep(self) -> None:
        """Promise again what is overdue and has no job under way."""
        now = self.clock()
        await self._draft_what_lacks_words(now - timedelta(seconds=self.overdue_after))
        await self._publish_what_waits(now)

    async def tidy(self) -> None:
        """Forget what need not be kept: raw deliveries after a week, the engine's rows after a day."""
        await asyncio.to_thread(self._forget_raw)
        await self.jobs.tidy(self.clock() - ENGINE_ROWS_KEPT)

    async def _draft_what_lacks_words(self, before: datetime) -> None:
        """A question without words and without a job is drafted again, alone; one that ends its job twice is set aside."""
        lacking = await asyncio.to_thread(self._lacking, before)
        if not lacking:
            return
        under_way = {number for (numbers,) in await self.jobs.unfinished("prepare") for number in _numbers(numbers)}
        for question, mention in lacking.items():
            if mention not in under_way:
                alone = await self.jobs.promised_so_far(f"alone:{mention}:")
                await asyncio.to_thread(self._draft_alone, question, mention, alone)

    def _draft_alone(self, question: int, mention: int, before: int) -> None:
        with self.history.together() as rows:
            if before > 1:
                rows.set_aside(question, mention, Why.drafting_killed())
                self._changed(rows, question)
            else:
                self.jobs.enqueue(rows, "prepare", f"alone:{mention}:{before}", [mention], queue="alone")

    async def _publish_what_waits(self, now: datetime) -> None:
        """Replies whose waiting time is over, decisions nobody carried out, attempts nobody finished."""
        waiting = await asyncio.to_thread(self._waiting_replies, now)
        if not waiting:
            return
        under_way = set(await self.jobs.unfinished("publish"))
        for question, version in waiting:
            if (question, version) not in under_way:
                turn = await self.jobs.promised_so_far(f"publish:{question}:{version}:again-")
                await asyncio.to_thread(self._publish_again, question, version, turn)

    def _publish_again(self, question: int, version: int, turn: int) -> None:
        with self.history.together() as rows:
            self._promise_to_publish(rows, question, version, f"again-{turn}")

    def _lacking(self, before: datetime) -> dict[int, int]:
        with self.history.reading() as rows:
            return rows.lacking_words(before)

    def _waiting_replies(self, now: datetime) -> list[tuple[int, int]]:
        with self.history.reading() as rows:
            if rows.paused:
                return []
            overdue = now - timedelta(seconds=self.overdue_after)
            waiting = (*rows.held(now), *rows.decided_unsent(overdue), *rows.unfinished(overdue))
            return list(dict.fromkeys(waiting))

    def _forget_raw(self) -> None:
        with self.history.together() as rows:
            rows.forget_raw(self.house.keep_raw)


def _numbers(subject: object) -> list[int]:
    return [number for number in subject if isinstance(number, int)] if isinstance(subject, list) else []
