"""The wall in Slack: each question hangs there once, and its newest face is the one that shows."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from bot.approvals.slack.addresses import place_from, place_of
from bot.approvals.slack.card import KIND, Card
from bot.approvals.slack.outcomes import GONE, Gone
from bot.approvals.slack.wording import escaped
from bot.core.why import Why
from bot.errors import ChannelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.approvals.slack.speech import Speech
    from bot.approvals.slack.wire import Wire
    from bot.core.news import News
    from bot.core.question import Question

log = logging.getLogger("candor.slack")
_CLOCKS_DIFFER = 600
"""Seconds by which Slack's clock and ours may differ."""


class Cards:
    """Hangs cards up, redraws them one after the other, and finds them a new place when theirs is gone."""

    def __init__(
        self,
        wire: Wire,
        *,
        channel: str,
        fallback: str | None,
        speech: Speech,
        draw: Callable[[Question], Card],
        read: Callable[[int], Question | None],
    ) -> None:
        self._wire, self._channel, self._fallback = wire, channel, fallback
        self._speech, self._draw, self._read = speech, draw, read
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._alarmed: set[Why] = set()

    async def show(self, question: Question, place: str | None, *, again: bool) -> str:
        """Post or update the card and say where it hangs; see `SlackRoom.show`."""
        async with self._turn(question.number):
            if again:
                place = await self._hanging(question) or place
            # The rows may have moved on while this waited: an older face must never cover a newer one.
            card = self._draw(await self._newest(question.number) or question)
            if place is None:
                return await self._hang(card)
            try:
                await self._wire.update(place, card)
            except Gone as gone:
                return await self._hang_elsewhere(card, gone)
            return place

    async def tell_below(self, news: News, post: Card) -> str:
        """Post news in the thread of their card, unless an earlier call did although its answer was lost."""
        us = await self._wire.who()
        for card in news.begun_below:
            try:
                async for said in self._wire.thread(card):
                    if said.get("bot_id") == us.bot and said.get("metadata") == post.metadata:
                        return place_of(place_from(card)[0], said["ts"])
            except Gone:
                continue
        return await self._wire.answer(news.card, post)

    async def redraw(self, number: int, place: str) -> None:
        """Give a card its present face at once; what fails here is healed by the minute's round."""
        async with self._turn(number):
            question = await self._newest(number)
            if question is None:
                return
            try:
                await self._wire.update(place, self._draw(question))
            except ChannelError as error:
                log.warning("question %d: the card was not redrawn: %s", number, error)

    async def alarm(self, text: str) -> None:
        """Tell everybody in the channel, or in the fall-back channel when ours is gone."""
        line = f":rotating_light: {escaped(self._speech.why(text))}"
        try:
            await self._wire.say(self._channel, line)
        except Gone:
            if self._fallback is None:
                raise
            await self._wire.say(self._fallback, line)

    async def rooms(self) -> set[str]:
        """The ids of the channels that clicks may come from."""
        return {await self._wire.channel_id(name) for name in (self._channel, self._fallback) if name}

    async def _hang(self, card: Card) -> str:
        try:
            return await self._wire.post(self._channel, card)
        except Gone as gone:
            return await self._hang_elsewhere(card, gone)

    async def _hang_elsewhere(self, card: Card, gone: Gone) -> str:
        """The draft is never lost: the fall-back channel takes the card, and everybody hears why."""
        deleted = gone.code in ("message_not_found", "thread_not_found")
        if self._fallback is None and not deleted:
            raise Gone(gone.code, Why.slack_no_fallback(first=gone.why)) from gone
        place = await self._wire.post(self._fallback or self._channel, card)
        if deleted:
            await self._tell(self._speech.say("wall.deleted"))
        elif GONE[gone.code] not in self._alarmed:
            self._alarmed.add(GONE[gone.code])
            await self._tell(self._speech.say("wall.moved", why=self._speech.why(gone.why)))
        return place

    async def _tell(self, text: str) -> None:
        try:
            await self._wire.say(self._fallback or self._channel, f":rotating_light: {text}")
        except ChannelError as error:
            log.warning("nobody was told that a card hangs elsewhere now: %s", error)

    async def _hanging(self, question: Question) -> str | None:
        """Look for our own card by our own draft id; workspace ids differ in shared channels."""
        us = await self._wire.who()
        for room in await self.rooms():
            try:
                async for post in self._wire.history(room, oldest=question.opened_at.timestamp() - _CLOCKS_DIFFER):
                    if post.get("bot_id") == us.bot and _is_card_of(question.number, post):
                        return place_of(room, post["ts"])
            except Gone:
                continue
        return None

    async def _newest(self, number: int) -> Question | None:
        return await asyncio.to_thread(self._read, number)

    def _turn(self, number: int) -> asyncio.Lock:
        """Updates of one card never run side by side."""
        return self._turns.setdefault(number, asyncio.Lock())


def _is_card_of(number: int, post: dict[str, object]) -> bool:
    metadata = post.get("metadata")
    return (
        isinstance(metadata, dict)
        and metadata.get("event_type") == KIND
        and metadata.get("event_payload", {}).get("question") == number
    )
