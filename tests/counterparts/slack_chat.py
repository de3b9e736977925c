"""Posting: the `chat.*` methods, reactions, and the events that they cause."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from tests.counterparts.blockkit import refusals_of_message
from tests.counterparts.slack_api import Methods
from tests.counterparts.slack_workspace import (
    BOT_ID,
    BOT_USER,
    Channel,
    Ephemeral,
    Json,
    Message,
    SlackError,
    Workspace,
)

METHODS = Methods()
LONGEST_POST, LONGEST_UPDATE, LONGEST_METADATA = 40_000, 4_000, 8_000
FACE: Json = {"text": str, "blocks": list, "metadata": dict}
LOOK: Json = {"link_names": bool, "parse": str}


@METHODS.enter(
    "chat.postMessage",
    scope="chat:write",
    needed={"channel": str},
    optional={
        **FACE, **LOOK,
        "thread_ts": str, "reply_broadcast": bool, "mrkdwn": bool, "unfurl_links": bool, "unfurl_media": bool,
    },
)  # fmt: skip
def post_message(workspace: Workspace, said: Json) -> Json:
    """Store one post of the bot and tell everybody."""
    channel = writable(workspace, said["channel"])
    judge(said, longest=LONGEST_POST)
    _pace(workspace, channel)
    message = store(workspace, channel, BOT_USER, said)
    return {"channel": channel.id, "ts": message.ts, "message": message.json(metadata=True)}


@METHODS.enter("chat.update", scope="chat:write", needed={"channel": str, "ts": str}, optional={**FACE, **LOOK})
def update(workspace: Workspace, said: Json) -> Json:
    """Give a post of the bot a new face; text alone takes the blocks away, blocks alone keep the old text."""
    channel = writable(workspace, said["channel"], archived="is_inactive")
    message = _own(workspace, channel, said["ts"], "cant_update_message")
    judge(said, longest=LONGEST_UPDATE)
    before = message.json()
    dress(workspace, message, said)
    changed = {"subtype": "message_changed", "hidden": True, "message": message.json(metadata=True)}
    tell(workspace, channel, {**changed, "previous_message": before, "ts": workspace.next_ts()})
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.json(metadata=True)}


@METHODS.enter("chat.delete", scope="chat:write", needed={"channel": str, "ts": str})
def delete(workspace: Workspace, said: Json) -> Json:
    """Take a post of the bot away."""
    channel = workspace.joined(said["channel"])
    take_away(workspace, _own(workspace, channel, said["ts"], "cant_delete_message"))
    return {"channel": channel.id, "ts": said["ts"]}


@METHODS.enter(
    "chat.postEphemeral",
    scope="chat:write",
    needed={"channel": str, "user": str},
    optional={"text": str, "blocks": list, "thread_ts": str, **LOOK},
)
def post_ephemeral(workspace: Workspace, said: Json) -> Json:
    """Show a note to one person who is in the channel."""
    channel = writable(workspace, said["channel"])
    if said["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    judge(said, longest=LONGEST_POST)
    face: Json = {"text": said.get("text", ""), "blocks": said.get("blocks", []), "thread_ts": said.get("thread_ts")}
    workspace.ephemerals.append(Ephemeral(channel=channel.id, user=said["user"], **face))
    return {"message_ts": workspace.next_ts()}


@METHODS.enter("chat.getPermalink", needed={"channel": str, "message_ts": str})
def permalink(workspace: Workspace, asked: Json) -> Json:
    """Give the address of a post that is still there."""
    message = workspace.message(workspace.seen(asked["channel"]).id, asked["message_ts"])
    if message is None:
        raise SlackError("message_not_found")
    address = f"https://candor.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return {"channel": message.channel, "permalink": address}


@METHODS.enter("reactions.add", scope="reactions:write", needed={"channel": str, "timestamp": str, "name": str})
def add_reaction(workspace: Workspace, asked: Json) -> Json:
    """Let the bot react, once with each name."""
    message = workspace.message(workspace.joined(asked["channel"]).id, asked["timestamp"])
    if message is None:
        raise SlackError("message_not_found")
    react(workspace, message, BOT_USER, asked["name"])
    return {}


def react(workspace: Workspace, message: Message, user: str, name: str) -> None:
    """Somebody reacts to a post."""
    if (user, name) in message.reactions:
        raise SlackError("already_reacted")
    message.reactions.add((user, name))
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {"type": "reaction_added", "user": user, "reaction": name, "item": item, "item_user": message.user}
    workspace.emit({**event, "event_ts": workspace.next_ts()}, workspace.channels[message.channel])


def writable(workspace: Workspace, where: str, *, archived: str = "is_archived") -> Channel:
    """The channel the bot may post in; a person's id stands for their conversation with the bot."""
    channel = workspace.direct(where) if where in workspace.users else workspace.joined(where)
    if channel.archived:
        raise SlackError(archived)
    return channel


def judge(said: Json, *, longest: int) -> None:
    """Refuse what Slack would not show."""
    if not said.get("text") and not said.get("blocks"):
        raise SlackError("no_text")
    if len(said.get("text", "")) > longest:
        raise SlackError("msg_too_long")
    if reasons := refusals_of_message(said.get("blocks", [])):
        raise SlackError("invalid_blocks", errors=reasons, response_metadata={"messages": reasons})
    if "metadata" in said:
        _judge_metadata(said["metadata"])


def _judge_metadata(metadata: Json) -> None:
    right = {"event_type": str, "event_payload": dict}
    if metadata.keys() != right.keys() or not all(isinstance(metadata[key], kind) for key, kind in right.items()):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > LONGEST_METADATA:
        raise SlackError("metadata_too_large")


def store(workspace: Workspace, channel: Channel, user: str, said: Json) -> Message:
    """Keep a post. An answer to a parent that is gone lands in the channel, without a word of warning, as in Slack."""
    message = Message(channel=channel.id, ts=workspace.next_ts(), user=user, text="")
    message.thread_ts = _thread(channel, said.get("thread_ts"))
    message.broadcast = bool(said.get("reply_broadcast"))
    dress(workspace, message, said)
    channel.messages.append(message)
    tell(workspace, channel, message.json(metadata=True))
    return message


def _thread(channel: Channel, thread_ts: str | None) -> str | None:
    if thread_ts is None:
        return None
    parent = next((message for message in channel.messages if message.ts == thread_ts), None)
    if parent is None:
        raise SlackError("thread_not_found")
    return None if parent.deleted else parent.thread_ts or parent.ts


def dress(workspace: Workspace, message: Message, said: Json) -> None:
    """Give a message its new face, and remember it."""
    if "text" in said or "blocks" in said:
        message.text = said.get("text", message.text)
        message.blocks = [_named(block) for block in said.get("blocks", [])]
    message.metadata = said.get("metadata", message.metadata)
    face = {"text": message.text, "blocks": message.blocks, "metadata": message.metadata}
    message.versions.append({**face, "at": f"{workspace.now():.6f}"})


def _named(block: Json) -> Json:
    """Slack gives a name to every block and element that came without one."""
    named = {"block_id": uuid4().hex[:5], **block}
    if "elements" in block:
        named["elements"] = [_pressable(element) for element in block["elements"]]
    return named | ({"accessory": _pressable(block["accessory"])} if "accessory" in block else {})


def _pressable(element: Json) -> Json:
    return (
        element if element["type"] in ("image", "mrkdwn", "plain_text") else {"action_id": uuid4().hex[:5], **element}
    )


def take_away(workspace: Workspace, message: Message) -> None:
    """A post disappears; what answered it stays behind."""
    message.deleted = True
    channel = workspace.channels[message.channel]
    gone = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts, "previous_message": message.json()}
    tell(workspace, channel, {**gone, "ts": workspace.next_ts()})


def tell(workspace: Workspace, channel: Channel, said: Json) -> None:
    """Everybody hears of a post, the bot of its own as well."""
    kind = {"channels": "channel", "groups": "group", "im": "im"}[channel.kind]
    about: Json = {"channel": channel.id, "channel_type": kind, "event_ts": said["ts"]}
    workspace.emit({"type": "message", **said, **about}, channel)
    if f"<@{BOT_USER}>" in str(said.get("text")) and said.get("bot_id") != BOT_ID:
        workspace.emit({**said, **about, "type": "app_mention"}, channel)


def _own(workspace: Workspace, channel: Channel, ts: str, refusal: str) -> Message:
    message = workspace.message(channel.id, ts)
    if message is None:
        raise SlackError("message_not_found")
    if not message.by_bot:
        raise SlackError(refusal)
    return message


def _pace(workspace: Workspace, channel: Channel) -> None:
    last: Any = next((message for message in reversed(channel.messages) if message.by_bot), None)
    if last and workspace.now() - float(last.ts) < workspace.post_interval:
        raise SlackError("ratelimited", retry_after=1)
