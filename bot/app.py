"""The composition root: the only file that knows every room, and opens the house."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import time
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.approvals.web.desk import desk
from bot.approvals.web.session import Doorkeeper
from bot.channels.outbox import Outbox
from bot.clock import now
from bot.core.health import Health
from bot.core.why import Why
from bot.drafting.drafters import drafter_of
from bot.engine import Engine
from bot.errors import CandorError, HistoryError, NeedsLogin, SettingsError
from bot.front import front, serve
from bot.guard.guard import Guard
from bot.history.store import History
from bot.pipeline import Pipeline
from bot.pipeline.base import nothing_happens
from bot.tone.judge import RuleJudge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
    from datetime import datetime

    from starlette.routing import BaseRoute

    from bot.approvals.slack.room import SlackRoom
    from bot.channels.telegram import TelegramChannel
    from bot.core.attempt import Attempt
    from bot.core.health import Report, Work
    from bot.core.mention import Delivery
    from bot.core.person import Person
    from bot.pipeline.ports import Drafter
    from bot.settings import Settings

log = logging.getLogger("candor")

DRAFTS_AT_ONCE_WITH_A_MODEL = 8
WORKED_FOR = timedelta(minutes=1)
"""A room that ran this long before its key failed has a new trouble, which is told again."""
LOGIN_AGAIN_AFTER = 300.0
"""Seconds until a channel whose key did not fit is tried again."""
MEMORY_AGAIN_AFTER = 5.0
"""Seconds until a room goes on whose rows could not be written."""
ORDINARY_LIMIT = 4096
_LIMITS: Mapping[str, int] = {"telegram": 4096}
_GOES: Mapping[Work, str] = {
    "hearing": "listening", "replies": "replies go out", "clicks": "taking clicks", "cards": "cards appear",
}  # fmt: skip
CHANNELS = tuple(_LIMITS)
"""Every channel that is built."""


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
        self.health = Health(clock=clock, changed=self._tell_change)
        self._tasks: asyncio.TaskGroup | None = None
        self._alarmed: set[str] = set()
        """Rooms whose trouble everybody was told of, and not yet of its end."""
        self.keeper = Doorkeeper(clock=clock)
        url = f"sqlite:///{settings.database}"
        self.history = History(url, clock=clock)
        self.engine = Engine(url)
        self.telegram = _telegram(settings, self.health)
        with_model = settings.openai_api_key is not None
        self.pipeline = Pipeline(
            house=settings.house,
            history=self.history,
            jobs=self.engine,
            judge=RuleJudge(settings.house.languages),
            drafter=_drafter(settings),
            guard=Guard(),
            channels={"telegram": self.telegram} if self.telegram else {},
            outbox=Outbox(self._keep_in_outbox, self._seek_in_outbox),
            approvals=None,
            limit_of=limit_of,
            clock=clock,
            sleep=sleep,
            jitter=random.random,
            drafts_at_once=DRAFTS_AT_ONCE_WITH_A_MODEL if with_model else 1,
            reached=reached,
            health=self.health,
        )
        self.slack = _slack(settings, self)
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

    async def run(self, *, port: int, on_ready: Callable[[str], None]) -> None:
        """Listen, ask, publish and serve the desk until cancelled."""
        async with self.opened(), asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            webhooks = self._begin_to_listen(tasks)
            tasks.create_task(self._kept_going("Cards", self.pipeline.paint))
            tasks.create_task(self._kept_going("Sweeping", self.pipeline.sweep_for_ever))
            if self.slack is not None:
                tasks.create_task(self._kept_going("Slack", self.slack.run, ("slack", "clicks")))
                tasks.create_task(self._kept_going("Threads", self.pipeline.tell_news))
            await serve(self._front(webhooks), host=self.settings.rules.desk.host, port=port, on_ready=on_ready)

    def links(self) -> Sequence[tuple[Person, str]]:
        """A one-time path to the desk for everybody who has a login (or for the first person who decides)."""
        people = self.settings.house.people.everybody
        with_login = [person for person in people if person.login]
        return [(person, self.keeper.invite(person)) for person in with_login or people[:1]]

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        """What a channel delivered, stored in a thread before the channel may confirm it."""
        await asyncio.to_thread(self.pipeline.take, deliveries)

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
        hearing: tuple[str, Work] = (telegram.name, "hearing")
        if url and secret:
            from bot.channels.telegram_webhook import PATH, route

            address, key = url.rstrip("/") + PATH, secret.get_secret_value()
            doors.append(route(self.take, secret=key, intake=lambda: telegram.intake))
            tasks.create_task(self._kept_going("Telegram", lambda: telegram.open_webhook(address, key), hearing))
        else:
            tasks.create_task(self._kept_going("Telegram", lambda: telegram.listen(self.take), hearing))
        return doors

    async def _kept_going(
        self, name: str, body: Callable[[], Awaitable[None]], work: tuple[str, Work] | None = None
    ) -> None:
        """A room whose key no longer fits says so once and is tried again; the rest of the house goes on.

        A memory that cannot be written (full disk, lock) is tried again soon: what was not stored was not confirmed.
        `work`: what does not go on meanwhile; the room itself reports when it does.
        """
        told = ""
        while True:
            began = self.clock()
            try:
                return await body()
            except NeedsLogin as error:
                log.error("%s: %s", name, error)  # noqa: TRY400  # foreseen: its one line is all there is to say
                self._report_ill(work, error)
                if str(error) != told or self.clock() - began > WORKED_FOR:
                    await self.pipeline.alarm(Why.stands_still(room=name, because=error.why))
                    self._alarmed.add(name)
                told = str(error)
                await self.sleep(LOGIN_AGAIN_AFTER)
            except HistoryError as error:
                log.error("%s: %s", name, error)  # noqa: TRY400  # likewise
                self._report_ill(work, error)
                await self.sleep(MEMORY_AGAIN_AFTER)

    def _report_ill(self, work: tuple[str, Work] | None, error: CandorError) -> None:
        if work is not None:
            self.health.ill(*work, error.why)

    def _tell_change(self, report: Report) -> None:
        """Whoever was told of a trouble is told of its end; the trouble itself was told where it was noticed."""
        if report.why:
            return
        name = report.room.capitalize()
        log.info("%s: %s%s", name, _GOES[report.work], " again" if report.again else "")
        if name in self._alarmed and self._tasks is not None:
            self._alarmed.remove(name)
            self._tasks.create_task(self.pipeline.alarm(Why.works_again(channel=name)))

    def _front(self, webhooks: Sequence[BaseRoute]) -> Callable[..., Coroutine[object, object, None]]:
        table = desk(
            self.pipeline, house=self.settings.house, keeper=self.keeper, clock=self.clock, channels=CHANNELS, health=self.health,
            hosts=self._hosts(), https=(self.settings.rules.desk.url or "").casefold().startswith("https:"),
        )  # fmt: skip
        return front(desk=table, webhooks=webhooks, health=self._health)

    def _hosts(self) -> set[str]:
        """Names under which the desk answers beside this machine's own: those the settings give it."""
        named = self.settings.rules.desk
        return {name for name in (named.host, urlsplit(named.url or "").hostname) if name}

    def _health(self) -> Mapping[str, object]:
        """For whoever watches the house: not ok while anything cannot be heard, said or asked."""
        troubles = [
            {"room": report.room, "work": report.work, "since": report.at.isoformat(), "why": report.why}
            for report in self.health.troubles
        ]
        paused, waiting = self.pipeline.paused, self.pipeline.open_count()
        return {"ok": not troubles, "open": waiting, "paused": paused, "troubles": troubles}

    def _keep_in_outbox(self, attempt: Attempt) -> int:
        with self.history.together() as rows:
            return rows.keep_in_outbox(attempt)

    def _seek_in_outbox(self, key: str) -> int | None:
        with self.history.reading() as rows:
            return rows.seek_in_outbox(key)


def limit_of(channel: str) -> int:
    """The longest reply a channel takes, in its own units."""
    return _LIMITS.get(channel, ORDINARY_LIMIT)


async def until_stopped(body: Coroutine[object, object, None]) -> bool:
    """Run until done, or until somebody ends the program; then everything running is let finish. Whether it was done."""
    task = asyncio.ensure_future(body)
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped")
        return False
    except BaseExceptionGroup as group:  # rooms run side by side; what one of them foresaw is told in its one line
        raise _foreseen_in(group) or group from None
    return True


def _foreseen_in(group: BaseExceptionGroup) -> CandorError | None:
    """The first failure of a group that holds foreseen ones only."""
    foreseen, rest = group.split(CandorError)
    if foreseen is None or rest is not None:
        return None
    first = foreseen.exceptions[0]
    return _foreseen_in(first) if isinstance(first, BaseExceptionGroup) else first


def _drafter(settings: Settings) -> Drafter:
    """The model when its key is set, with the templates behind it; else the templates."""
    key = settings.openai_api_key
    return drafter_of(
        "auto",
        settings.folder,
        key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
    )


def _telegram(settings: Settings, health: Health) -> TelegramChannel | None:
    """The Telegram room when its token is set; its library is loaded only then."""
    if settings.telegram_bot_token is None:
        return None
    from bot.channels.telegram import TelegramChannel

    return TelegramChannel(
        token=settings.telegram_bot_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        house=settings.house,
        health=health,
        clock=time.monotonic,
        sleep=asyncio.sleep,
        rng=random.Random(),  # noqa: S311  # jitter, no secret
    )


def _slack(settings: Settings, house: OpenHouse) -> SlackRoom | None:
    """The Slack room when its token is set; its library is loaded only then."""
    if missing := settings.missing_for_slack:
        raise SettingsError(
            f"set {', '.join(missing)} as well (SLACK_SIGNING_SECRET does for HTTP), or no Slack setting at all"
        )
    if settings.slack_bot_token is None or settings.slack_channel is None:
        return None
    from bot.approvals.slack.room import SlackRoom

    app_token, signing_secret = settings.slack_app_token, settings.slack_signing_secret
    return SlackRoom(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=app_token.get_secret_value() if app_token else None,
        signing_secret=signing_secret.get_secret_value() if signing_secret else None,
        api_url=settings.slack_api_url,
        channel=settings.slack_channel,
        fallback_channel=settings.rules.slack.fallback_channel,
        house=settings.house,
        decisions=house.pipeline,
        clock=house.clock,
        find=house.pipeline.question_at,
        seen=house.pipeline.first_seen,
        limit_of=limit_of,
        overview=house.pipeline.overview,
        health=house.health,
        sleep=house.sleep,
        ticks=house.ticks,
        desk_url=settings.rules.desk.url,
    )
