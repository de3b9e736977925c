"""What people are asked: one person's posts in one thread, with one open draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.core.late import stage_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.decision import Surface
    from bot.core.draft import Draft
    from bot.core.fact import Fault
    from bot.core.mention import Mention
    from bot.core.tone import Tone

Standing = Literal[
    "preparing",  # heard, no words yet
    "asked",  # a draft waits for a person
    "needs_words",  # nothing could be drafted, or the draft was declined: a person writes
    "half_signed",  # one of two people has signed
    "sending",  # decided; on its way
    "held",  # decided, but paused, or the channel's key no longer fits
    "unknown",  # perhaps said, perhaps not: somebody must look
    "failed",  # the channel refused for good
    "published",
    "left_alone",
]
OPEN: frozenset[Standing] = frozenset(
    {"preparing", "asked", "needs_words", "half_signed", "sending", "held", "unknown", "failed"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One mention of a question, with our own number for it."""

    number: int
    mention: Mention
    heard_at: datetime
    edited: bool = False
    """True when the customer changed the post after we first heard it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One person stands behind exactly one text."""

    person: str
    at: datetime
    surface: Surface
    reason: str = ""
    look: int = 1
    """2 for the second look of a one-person house."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who has this question on their table; the question stays open."""

    kind: Literal["claim", "editing", "escalate"]
    person: str
    to: str | None
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision as it was taken, for cards and history."""

    version: int
    kind: Literal["approved", "rewritten", "declined", "left_alone"]
    by: tuple[str, ...]
    surface: Surface
    at: datetime
    why: str = ""
    """The kind a person chose (`wrong_tone`, `spam` …)."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What we said in public."""

    version: int
    text: str
    at: datetime
    post: str
    url: str | None = None
    outbox: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a reply commits us to, until it is kept."""

    text: str
    owner: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a decided reply is not out, in one line, and since when."""

    attempt: int
    why: str
    at: datetime
    text: str = ""
    """What was to be said; by now another draft may lie on the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything a card or a page shows, read in one go."""

    number: int
    standing: Standing
    opened_at: datetime
    due_at: datetime
    posts: tuple[Post, ...]
    """All posts of the person in this thread, oldest first."""
    tone: Tone | None = None
    tone_by: str = "judge"
    tone_covers: int = 0
    """The newest mention that this tone takes into account."""
    answered: int = 0
    """The newest mention that already has its ending."""
    fault: Fault = "open"
    draft: Draft | None = None
    version: int = 0
    """The version on the table: 0 while nothing was ever drafted."""
    needs: int = 1
    """How many people must sign the version on the table."""
    signatures: tuple[Signature, ...] = ()
    handover: Handover | None = None
    ruling: Ruling | None = None
    trouble: Trouble | None = None
    said: tuple[Reply, ...] = ()
    promises: tuple[Promise, ...] = ()
    note: str = ""
    """Why nothing is drafted, or why another drafter wrote."""
    redraft: int = 0
    """The newest wish for another draft; 0 when there was none."""
    wishes: int = 0
    """How often people wished for other words since the last ending."""
    stale: bool = False
    """Whether another draft than the one on the table was wished for, by a click or because a colleague answered."""
    wish: str = ""
    """What a colleague said when asking for another draft than the one on the table."""
    overheard: tuple[str, ...] = ()
    """What colleagues answered on their own."""
    waits_since: datetime | None = None
    """Since when the customer waits for this answer; a question that was reopened waits anew."""

    @property
    def newest(self) -> Mention:
        """The post that a reply will stand under."""
        return self.posts[-1].mention

    @property
    def name(self) -> str:
        """What buttons carry: `<draft id>:<version>`; the draft's id is the question's number."""
        return f"{self.number}:{self.version}"

    @property
    def unanswered(self) -> tuple[Post, ...]:
        """The posts a reply must answer: those without an ending, or all when a colleague asked for another reply."""
        waiting = tuple(post for post in self.posts if post.number > self.answered)
        return waiting or self.posts

    @property
    def newest_number(self) -> int:
        """Our number of the newest post."""
        return max(post.number for post in self.posts)

    @property
    def open(self) -> bool:
        """Whether the customer still waits for an ending."""
        return self.standing in OPEN

    @property
    def decidable(self) -> bool:
        """Whether buttons make sense now."""
        return self.standing in ("asked", "needs_words", "half_signed", "failed")

    def late(self, now: datetime) -> int:
        """How late an answer of ours is while people are to decide: 0 to 3, the stages at which they are nudged."""
        waits_for_people = self.decidable or self.standing == "unknown"
        return stage_of(self.waits_since or self.opened_at, self.due_at, now) if waits_for_people else 0

    @property
    def approvable(self) -> bool:
        """Whether the words on the table may be approved as they stand.

        A stop in a machine's draft cannot be approved. A stop in words that a person typed was lifted
        with a written reason when they signed them; what nobody may lift never got this far.
        """
        if self.draft is None or not self.draft.words.text or self.standing not in ("asked", "half_signed"):
            return False
        return not self.draft.stops or (self.draft.words.drafter == "person" and bool(self.signatures))

    @property
    def high_risk(self) -> bool:
        """Whether the card must look different: law, injury, press, or nobody is sure."""
        return self.tone is not None and (self.tone.high_risk or not self.tone.certain)

    @property
    def reopened(self) -> bool:
        """Whether the customer came back after we had answered."""
        return bool(self.said) and self.open
