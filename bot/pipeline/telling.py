"""Tell: what happened to a question, once, in the thread of its card; after every decision and every card."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.errors import ChannelError, NotSent, Refused
from bot.pipeline.base import Base, place_of_fault

if TYPE_CHECKING:
    from bot.core.news import News
    from bot.pipeline.ports import Approvals

log = logging.getLogger("candor.pipeline")

LOOK_EVERY = 0.25
"""Seconds between two looks while there is nothing to tell: nobody clicks on news."""
LONGEST_WAIT = 30.0
"""Seconds at most between two tries while nothing can be told."""


class Telling(Base):
    """From rows to threads; a loop of its own, so that no card ever waits for news."""

    async def tell_news(self) -> None:
        """Tell for as long as the house is open."""
        if self.approvals is None:
            return
        wait = LOOK_EVERY
        while True:
            told = await self.tell_next()
            wait = min(wait * 2, LONGEST_WAIT) if told is False else LOOK_EVERY
            await self.sleep(0.0 if told else wait)

    async def tell_next(self) -> bool | None:
        """Tell the oldest news; None when there are none or cards come first, False when they could not be told now."""
        approvals = self.approvals
        if approvals is None or (news := await asyncio.to_thread(self._next_news)) is None:
            return None
        if news.card not in news.begun_below:
            await asyncio.to_thread(self._begin_telling, news)
        self.reached("tell: before the call")
        post = await self._post_below(approvals, news)
        if post is None:
            return False
        self.reached("tell: told")
        await asyncio.to_thread(self._keep_told, news, post)
        self.reached("tell: kept")
        return True

    async def _post_below(self, approvals: Approvals, news: News) -> str | None:
        """The place of the post; nothing when it was put off."""
        try:
            return await approvals.tell_below(news)
        except NotSent as error:
            await asyncio.to_thread(self._put_off_news, news)
            await self.sleep(error.retry_after)
        except ChannelError as error:
            log.warning("the thread of question %d could not be written: %s", news.question, error)
            await asyncio.to_thread(self._put_off_news, news, look=isinstance(error, Refused))
        except Exception as error:  # noqa: BLE001  # as with cards: one that breaks must not take the house down
            log.error("the thread of question %d broke: %s", news.question, place_of_fault(error))  # noqa: TRY400  # see there
            await asyncio.to_thread(self._put_off_news, news)
        return None

    def _next_news(self) -> News | None:
        with self.history.reading() as rows:
            return None if rows.fresh_card() else rows.next_news()

    def _begin_telling(self, news: News) -> None:
        with self.history.together() as rows:
            rows.begin_telling(news)

    def _keep_told(self, news: News, post: str) -> None:
        with self.history.together() as rows:
            rows.keep_told(news, post)

    def _put_off_news(self, news: News, *, look: bool = False) -> None:
        """Others first; `look`: drawing the card finds out whether it still hangs there, and hangs it elsewhere."""
        with self.history.together() as rows:
            rows.put_off_news(news.question)
            if look:
                rows.repaint(news.question)
