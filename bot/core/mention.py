"""What a customer said about us in public, as one post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Aim = Literal[
    "at_us",  # @name, reply to us, direct message, comment below our post
    "names_us",  # only a brand word was heard: the post speaks about us, not to us
    "follows_up",  # neither; it counts only when this person has an open question in the thread
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One post that concerns us, as its channel delivered it."""

    channel: str
    id: str
    """The channel's own name of the post; with `channel` it names the mention for ever."""
    author: str
    """The public handle or display name, for salutations and people's eyes."""
    text: str
    at: datetime
    author_id: str = ""
    """The channel's stable name of the person; the handle where it has none."""
    thread: str = ""
    """The conversation the post belongs to."""
    version: int = 0
    """0 as first said; an edited post has a higher number (the channel's edit time in seconds)."""
    url: str | None = None
    lang: str | None = None
    attachments: tuple[str, ...] = ()
    """Kinds in words of the house: picture, video, voice note, sticker, file, album, location …"""
    answers: str | None = None
    """The id of our own post that this one answers."""
    aimed: Aim = "at_us"
    public: bool = True
    """False for a direct message."""
    replayed: bool = False
    """Replayed posts are answered into the outbox, never into the channel."""

    @property
    def key(self) -> str:
        """Unique across channels, and the same when a channel delivers twice."""
        return f"{self.channel}:{self.id}"

    @property
    def person_key(self) -> str:
        """Who spoke, the same for all posts of one account."""
        return f"{self.channel}:{self.author_id or self.author}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard:
    """What a colleague answered in public on their own: it makes the open draft below that post stale."""

    channel: str
    id: str
    thread: str
    answers: str | None
    """The post the colleague answered; None when they just spoke in the thread."""
    by: str
    """The colleague's name in `[[people]]`."""
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing a channel handed over: kept raw before it is confirmed, heard when it concerns us."""

    channel: str
    id: int
    """The channel's running number (Telegram: `update_id`)."""
    body: str
    """The raw JSON as it came."""
    heard: Mention | Overheard | None = None
