"""One house, opened: every room in its place, and what they hand to each other."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.app.doors import front_of
from bot.app.going_on import GoingOn
from bot.app.rooms import drafter_in, limit_of, outbox_in, slack_in, telegram_in
from bot.approvals.web.session import Doorkeeper
from bot.clock import now
from bot.engine import Engine
from bot.front import serve
from bot.guard.guard import Guard
from bot.history.store import History
from bot.pipeline import Pipeline
from bot.pipeline.base import nothing_happens
from bot.tone.judge import RuleJudge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
    from datetime import datetime

    from starlette.routing import BaseRoute

    from bot.core.health import Work
    from bot.core.mention import Delivery
    from bot.core.person import Person
    from bot.settings import Settings

    Beside = Callable[[], Coroutine[object, object, None]]

DRAFTS_AT_ONCE_WITH_A_MODEL = 8


class OpenHouse:
    """Every room of one house in one process, wired; `opened` starts its engine and takes the database."""

    def __init__(
        self,
        settings: Settings,
        *,
        reached: Callable[[str], None] = nothing_happens,
        clock: Callable[[], datetime] = now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ticks`: seconds that only ever grow, for pacing; `clock` is the time of day."""
        self.settings = settings
        self.clock, self.sleep, self.ticks = clock, sleep, ticks
        self.going_on = GoingOn(alarm=self._alarm, clock=clock, sleep=sleep)
        self.health = self.going_on.health
        self.keeper = Doorkeeper(clock=clock)
        url = f"sqlite:///{settings.database}"
        self.history = History(url, clock=clock)
        self.engine = Engine(url)
        self.telegram = telegram_in(settings, self.health)
        self.pipeline = Pipeline(
            house=settings.house,
            history=self.history,
            jobs=self.engine,
            judge=RuleJudge(settings.house.languages),
            drafter=drafter_in(settings),
            guard=Guard(),
            channels={"telegram": self.telegram} if self.telegram else {},
            outbox=outbox_in(self.history),
            approvals=None,
            limit_of=limit_of,
            clock=clock,
            sleep=sleep,
            jitter=random.random,
            drafts_at_once=DRAFTS_AT_ONCE_WITH_A_MODEL if settings.openai_api_key else 1,
            reached=reached,
            health=self.health,
        )
        self.slack = slack_in(settings, self)
        self.pipeline.approvals = self.slack

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Pipeline]:
        """Take the database, begin what was promised, and let go of everything at the end."""
        await asyncio.to_thread(self.history.file.claim)
        await self.engine.start({"prepare": self.pipeline.prepare, "publish": self.pipeline.publish})
        listening = asyncio.create_task(asyncio.to_thread(self._prick_up_ears))
        try:
            yield self.pipeline
        finally:
            await listening
            await self.engine.stop()
            if self.telegram is not None:
                await self.telegram.close()
            self.history.close()

    async def run(self, *, port: int, on_ready: Callable[[str], None], beside: Beside | None = None) -> None:
        """Listen, ask, publish and serve the desk until cancelled; what runs `beside` it has ended before it closes."""
        keep = self.going_on.keep
        async with self.opened(), self.going_on.side_by_side() as tasks:
            webhooks = self._begin_to_listen(tasks)
            tasks.create_task(keep("Cards", self.pipeline.paint))
            tasks.create_task(keep("Sweeping", self.pipeline.sweep_for_ever))
            if self.slack is not None:
                tasks.create_task(keep("Slack", self.slack.run, ("slack", "clicks")))
                tasks.create_task(keep("Threads", self.pipeline.tell_news))
            if beside is not None:
                tasks.create_task(beside())
            await serve(front_of(self, webhooks), host=self.settings.rules.desk.host, port=port, on_ready=on_ready)

    def links(self) -> Sequence[tuple[Person, str]]:
        """A one-time path to the desk for everybody who has a login (or for the first person who decides)."""
        people = self.settings.house.people.everybody
        with_login = [person for person in people if person.login]
        return [(person, self.keeper.invite(person)) for person in with_login or people[:1]]

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        """What a channel delivered, stored in a thread before the channel may confirm it."""
        await asyncio.to_thread(self.pipeline.take, deliveries)

    async def _alarm(self, text: str) -> None:
        await self.pipeline.alarm(text)

    def _prick_up_ears(self) -> None:
        """Load all that the judge knows before the first customer speaks: then it would keep a click waiting."""
        with suppress(OSError):  # no room for its temporary files: the first post that cannot be judged says so
            self.pipeline.judge.judge("Ciabatta Focaccia Grissini")

    def _begin_to_listen(self, tasks: asyncio.TaskGroup) -> list[BaseRoute]:
        """Long polling by default; with a public address, the webhook's door."""
        doors: list[BaseRoute] = []
        if self.slack is not None and not self.settings.slack_app_token:
            doors += self.slack.http_routes().routes
        telegram, url, secret = self.telegram, self.settings.telegram_webhook_url, self.settings.telegram_webhook_secret
        if telegram is None:
            return doors
        keep = self.going_on.keep
        hearing: tuple[str, Work] = (telegram.name, "hearing")
        if url and secret:
            from bot.channels.telegram_webhook import PATH, route

            address, key = url.rstrip("/") + PATH, secret.get_secret_value()
            doors.append(route(self.take, secret=key, intake=lambda: telegram.intake))
            tasks.create_task(keep("Telegram", lambda: telegram.open_webhook(address, key), hearing))
        else:
            tasks.create_task(keep("Telegram", lambda: telegram.listen(self.take), hearing))
        return doors
