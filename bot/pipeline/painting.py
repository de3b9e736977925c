"""Ask: keep every card showing what is true, one card at a time, the most important first.

A list of stale cards in the database, written in the same transaction as whatever changed, instead of one job a card:
ten changes become one drawing, decisions come before new cards, and a crash loses nothing (decision 0004).
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.errors import ChannelError, NotSent
from bot.pipeline.base import Base, place_of_fault

if TYPE_CHECKING:
    from bot.core.card import StaleCard
    from bot.core.question import Question
    from bot.pipeline.ports import Approvals

log = logging.getLogger("candor.pipeline")

LOOK_EVERY = 0.1
"""Seconds between two looks at an empty list."""
LONGEST_WAIT = 30.0
"""Seconds at most between two tries while cards cannot be drawn."""


class Painting(Base):
    """From rows to cards."""

    async def paint(self) -> None:
        """Draw stale cards for as long as the house is open."""
        if self.approvals is None:
            return
        await asyncio.to_thread(self._hang_missing, self.approvals.name)
        wait = 0.0
        while True:
            drawn = await self.paint_next()
            wait = _next_wait(wait, drawn=drawn)
            await self._rest(wait)

    async def paint_next(self) -> bool | None:
        """Draw the most important stale card; None when there is none, False when it could not be drawn now."""
        approvals = self.approvals
        if approvals is None or (stale := await asyncio.to_thread(self._next_stale)) is None:
            return None
        question = await asyncio.to_thread(self.question, stale.question)
        if question is None:
            await asyncio.to_thread(self._drop, stale)
            return True
        return await self._draw(approvals, stale, question)

    async def _draw(self, approvals: Approvals, stale: StaleCard, question: Question) -> bool:
        if stale.place is None and not stale.begun:
            await asyncio.to_thread(self._begin, stale, approvals.name)
        self.reached("paint: before the call")
        try:
            place = await approvals.show(question, stale.place, again=stale.begun)
        except NotSent as error:
            await asyncio.to_thread(self._put_off, stale)
            await self.sleep(error.retry_after)
            return False
        except ChannelError as error:
            log.warning("the card of question %d could not be drawn: %s", stale.question, error)
            await asyncio.to_thread(self._put_off, stale)
            return False
        except Exception as error:  # noqa: BLE001  # one broken card must not take the house down, again at each start
            log.error("the card of question %d broke: %s", stale.question, place_of_fault(error))  # noqa: TRY400  # see there
            await asyncio.to_thread(self._put_off, stale)
            return False
        self.reached("paint: drawn")
        await asyncio.to_thread(self._keep_card, stale, approvals.name, place, question.version)
        self.reached("paint: kept")
        return True

    async def _rest(self, wait: float) -> None:
        """Wait, but no longer than until another card is to be drawn: one that cannot be keeps nobody else's waiting."""
        while wait > 0:
            await self.sleep(min(wait, LOOK_EVERY))
            wait -= LOOK_EVERY
            if wait > 0 and await asyncio.to_thread(self._fresh_card):
                return

    def _fresh_card(self) -> bool:
        with self.history.reading() as rows:
            return rows.fresh_card()

    def _hang_missing(self, surface: str) -> None:
        with self.history.together() as rows:
            rows.hang_missing_cards(surface)

    def _next_stale(self) -> StaleCard | None:
        with self.history.reading() as rows:
            return rows.next_stale()

    def _begin(self, stale: StaleCard, surface: str) -> None:
        with self.history.together() as rows:
            rows.begin_card(stale.question, surface)

    def _keep_card(self, stale: StaleCard, surface: str, place: str, version: int) -> None:
        with self.history.together() as rows:
            rows.keep_card(stale, surface, place, version)

    def _put_off(self, stale: StaleCard) -> None:
        with self.history.together() as rows:
            rows.put_off(stale)

    def _drop(self, stale: StaleCard) -> None:
        with self.history.together() as rows:
            rows.drop_stale(stale)


def _next_wait(wait: float, *, drawn: bool | None) -> float:
    """Seconds until the next look: none while cards are drawn, longer and longer while they cannot be."""
    if drawn is None:
        return LOOK_EVERY
    return 0.0 if drawn else min(max(wait, 0.5) * 2, LONGEST_WAIT)
