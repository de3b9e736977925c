"""What the way of one mention needs from the rooms around it; they fit by shape, and `app` proves the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime, timedelta

    from sqlalchemy import Connection

    from bot.core.attempt import Attempt, OutcomeKind, Sent
    from bot.core.card import StaleCard
    from bot.core.case import Case
    from bot.core.decision import Surface
    from bot.core.draft import Brief, Version, Words
    from bot.core.fact import Fault
    from bot.core.finding import Finding
    from bot.core.late import Late
    from bot.core.mention import Delivery, Mention, Overheard
    from bot.core.news import News
    from bot.core.question import Question, Standing
    from bot.core.tone import Polarity, Tone


class Judge(Protocol):
    """Hears how a post sounds."""

    def judge(self, text: str, lang: str | None = None) -> Tone:
        """The tone of one post; never raises."""


class Drafter(Protocol):
    """Finds words."""

    async def draft(self, brief: Brief) -> Words:
        """Words for a reply; raises DraftingError or WordsError."""


class Guard(Protocol):
    """Finds what we could not stand behind."""

    def check(self, case: Case) -> Sequence[Finding]:
        """The findings in one text, by position; never raises."""


class Channel(Protocol):
    """Says approved words in public."""

    async def publish(self, attempt: Attempt) -> Sent:
        """Say it once; raises NotSent, Refused, NeedsLogin, OutcomeUnknown."""

    async def find(self, attempt: Attempt) -> Sent | None:
        """Look whether it stands there: nothing when it surely does not; raises OutcomeUnknown when nobody can tell."""


class Approvals(Protocol):
    """A place where cards hang."""

    @property
    def name(self) -> str:
        """The surface's name."""

    async def show(self, question: Question, place: str | None, *, again: bool) -> str:
        """Draw or redraw a card; its place. `again`: look first whether an earlier call succeeded unseen.

        Raises:
            NotSent, Refused, NeedsLogin, OutcomeUnknown: the card does not show what is true yet.
        """

    async def tell_below(self, news: News) -> str:
        """Tell it once in the thread of its card; the place of that post. Raises as `show`.

        Where an earlier telling was begun, it is looked for first.
        """

    async def alarm(self, text: str) -> None:
        """Tell the people who decide that something needs them; raises as `show`."""

    async def tell(self, person: str, text: str) -> None:
        """Tell one colleague alone; everybody when there is no way to them. Raises as `show`."""


class Jobs(Protocol):
    """Promises work, inside the caller's transaction."""

    def enqueue(self, rows: Rows, job: str, id: str, *subject: object, queue: str | None = None) -> None:
        """Promise a job together with the rows, or neither."""

    async def unfinished(self, job: str) -> Sequence[tuple[object, ...]]:
        """The subjects of all jobs of this name that have not ended."""

    async def promised_so_far(self, prefix: str) -> int:
        """How many jobs were ever promised whose id is this and a running number; those tidied away count too."""

    async def tidy(self, completed_before: datetime) -> None:
        """Drop the rows of jobs that ended before this."""


class Rows(Protocol):
    """The memory inside one transaction."""

    now: datetime
    connection: Connection | None

    # hearing
    def keep_raw(self, deliveries: Sequence[Delivery]) -> Sequence[Delivery]: ...
    def forget_raw(self, older_than: timedelta) -> None: ...
    def first_seen(self, name: str) -> bool: ...
    def hear(self, mention: Mention) -> int | None: ...
    def overhear(self, heard: Overheard) -> int | None: ...

    # wording
    def undrafted(self, mentions: Sequence[int]) -> Sequence[int]: ...
    def lacking_words(self, heard_before: datetime) -> dict[int, int]: ...
    def keep_version(self, made: Version) -> bool: ...
    def keep_tone(self, question: int, covers: int, tone: Tone, *, by: str) -> None: ...
    def correct_tone(self, question: int, covers: int, tone: Tone, polarity: Polarity, *, by: str) -> None: ...
    def set_fault(self, question: int, fault: Fault, *, by: str, surface: str) -> None: ...
    def ask_anew(self, question: int, after: int, *, why: str, by: str, feedback: str = "") -> int: ...
    def unwanted(self, question: int) -> Sequence[str]: ...
    def set_aside(self, question: int, covers: int, why: str) -> None: ...

    # deciding
    def sign(
        self, question: int, version: int, person: str, *, surface: Surface, look: int = 1, reason: str = ""
    ) -> None: ...
    def rule(
        self,
        question: int,
        version: int,
        kind: Literal["approved", "rewritten", "declined", "left_alone"],
        *,
        by: Sequence[str],
        surface: Surface,
        why: str = "",
        reason: str = "",
    ) -> None: ...
    def end(self, question: int, covers: int, kind: Literal["published", "left_alone"], version: int) -> None: ...
    def hand_over(
        self, question: int, kind: str, person: str, *, to: str | None, until: datetime | None, surface: Surface
    ) -> None: ...
    def refuse(self, question: int, account: str, why: str, *, surface: Surface) -> None: ...
    def keep_unsent(self, question: int, version: int, text: str, *, by: str, why: str) -> None: ...
    def switch(self, kind: Literal["pause", "resume"], *, by: str) -> None: ...
    @property
    def paused(self) -> bool: ...

    # publishing
    def next_attempt(self, question: int, version: int) -> tuple[Attempt, bool] | None: ...
    def attempt(self, number: int) -> Attempt: ...
    def close_attempt(
        self, attempt: int, kind: OutcomeKind, *, why: str = "", by: str = "channel", again_at: datetime | None = None
    ) -> None: ...
    def hold(self, question: int, version: int, again_at: datetime) -> None: ...
    def held(self, now: datetime) -> Sequence[tuple[int, int]]: ...
    def decided_unsent(self, before: datetime) -> Sequence[tuple[int, int]]: ...
    def unfinished(self, before: datetime) -> Sequence[tuple[int, int]]: ...
    def covered(self, question: int, version: int) -> int: ...
    def keep_reply(self, attempt: Attempt, sent: Sent, *, outbox: bool) -> None: ...
    def keep_promises(
        self, question: int, version: int, promises: Sequence[str], *, owner: str, due_in: timedelta
    ) -> None: ...
    def recent_replies(self, limit: int = 20) -> Sequence[str]: ...

    # painting
    def repaint(self, question: int, *, first: bool = False) -> None: ...
    def hang_missing_cards(self, surface: str) -> None: ...
    def next_stale(self) -> StaleCard | None: ...
    def fresh_card(self) -> bool: ...
    def question_at(self, place: str) -> int | None: ...
    def begin_card(self, question: int, surface: str) -> None: ...
    def keep_card(self, stale: StaleCard, surface: str, place: str, drawn: int) -> None: ...
    def drop_stale(self, stale: StaleCard) -> None: ...
    def put_off(self, stale: StaleCard) -> None: ...

    # telling
    def next_news(self) -> News | None: ...
    def begin_telling(self, news: News) -> None: ...
    def keep_told(self, news: News, post: str) -> None: ...
    def put_off_news(self, question: int) -> None: ...

    # nudging
    def late(self, now: datetime) -> Sequence[Late]: ...
    def nudged(self, late: Sequence[Late]) -> None: ...

    # overseeing
    def oldest_open(self, limit: int) -> Sequence[int]: ...
    def on_the_table_of(self, person: str, limit: int) -> Sequence[int]: ...
    def places_of(self, numbers: Sequence[int]) -> Mapping[int, str]: ...
    def heard_at(self, channel: str) -> datetime | None: ...
    def open_by_standing(self, channel: str) -> Mapping[Standing, int]: ...

    # reading
    def question(self, number: int) -> Question | None: ...
    def questions(self, numbers: Sequence[int]) -> Sequence[Question]: ...
    def open_numbers(
        self, *, after: str | None, limit: int, channel: str | None, standing: str | None
    ) -> Sequence[tuple[str, int]]: ...
    def next_waiting(self, person: str, *, but: int) -> int | None: ...
    def beside(self, question: int, *, back: bool) -> int | None: ...
    def open_count(self, *, channel: str | None = None, standing: str | None = None) -> int: ...
    def note_standings(self, numbers: Sequence[int]) -> None: ...


class History(Protocol):
    """The memory."""

    def together(self) -> AbstractContextManager[Rows]:
        """One transaction: all of its rows and jobs, or none."""

    def reading(self) -> AbstractContextManager[Rows]:
        """One consistent view."""
