"""A small house with real memory, real judge, real guard and real templates; only the networks are pretended."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.core.attempt import Sent
from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.draft import Words
from bot.core.house import House
from bot.core.mention import Mention
from bot.core.person import People, Person
from bot.errors import OutcomeUnknown
from bot.guard.guard import Guard
from bot.history.store import History
from bot.pipeline import Pipeline
from bot.tone.judge import RuleJudge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.core.attempt import Attempt
    from bot.core.draft import Brief
    from bot.core.news import News
    from bot.core.question import Question
    from bot.pipeline.ports import Rows

ALICE = Person(name="Alice", slack="U01ALICE", login="alice", telegram="alice_at_work", roles=frozenset({"approver"}))
BOB = Person(name="Bob", slack="U02BOB", login="bob", roles=frozenset({"approver", "admin"}))
RITA = Person(name="Rita", slack="U03RITA", login="rita", roles=frozenset({"reader"}))
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def a_house(**changes: Any) -> House:
    """A bakery with two people who decide and one who reads."""
    rules: dict[str, Any] = {"brand": "Krume Bakery", "people": People((ALICE, BOB, RITA))}
    return House(**(rules | changes))


_numbers = itertools.count(1)


def a_mention(text: str = "Mein Brot war heute steinhart.", **changes: Any) -> Mention:
    """A post on Telegram, each with an id of its own."""
    post = next(_numbers)
    words: dict[str, Any] = {
        "channel": "telegram", "id": f"-100/{post}", "author": "@kim", "author_id": "77", "text": text, "at": MORNING,
        "thread": "-100", "url": f"https://t.me/c/1/{post}",
    }  # fmt: skip
    return Mention(**(words | changes))


class PretendJobs:
    """Jobs that run when the test says so, each id once, in the order they were promised."""

    def __init__(self) -> None:
        self.promised: dict[str, tuple[str, tuple[object, ...]]] = {}
        self.done: set[str] = set()
        self.tidied: list[datetime] = []

    def enqueue(self, rows: Rows, job: str, id: str, *subject: object, queue: str | None = None) -> None:
        assert rows.connection is not None, "a promise needs a writing transaction"
        self.promised.setdefault(id, (job, subject))

    async def unfinished(self, job: str) -> list[tuple[object, ...]]:
        return [subject for id, (name, subject) in self.promised.items() if name == job and id not in self.done]

    async def promised_so_far(self, prefix: str) -> int:
        return len([id for id in self.promised if id.startswith(prefix)])

    async def tidy(self, completed_before: datetime) -> None:
        """Keep that somebody asked; `forgets` is what then happens to one job."""
        self.tidied.append(completed_before)

    def ends(self, *ids: str) -> None:
        """These were promised, and each ended without having done its work."""
        for id in ids:
            self.promised.setdefault(id, ("prepare", ()))
        self.done |= set(ids)

    def forgets(self, id: str) -> None:
        """A row of the engine goes."""
        self.done.discard(id)
        del self.promised[id]

    async def run(self, pipeline: Pipeline) -> None:
        """Run everything promised, and whatever that promises."""
        while waiting := [id for id in self.promised if id not in self.done]:
            for id in waiting:
                job, subject = self.promised[id]
                self.done.add(id)
                await getattr(pipeline, job)(*subject)


@dataclass
class PretendDrafter:
    """Writes a fixed reply, a longer one when that is not wanted any more, or whatever was put in line."""

    text: str = "Danke für den Hinweis. Wir gehen dem nach."
    in_line: list[Words | Exception] = field(default_factory=list)
    briefs: list[Brief] = field(default_factory=list)

    async def draft(self, brief: Brief) -> Words:
        self.briefs.append(brief)
        if self.in_line:
            found = self.in_line.pop(0)
            if isinstance(found, Exception):
                raise found
            return found
        text = self.text
        while text in brief.unwanted:
            text += " Danke."
        return Words(text=text, drafter="template", lang=brief.tone.lang, template=brief.situation)


@dataclass
class PretendTelegram:
    """A channel of class C: it says what it is given, or fails as it is told; nothing can be read back."""

    published: list[Attempt] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    finds: list[Sent | None] = field(default_factory=list)
    before: Any = None

    async def publish(self, attempt: Attempt) -> Sent:
        if self.before is not None:
            self.before(attempt)
        if self.fails:
            raise self.fails.pop(0)
        self.published.append(attempt)
        return Sent(id=f"-100/{9000 + len(self.published)}", url=f"https://t.me/c/1/{9000 + len(self.published)}")

    async def find(self, attempt: Attempt) -> Sent | None:
        if self.finds:
            return self.finds.pop(0)
        raise OutcomeUnknown(f"attempt {attempt.number}: Telegram cannot list what was sent")


@dataclass
class PretendCards:
    """A wall of cards."""

    name: str = "slack"
    shown: list[Question] = field(default_factory=list)
    places: dict[int, str] = field(default_factory=dict)
    fails: list[Exception] = field(default_factory=list)
    lose_answer: bool = False
    alarms: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    posted: int = 0
    news: list[News] = field(default_factory=list)
    """What was posted below cards, once for each post."""
    threads: dict[tuple[int, str], str] = field(default_factory=dict)

    async def show(self, question: Question, place: str | None, *, again: bool) -> str:
        if self.fails:
            raise self.fails.pop(0)
        found = place or (self.places.get(question.number) if again else None)
        if found is None:
            self.posted += 1
            found = f"C1/{self.posted}"
        self.places[question.number] = found
        self.shown.append(question)
        if self.lose_answer:
            self.lose_answer = False
            raise OutcomeUnknown("the answer was lost")
        return found

    async def tell_below(self, news: News) -> str:
        if self.fails:
            raise self.fails.pop(0)
        known = self.threads.get((news.question, news.name)) if news.begun_below else None
        if known is None:
            self.news.append(news)
            known = self.threads[news.question, news.name] = f"{news.card}.{len(self.news)}"
        if self.lose_answer:
            self.lose_answer = False
            raise OutcomeUnknown("the answer was lost")
        return known

    async def alarm(self, text: str) -> None:
        self.alarms.append(text)

    async def tell(self, person: str, text: str) -> None:
        self.told.append((person, text))


class World:
    """The house, its clock in the test's hands."""

    def __init__(self, folder: Path, *, house: House | None = None, cards: bool = False, reached: Any = None) -> None:
        self.now = MORNING
        self.folder = folder
        self.house = house or a_house()
        self.channel = PretendTelegram()
        self.outbox = PretendTelegram()
        self.cards = PretendCards() if cards else None
        self.jobs = PretendJobs()
        self.drafter = PretendDrafter()
        self.waits: list[float] = []
        self.history = History(f"sqlite:///{folder / 'candor.db'}", clock=lambda: self.now)
        self.pipeline = Pipeline(
            house=self.house,
            history=self.history,
            jobs=self.jobs,
            judge=RuleJudge(self.house.languages),
            drafter=self.drafter,
            guard=Guard(),
            channels={"telegram": self.channel},
            outbox=self.outbox,
            approvals=self.cards,
            limit_of=lambda _channel: 4096,
            clock=lambda: self.now,
            sleep=self._sleep,
            **({"reached": reached} if reached else {}),
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    async def hears(self, *said: Any) -> int:
        """Customers (or colleagues) speak, and everything promised is done; the number of the newest question."""
        self.pipeline.hear(said)
        await self.works()
        with self.history.reading() as rows:
            return int(rows.db.execute("select max(number) from questions").fetchone()[0] or 0)

    async def works(self) -> None:
        """Run every promised job, draw every card, and tell everything below them."""
        await self.jobs.run(self.pipeline)
        while self.cards is not None and (await self.pipeline.paint_next() or await self.pipeline.tell_next()):
            pass

    def question(self, number: int) -> Question:
        found = self.pipeline.question(number)
        assert found is not None
        return found

    def open(self) -> Sequence[Question]:
        return self.pipeline.open_questions()[0]

    async def approves(self, number: int, by: Person = ALICE, **changes: Any) -> Question:
        click: dict[str, Any] = {
            "question": number,
            "version": self.question(number).version,
            "by": by,
            "surface": "desk",
        }
        self.pipeline.decide(Approved(**(click | changes)))
        await self.works()
        return self.question(number)

    async def types(self, number: int, text: str, by: Person = ALICE, **changes: Any) -> Question:
        click: dict[str, Any] = {
            "question": number, "version": self.question(number).version, "by": by, "surface": "desk", "text": text,
        }  # fmt: skip
        self.pipeline.decide(Rewritten(**(click | changes)))
        await self.works()
        return self.question(number)

    async def declines(self, number: int, by: Person = ALICE, **changes: Any) -> Question:
        click: dict[str, Any] = {
            "question": number, "version": self.question(number).version, "by": by, "surface": "desk", "kind": "too_vague",
        }  # fmt: skip
        self.pipeline.decide(Declined(**(click | changes)))
        await self.works()
        return self.question(number)

    async def leaves_alone(self, number: int, by: Person = ALICE, **changes: Any) -> Question:
        click: dict[str, Any] = {
            "question": number, "version": self.question(number).version, "by": by, "surface": "desk", "kind": "other",
        }  # fmt: skip
        self.pipeline.decide(LeftAlone(**(click | changes)))
        await self.works()
        return self.question(number)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table, for looking at the journey."""
        with self.history.reading() as rows:
            return list(rows.db.query(f"select * from {table}"))
