"""A town in one process: customers on a pretend Telegram, colleagues in a pretend Slack, and the real house between.

Only the two networks are pretended, by servers that are as strict as the real ones. Everything else is what
`candor run` opens: settings from files, judge, templates, guard, memory, durable jobs, the desk's HTTP front.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from bot.app import OpenHouse
from bot.settings import load
from tests.counterparts.slack_server import SlackServer
from tests.counterparts.slack_workspace import Message, User, View
from tests.counterparts.telegram_server import TelegramServer
from tests.end_to_end.faces import version_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.core.question import Question
    from tests.counterparts.slack_envelope import Envelope
    from tests.counterparts.slack_people import Seen
    from tests.counterparts.telegram_chats import Chat, Person, Post

Found = TypeVar("Found")

ALICE, BOB, CAROL, RITA = "U01ALICE", "U02BOB", "U03CAROL", "U04RITA"
"""Two who decide, somebody whom `candor.toml` does not name, and a reader."""
RULES = """
brand = "Krume Bakery"
languages = ["en", "de"]
brand_words = ["Krume"]

[[people]]
name = "Alice"
slack = "U01ALICE"
telegram = "alice_at_work"
roles = ["approver"]

[[people]]
name = "Bob"
slack = "U02BOB"
roles = ["approver", "admin"]

[[people]]
name = "Rita"
slack = "U04RITA"
roles = ["reader"]

[slack]
fallback_channel = "C0FALLBACK"
"""
PATIENCE = 15.0
"""Seconds a test waits at most; the machine may be busy."""
SLACKS_PATIENCE = 3.0
"""Seconds in which Slack wants a receipt."""
MALFORMED = ("invalid_blocks", "invalid_arguments", "msg_too_long", "no_text")
UNSIGNED = """(select needs from drafts where drafts.question = replies.question and drafts.version = replies.version) >
    (select count(distinct person || look) from signatures
    where signatures.question = replies.question and signatures.version = replies.version
    and signatures.commitment = (select commitment from drafts where drafts.question = replies.question
    and drafts.version = replies.version))"""
_names = count(1)


@dataclass(kw_only=True)
class Town:
    """Both networks and the house; the words that tests are written in."""

    folder: Path
    telegram: TelegramServer
    slack: SlackServer
    env: dict[str, str]
    port: int = 0
    skipped: timedelta = timedelta()
    not_slept: float = 0.0
    """Seconds by which pauses of the house were cut short."""
    longest_sleep: float = 0.1
    """Seconds that a pause of the house really takes at most: its rounds go faster than in earnest."""
    house: OpenHouse = field(init=False)
    address: str = ""
    """Where the house's own HTTP front is."""

    def now(self) -> datetime:
        """The house's clock; tests set it forward."""
        return datetime.now(UTC) + self.skipped

    async def sleep(self, seconds: float) -> None:
        """What the house does between two tries."""
        await asyncio.sleep(min(seconds, self.longest_sleep))
        self.not_slept += max(0.0, seconds - self.longest_sleep)

    def ticks(self) -> float:
        """The house's stop-watch: nobody sets it back."""
        return time.monotonic() + self.skipped.total_seconds() + self.not_slept

    def time_passes(self, **span: float) -> None:
        """Set the clock forward, for the house and for Slack."""
        self.skipped += timedelta(**span)
        self.slack.pass_time(timedelta(**span).total_seconds())

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[OpenHouse]:
        """Open the house, as `candor run` does; closed again at the end, so a town can be opened twice."""
        self.house = OpenHouse(load(self.folder, self.env), clock=self.now, sleep=self.sleep, ticks=self.ticks)
        self.address = ""
        running = asyncio.create_task(self.house.run(port=self.port, on_ready=self._is_at))
        try:
            await self.until(lambda: self.address or running.done())
            if running.done():
                running.result()
            yield self.house
            self.checks_what_always_holds()
            self.house.engine.patience = 0  # nothing runs any more, and its watch ticks in whole seconds
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    def checks_what_always_holds(self) -> None:
        """At most one reply for a decision, none without its signatures; every click acknowledged, every card well formed."""
        publishing = self.rows("decisions", "kind in ('approved', 'rewritten')")
        assert len(self.telegram.sent) <= len(publishing)
        assert self.rows("replies", UNSIGNED) == []
        assert [ack for ack in self.slack.acks if ack.delay >= SLACKS_PATIENCE] == []
        assert [call for call in self.slack.calls if call.error in MALFORMED] == []

    def _is_at(self, address: str) -> None:
        self.address = address

    def customer(self, group: Chat | None = None, *, username: str | None = None) -> Customer:
        """Somebody new, in a group of their own unless they join one; Slack has had a moment to rest."""
        self.time_passes(seconds=2)
        name = username or f"kim_{next(_names)}"
        person = self.telegram.add_person(name.title(), name)
        return Customer(
            town=self, person=person, group=group or self.telegram.add_group("Krume fans", username=f"fans_of_{name}")
        )

    async def asked(self, text: str = "Mein Brot war heute steinhart.") -> tuple[Customer, Message]:
        """A new customer says this, and a card waits for a decision."""
        customer = self.customer()
        customer.says(text)
        return customer, await customer.card(version=1)

    async def until(self, condition: Callable[[], Found | None], seconds: float = PATIENCE) -> Found:
        """Wait until something is so, and give it back."""
        return await self.slack.until(condition, seconds)

    async def click(self, user: str, card: Message, name: str, **how: Any) -> Envelope:
        """Press a button, or pick from the menu."""
        return await self.slack.click(user, card, name, **how)

    async def modal(self, user: str, card: Message, name: str) -> View:
        """Press a button that opens a window, and wait for the window."""
        before = len(self.slack.views)
        await self.click(user, card, name)
        return await self.until(lambda: self.slack.view(user) if len(self.slack.views) > before else None)

    async def types(self, user: str, card: Message, text: str) -> Seen:
        """Edit the reply, and send exactly these words."""
        view = await self.modal(user, card, "edit")
        return await self.slack.submit(user, view, {"words": {"text": text}})

    async def note(self, user: str, holding: str = "") -> str:
        """Wait for a private note to this person that holds these words."""
        return await self.until(
            lambda: next(
                (e.text for e in reversed(self.slack.ephemerals) if e.user == user and holding in e.text), None
            )
        )

    async def settled(self) -> None:
        """Wait until everything promised is done and every card shows what is true."""
        quiet = 0
        while quiet < 2:
            quiet = quiet + 1 if not await self._under_way() else 0
            await asyncio.sleep(0.05)

    async def _under_way(self) -> bool:
        jobs = [*await self.house.engine.unfinished("prepare"), *await self.house.engine.unfinished("publish")]
        return bool(jobs or self.telegram.mailbox.updates or self.rows("stale_cards") or self.rows("untold"))

    async def sweeps(self) -> None:
        """The clock's round, at once."""
        await self.house.pipeline.sweep()
        await self.settled()

    def rows(self, table: str, where: str = "1") -> list[dict[str, Any]]:
        """Rows of the memory, for looking at the journey."""
        with self.house.history.reading() as rows:
            return list(rows.db.query(f"select * from {table} where {where}"))


@dataclass(kw_only=True)
class Customer:
    """One person on Telegram, and what the house does about them."""

    town: Town
    person: Person
    group: Chat

    @property
    def handle(self) -> str:
        """The name that cards show."""
        return f"@{self.person.username}"

    def says(self, text: str | None, *, to_us: bool = True, **how: Any) -> Post:
        """Post in the group; `to_us` puts our name before it."""
        said = f"@candor_bot {text}" if to_us else text
        return self.town.telegram.says(self.group, self.person, said, **how)

    def writes_privately(self, text: str) -> Post:
        """Post in a chat of two with the bot."""
        chat = self.town.telegram.find_chat(self.person.id) or self.town.telegram.add_private(self.person)
        return self.town.telegram.says(chat, self.person, text)

    @property
    def replies(self) -> list[Post]:
        """What we said to them, the oldest first."""
        return [post for post in self.town.telegram.sent if post.reply_to and post.reply_to.sender is self.person]

    @property
    def cards(self) -> list[Message]:
        """Every card about them that stands anywhere in Slack."""
        rooms = ("C0CANDOR", "C0FALLBACK")
        return [card for room in rooms for card in self.town.slack.cards(room) if f" {self.handle}:" in card.text]

    @property
    def question(self) -> Question:
        """What the house knows of their question."""
        found = self.town.house.pipeline.question(self.number)
        assert found is not None
        return found

    @property
    def number(self) -> int:
        """The number of their newest question."""
        return max(int(card.metadata["event_payload"]["question"]) for card in self.cards if card.metadata)

    async def card(self, *, version: int | None = None, standing: str = "") -> Message:
        """Wait for their card to show this version with buttons, or to begin with this word."""

        def found() -> Message | None:
            for card in self.cards:
                shows_it = version is None or version_on(card) == version
                if shows_it and card.text.startswith(standing) and self._is_kept(card):
                    return card
            return None

        return await self.town.until(found)

    def _is_kept(self, card: Message) -> bool:
        """Whether the house knows by now where the card hangs; people are slower than that."""
        return self.town.house.pipeline.question_at(f"{card.channel}/{card.ts}") is not None


@asynccontextmanager
async def a_town(folder: Path, *, rules: str = RULES, open_it: bool = True, **env: str | None) -> AsyncIterator[Town]:
    """Both networks, with the house open between them; `env` changes single settings, `None` takes one away."""
    async with TelegramServer.running(reads_everything=True) as telegram, SlackServer.running() as slack:
        slack.workspace.users[RITA] = User(id=RITA, name="rita", real_name="Rita Reed")
        slack.channel().members.add(RITA)
        (folder / "candor.toml").write_text(rules, encoding="utf-8")
        keys: dict[str, str | None] = {
            "TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url, "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_CHANNEL": "C0CANDOR",
        }  # fmt: skip
        told = {name: value for name, value in (keys | env).items() if value is not None}
        town = Town(folder=folder, telegram=telegram, slack=slack, env=told)
        if not open_it:
            yield town
            return
        async with town.opened():
            if "SLACK_APP_TOKEN" in told:
                await town.until(lambda: len(slack.sockets.open) == 2)
            yield town
