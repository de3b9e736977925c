"""The pretend Slack workspace: who is there, what was posted, and what is open on whose screen."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

BOT_USER = "U0CANDOR"
BOT_ID = "B0CANDOR"
APP_ID = "A0CANDOR"
TEAM_ID = "T0CANDOR"
SCOPES = frozenset(
    {
        *("chat:write", "commands", "app_mentions:read", "reactions:read", "reactions:write", "users:read"),
        *("channels:history", "channels:read", "groups:history", "groups:read", "im:history", "im:read", "im:write"),
    }
)


class SlackError(Exception):
    """The answer `{"ok": false, "error": code}`, with whatever else Slack says about it."""

    def __init__(self, code: str, *, retry_after: int | None = None, **details: Any) -> None:
        super().__init__(code)
        self.code, self.retry_after, self.details = code, retry_after, details


@dataclass(kw_only=True)
class User:
    """A person with an account in the workspace."""

    id: str
    name: str
    real_name: str
    deleted: bool = False


@dataclass(kw_only=True, eq=False)
class Message:
    """One post; `versions` keeps every face it ever had, the first one first, the present one last."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    deleted: bool = False
    reactions: set[tuple[str, str]] = field(default_factory=set)
    versions: list[Json] = field(default_factory=list)

    @property
    def by_bot(self) -> bool:
        """Whether the app under test wrote it."""
        return self.user == BOT_USER

    def json(self, *, metadata: bool = False) -> Json:
        """The message object of Slack; `metadata` only where the caller asked for it."""
        said: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM_ID}
        if self.blocks:
            said["blocks"] = self.blocks
        if self.by_bot:
            said |= {
                "bot_id": BOT_ID,
                "app_id": APP_ID,
                "bot_profile": {"id": BOT_ID, "app_id": APP_ID, "name": "candor"},
            }
        if self.thread_ts:
            said["thread_ts"] = self.thread_ts
        if len(self.versions) > 1:
            said["edited"] = {"user": self.user, "ts": self.versions[-1]["at"]}
        return said | ({"metadata": self.metadata} if metadata and self.metadata else {})


@dataclass(kw_only=True)
class Ephemeral:
    """A note that one person saw and that is stored nowhere."""

    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None


@dataclass(kw_only=True)
class Channel:
    """A public or private channel, or a conversation of two (`kind` is channels, groups or im, as in the scopes)."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    kind: str = "channels"
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def json(self) -> Json:
        """The channel object of Slack."""
        said: Json = {
            "id": self.id,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "context_team_id": TEAM_ID,
        }
        if self.kind == "im":
            return said | {"user": next(iter(self.members - {BOT_USER}), BOT_USER)}
        return said | {
            "name": self.name,
            "is_channel": self.kind == "channels",
            "is_private": self.kind == "groups",
            "is_member": BOT_USER in self.members,
        }


@dataclass(kw_only=True, eq=False)
class View:
    """A modal on one person's screen, or a person's App Home; `typed` is what stands in its fields."""

    id: str
    user: str
    body: Json
    hash: str
    previous: View | None = None
    is_open: bool = True
    typed: dict[str, Json] = field(default_factory=dict)
    versions: list[Json] = field(default_factory=list)

    def json(self) -> Json:
        """The view object of Slack, with the state of its fields."""
        root = self
        while root.previous:
            root = root.previous
        unsaid = {"private_metadata": "", "callback_id": "", "external_id": ""}
        place = {"root_view_id": root.id, "previous_view_id": self.previous.id if self.previous else None}
        about = {"id": self.id, "team_id": TEAM_ID, "app_id": APP_ID, "bot_id": BOT_ID, "hash": self.hash}
        flags = {"clear_on_close": False, "notify_on_close": False}
        return {**unsaid, **flags, **self.body, **place, **about, "state": {"values": self.typed}}


class Workspace:
    """Everything that Slack remembers, and a clock that a test may set forward."""

    def __init__(self) -> None:
        self.users = {user.id: user for user in _people()}
        self.channels = {channel.id: channel for channel in _rooms()}
        self.scopes = set(SCOPES)
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, tuple[float, str]] = {}
        self.spent_triggers: set[str] = set()
        self.tickets: dict[str, float] = {}
        self.response_urls: dict[str, Json] = {}
        self.ephemerals: list[Ephemeral] = []
        self.page_size = 5
        self.post_interval = 0.0
        self.base_url = ""
        self.skipped = 0.0
        self.emit: Callable[[Json, Channel | None], None] = lambda _event, _channel: None
        self._last_ts = 0.0

    def now(self) -> float:
        """Seconds since 1970, including what a test skipped."""
        return time.time() + self.skipped

    def next_ts(self) -> str:
        """A message id: the time, and never the same twice."""
        self._last_ts = max(self.now(), self._last_ts + 0.0001)
        return f"{self._last_ts:.6f}"

    def new_trigger(self, user: str) -> str:
        """Permission to open one modal for one person, for three seconds."""
        trigger = f"1.2.{uuid4().hex}"
        self.triggers[trigger] = (self.now(), user)
        return trigger

    def new_response_url(self, **about: Any) -> str:
        """An address that takes five answers within half an hour."""
        key = uuid4().hex
        self.response_urls[key] = {**about, "left": 5, "until": self.now() + 1800}
        return f"{self.base_url}/hooks/{key}"

    def need_scope(self, scope: str) -> None:
        """Refuse what the app was not allowed to do when it was installed."""
        if scope not in self.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def can_see(self, channel: Channel) -> bool:
        """Private channels are visible to their members alone."""
        return channel.kind == "channels" or BOT_USER in channel.members

    def seen(self, channel: str) -> Channel:
        """A channel that the bot can see."""
        found = self.channels.get(channel)
        if found is None or not self.can_see(found):
            raise SlackError("channel_not_found")
        return found

    def joined(self, channel: str) -> Channel:
        """A channel that the bot is a member of."""
        found = self.seen(channel)
        if BOT_USER not in found.members:
            raise SlackError("not_in_channel")
        return found

    def message(self, channel: str, ts: str) -> Message | None:
        """A stored message that is still there."""
        found = (message for message in self.channels[channel].messages if message.ts == ts and not message.deleted)
        return next(found, None)

    def direct(self, user: str) -> Channel:
        """The conversation of the bot with one person, opened when it is missing."""
        if user not in self.users:
            raise SlackError("user_not_found")
        key = "D0" + user.removeprefix("U")
        return self.channels.setdefault(key, Channel(id=key, name=key, members={user, BOT_USER}, kind="im"))


def _people() -> list[User]:
    return [
        User(id="U01ALICE", name="alice", real_name="Alice Anderson"),
        User(id="U02BOB", name="bob", real_name="Bob Brown"),
        User(id="U03CAROL", name="carol", real_name="Carol Clark"),
        User(id=BOT_USER, name="candor", real_name="Candor"),
    ]


def _rooms() -> list[Channel]:
    everybody = {"U01ALICE", "U02BOB", "U03CAROL"}
    return [
        Channel(id="C0CANDOR", name="candor", members={*everybody, BOT_USER}),
        Channel(id="C0FALLBACK", name="candor-fallback", members={*everybody, BOT_USER}),
        Channel(id="C0GENERAL", name="general", members=everybody),
        Channel(id="G0PRIVATE", name="private", members={"U01ALICE"}, kind="groups"),
    ]
