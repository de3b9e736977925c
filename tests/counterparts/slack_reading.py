"""Looking around: `auth.test`, `conversations.*`, `users.info`, and the door to Socket Mode."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.counterparts.slack_api import Methods
from tests.counterparts.slack_workspace import BOT_ID, BOT_USER, TEAM_ID, Channel, Json, Message, SlackError, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS = Methods()
PAGED: Json = {"cursor": str, "limit": int}
SPAN: Json = {"latest": str, "oldest": str, "inclusive": bool, "include_all_metadata": bool, **PAGED}
PRIVACY = {"public_channel": "channels", "private_channel": "groups", "im": "im"}
MOST = 999
TICKET_SECONDS = 30.0


@METHODS.enter("auth.test", optional={"team_id": str})
def who_am_i(workspace: Workspace, _asked: Json) -> Json:
    """Say which bot in which workspace the token belongs to."""
    where = {"url": "https://candor.slack.com/", "team": "Candor", "team_id": TEAM_ID, "is_enterprise_install": False}
    return {**where, "user": workspace.users[BOT_USER].name, "user_id": BOT_USER, "bot_id": BOT_ID}


@METHODS.enter("apps.connections.open", token="app")
def open_connection(workspace: Workspace, _asked: Json) -> Json:
    """Give an address that opens one socket, once, within half a minute."""
    ticket = uuid4().hex
    workspace.tickets[ticket] = workspace.now() + TICKET_SECONDS
    return {"url": f"{workspace.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}"}


@METHODS.enter("users.info", scope="users:read", needed={"user": str}, optional={"include_locale": bool})
def user_info(workspace: Workspace, asked: Json) -> Json:
    """Describe one person."""
    user = workspace.users.get(asked["user"])
    if user is None:
        raise SlackError("user_not_found")
    profile = {"real_name": user.real_name, "display_name": user.name}
    about = {"id": user.id, "team_id": TEAM_ID, "name": user.name, "real_name": user.real_name, "profile": profile}
    return {"user": {**about, "deleted": user.deleted, "is_bot": user.id == BOT_USER, "tz": "Europe/Berlin"}}


@METHODS.enter(
    "conversations.info",
    scope="*:read",
    needed={"channel": str},
    optional={"include_locale": bool, "include_num_members": bool},
)
def channel_info(workspace: Workspace, asked: Json) -> Json:
    """Describe one channel that the bot can see."""
    channel = workspace.seen(asked["channel"])
    return {
        "channel": channel.json() | ({"num_members": len(channel.members)} if asked.get("include_num_members") else {})
    }


@METHODS.enter("conversations.list", optional={**PAGED, "types": str, "exclude_archived": bool})
def channels(workspace: Workspace, asked: Json) -> Json:
    """List the channels that the bot can see, in short pages."""
    kinds = [PRIVACY.get(kind.strip()) for kind in asked.get("types", "public_channel").split(",")]
    if None in kinds:
        raise SlackError("invalid_types")
    for kind in kinds:
        workspace.need_scope(f"{kind}:read")
    seen = [channel for channel in workspace.channels.values() if channel.kind in kinds and workspace.can_see(channel)]
    kept = [channel for channel in seen if not (asked.get("exclude_archived") and channel.archived)]
    shown, more = _page(workspace, [channel.id for channel in kept], asked)
    return {"channels": [workspace.channels[name].json() for name in shown], **more}


@METHODS.enter("conversations.members", scope="*:read", needed={"channel": str}, optional=PAGED)
def members(workspace: Workspace, asked: Json) -> Json:
    """List who is in a channel, in short pages."""
    shown, more = _page(workspace, sorted(workspace.seen(asked["channel"]).members), asked)
    return {"members": shown, **more}


@METHODS.enter("conversations.open", scope="im:write", optional={"users": str, "return_im": bool})
def open_direct(workspace: Workspace, asked: Json) -> Json:
    """Open the conversation with one person."""
    channel = workspace.direct(asked.get("users", ""))
    return {"channel": channel.json() if asked.get("return_im") else {"id": channel.id}}


@METHODS.enter("conversations.history", scope="*:history", needed={"channel": str}, optional=SPAN)
def history(workspace: Workspace, asked: Json) -> Json:
    """Read a channel backwards, in short pages; answers in threads are not part of it."""
    channel = workspace.joined(asked["channel"])
    top = [message for message in channel.messages if message.thread_ts is None or message.broadcast]
    return _read(workspace, channel, [message for message in reversed(top) if not message.deleted], asked)


@METHODS.enter("conversations.replies", scope="*:history", needed={"channel": str, "ts": str}, optional=SPAN)
def replies(workspace: Workspace, asked: Json) -> Json:
    """Read a thread forwards, its parent first."""
    channel = workspace.joined(asked["channel"])
    start = workspace.message(channel.id, asked["ts"])
    if start is None:
        raise SlackError("thread_not_found")
    parent = start.thread_ts or start.ts
    thread = [
        message for message in channel.messages if parent in (message.ts, message.thread_ts) and not message.deleted
    ]
    return _read(workspace, channel, thread, asked)


def _read(workspace: Workspace, channel: Channel, messages: Sequence[Message], asked: Json) -> Json:
    within = {message.ts: message for message in messages if _is_within(message.ts, asked)}
    shown, more = _page(workspace, list(within), asked)
    read = [_with_thread(channel, within[ts], metadata=asked.get("include_all_metadata", False)) for ts in shown]
    return {"messages": read, "has_more": "response_metadata" in more, **more}


def _with_thread(channel: Channel, message: Message, *, metadata: bool) -> Json:
    answers = [answer.ts for answer in channel.messages if answer.thread_ts == message.ts and not answer.deleted]
    thread: Json = (
        {"thread_ts": message.ts, "reply_count": len(answers), "latest_reply": answers[-1]} if answers else {}
    )
    named = {name: [user for user, used in message.reactions if used == name] for _, name in message.reactions}
    reactions = [{"name": name, "users": users, "count": len(users)} for name, users in named.items()]
    return message.json(metadata=metadata) | thread | ({"reactions": reactions} if reactions else {})


def _is_within(ts: str, asked: Json) -> bool:
    at, oldest, latest = float(ts), _time(asked, "oldest", "0"), _time(asked, "latest", "inf")
    return oldest < at < latest or (bool(asked.get("inclusive")) and at in (oldest, latest))


def _time(asked: Json, name: str, otherwise: str) -> float:
    try:
        return float(asked.get(name, otherwise))
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _page(workspace: Workspace, keys: list[str], asked: Json) -> tuple[list[str], Json]:
    """A page holds at most `workspace.page_size`, whatever was asked for: only the cursor tells if there is more."""
    limit = asked.get("limit", 100)
    if not 1 <= limit <= MOST:
        raise SlackError("invalid_limit")
    start = keys.index(_last_seen(keys, asked["cursor"])) + 1 if asked.get("cursor") else 0
    shown = keys[start : start + min(limit, workspace.page_size)]
    if start + len(shown) >= len(keys):
        return shown, {}
    return shown, {"response_metadata": {"next_cursor": urlsafe_b64encode(f"after:{shown[-1]}".encode()).decode()}}


def _last_seen(keys: list[str], cursor: Any) -> str:
    try:
        word, _, key = urlsafe_b64decode(cursor).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if word != "after" or key not in keys:
        raise SlackError("invalid_cursor")
    return key
