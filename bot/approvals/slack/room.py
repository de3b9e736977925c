"""Approval in Slack: questions hang there as cards, and people decide with a click."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.approvals.slack import listeners
from bot.approvals.slack.card import Card, card_of
from bot.approvals.slack.cards import Cards
from bot.approvals.slack.news import post_of
from bot.approvals.slack.pacing import Pacer
from bot.approvals.slack.porter import Porter
from bot.approvals.slack.reception import Reception
from bot.approvals.slack.reports import ROOM, Reports
from bot.approvals.slack.routes import routes
from bot.approvals.slack.sockets import PING_SECONDS, listen
from bot.approvals.slack.speech import speech_of
from bot.approvals.slack.wire import Wire
from bot.approvals.slack.wording import escaped
from bot.errors import ChannelError, NotSent, OutcomeUnknown, SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from fastapi import APIRouter

    from bot.approvals.decisions import Decisions
    from bot.core.health import Health
    from bot.core.house import House
    from bot.core.news import News
    from bot.core.overview import Overview
    from bot.core.person import Person
    from bot.core.question import Question

log = logging.getLogger("candor.slack")
_KNOCK_AGAIN_SECONDS = 5.0


class SlackRoom:
    """One Slack channel in which a team decides; fits the pipeline's port `Approvals`."""

    name = ROOM

    def __init__(  # noqa: PLR0913  # the one place where the room is put together
        self,
        *,
        bot_token: str,
        app_token: str | None,
        signing_secret: str | None,
        api_url: str,
        channel: str,
        fallback_channel: str | None,
        house: House,
        decisions: Decisions,
        clock: Callable[[], datetime],
        find: Callable[[str], int | None],
        seen: Callable[[str], bool],
        limit_of: Callable[[str], int],
        overview: Callable[[Person], Overview],
        health: Health,
        desk_url: str | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ticks: Callable[[], float] = time.monotonic,
        ping: float = PING_SECONDS,
    ) -> None:
        """`find`: the question whose card hangs at a place; `seen`: keeps an id, False when it was known already.

        `overview`: the house at a glance, as one person sees it. `health` is told how clicks and cards go.
        `ticks`: seconds that only ever grow, for pacing; `clock` is the time of day. `ping`: seconds between two looks
        whether the lines of Socket Mode are open.
        """
        self._reports = Reports(health)
        self._house, self._clock, self._desk_url, self._limit_of = house, clock, desk_url, limit_of
        self._app_token, self._signing_secret, self._sleep, self._ping = app_token, signing_secret, sleep, ping
        self._wire = Wire(bot_token, api_url, pacer=Pacer(ticks, sleep), sleep=sleep)
        self._speech = speech_of(house)
        self._cards = Cards(
            self._wire,
            channel=channel,
            fallback=fallback_channel,
            speech=self._speech,
            draw=self._draw,
            read=decisions.question,
        )
        reception = Reception(
            wire=self._wire,
            cards=self._cards,
            porter=Porter(self._wire, self._cards, house.people),
            house=house,
            speech=self._speech,
            decisions=decisions,
            find=find,
            seen=seen,
            limit_of=limit_of,
            overview=overview,
            clock=clock,
            desk_url=desk_url,
            places={},
        )
        self._app = _app(self._wire, bot_token, signing_secret)
        listeners.register(self._app, reception)

    async def show(self, question: Question, place: str | None, *, again: bool) -> str:
        """Hang the question up, or give its card the newest face; gives back where it hangs: `<channel id>/<ts>`.

        With `again`, an earlier post may have arrived although its answer was lost: the channel is looked through
        for our own card first. A card or channel that is gone sends the card to the fall-back channel.

        Raises:
            NotSent: nothing was posted; try again after `retry_after` seconds.
            Refused, NeedsLogin: the text says what to mend.
            OutcomeUnknown: perhaps posted; call again with `again=True`.
        """
        try:
            hangs_at = await self._cards.show(question, place, again=again)
        except ChannelError as error:
            self._reports.card_failed(error)
            raise
        self._reports.card_appeared()
        return hangs_at

    async def tell_below(self, news: News) -> str:
        """Tell news once in the thread of their card; the place of that post. Raises as `show`."""
        return await self._cards.tell_below(news, post_of(news, house=self._house, desk_url=self._desk_url))

    async def alarm(self, text: str) -> None:
        """Tell everybody in the channel; raises as `show`."""
        await self._cards.alarm(text)

    async def tell(self, person: str, text: str) -> None:
        """Tell one colleague alone, in a direct message; everybody when they have no Slack account here."""
        colleague, said = self._house.people.by_name(person), self._speech.why(text)
        if colleague is None or colleague.slack is None:
            await self.alarm(f"{person}: {said}")
        else:
            await self._wire.say(await self._wire.alone_with(colleague.slack), escaped(said))

    async def open(self) -> None:
        """Learn who we are and which channels are ours, before the first click; raises as `show`."""
        await self._wire.who()
        await self._cards.rooms()
        if self._app_token:
            await self._wire.may_listen(self._app_token)

    async def run(self) -> None:
        """Listen over Socket Mode until cancelled; returns at once when Slack knocks at our own address instead."""
        await self._open_patiently()
        self._reports.clicks_arrive()
        if self._app_token:
            client = AsyncWebClient(base_url=self._wire.client.base_url)
            await listen(self._app, self._app_token, client, self._reports, ping=self._ping)

    def http_routes(self) -> APIRouter:
        """The signed address for Slack over HTTP; raises SettingsError without a signing secret."""
        if not self._signing_secret:
            raise SettingsError(
                "set SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN for Socket Mode): unsigned knocks stay outside"
            )
        return routes(self._app, self._signing_secret)

    async def _open_patiently(self) -> None:
        """A network that is down at start is waited for; a key that does not fit is told at once."""
        while True:
            try:
                return await self.open()
            except (NotSent, OutcomeUnknown) as error:
                log.warning("Slack cannot be reached yet: %s", error)
                self._reports.no_click_arrives(error.why)
                await self._sleep(_KNOCK_AGAIN_SECONDS)

    def _draw(self, question: Question) -> Card:
        return card_of(
            question,
            house=self._house,
            now=self._clock(),
            desk_url=self._desk_url,
            limit=self._limit_of(question.newest.channel),
        )


def _without_the_wires_own_story(record: logging.LogRecord) -> bool:
    """A line that broke while an answer went out is one line in the log: Slack brings the click again."""
    if record.exc_info and isinstance(record.exc_info[1], ConnectionError):
        record.exc_info = None
    return True


def _app(wire: Wire, bot_token: str, signing_secret: str | None) -> AsyncApp:
    """Bolt, told who we are from what we already know: asking Slack first would make the first receipt late."""

    async def authorize() -> AuthorizeResult:
        us = await wire.who()
        return AuthorizeResult(
            enterprise_id=None, team_id=us.team, bot_token=bot_token, bot_id=us.bot, bot_user_id=us.user
        )

    quiet = logging.getLogger("candor.slack.bolt")
    quiet.setLevel(logging.ERROR)  # its warnings quote what Slack sent, and that is customers' and colleagues' text
    quiet.addFilter(_without_the_wires_own_story)
    client = AsyncWebClient(base_url=wire.client.base_url, retry_handlers=[])
    # Bolt names a logger after the app and gives it the level of `quiet`: called "candor", it would silence the house.
    return AsyncApp(
        name=quiet.name, logger=quiet, client=client, authorize=authorize, signing_secret=signing_secret or ""
    )
