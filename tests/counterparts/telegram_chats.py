"""The people, chats and posts of the pretend Telegram, and how the Bot API writes them down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PRIVATE, GROUP, SUPERGROUP, CHANNEL = "private", "group", "supergroup", "channel"
OUTSIDE = ("left", "kicked")
IN_CHARGE = ("administrator", "creator")


@dataclass(eq=False, slots=True, kw_only=True)
class Person:
    """An account: a human, or another bot, which our bot can never hear."""

    id: int
    name: str
    username: str | None = None
    is_bot: bool = False

    def as_json(self) -> Json:
        """The `User` object of the Bot API."""
        return without_gaps({"id": self.id, "is_bot": self.is_bot, "first_name": self.name, "username": self.username})


@dataclass(eq=False, slots=True, kw_only=True)
class Chat:
    """A place where people talk; ids of its posts are unique only inside it."""

    id: int
    kind: str
    title: str
    username: str | None = None
    forum: bool = False
    partner: Chat | None = None
    migrated_to: Chat | None = None
    bot_is: str = "member"
    bot_reads_all: bool = False  # privacy mode as it was when the bot joined: a later change needs a new join
    last_bot: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Post] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    flood: tuple[int, float] | None = None  # at most so many posts of the bot in so many seconds
    flood_times: list[float] = field(default_factory=list)

    def as_json(self) -> Json:
        """The `Chat` object of the Bot API."""
        name = {"first_name": self.title} if self.kind == PRIVATE else {"title": self.title}
        return without_gaps(
            {"id": self.id, "type": self.kind, **name, "username": self.username, "is_forum": self.forum or None}
        )


@dataclass(eq=False, slots=True, kw_only=True)
class Post:
    """One message as it stands now; an edit changes it in place, as on Telegram."""

    chat: Chat
    id: int
    sender: Person | Chat
    message: Json
    reply_to: Post | None = None
    thread: int | None = None
    deleted: bool = False

    @property
    def text(self) -> str:
        """Text or caption, empty when there is neither."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def link(self) -> str | None:
        """The public t.me address; private chats and basic groups have none."""
        if self.chat.kind not in (SUPERGROUP, CHANNEL):
            return None
        return f"https://t.me/{self.chat.username or 'c/' + str(self.chat.id)[4:]}/{self.id}"

    def as_json(self) -> Json:
        """The `Message` object, with the post it answers, but not what that one answered."""
        written = {**self.message, "chat": self.chat.as_json()}
        if self.reply_to and not self.reply_to.deleted:
            written["reply_to_message"] = {**self.reply_to.message, "chat": self.reply_to.chat.as_json()}
        return written


def without_gaps(written: Json) -> Json:
    """The Bot API leaves fields out; it never writes null."""
    return {name: value for name, value in written.items() if value is not None}
