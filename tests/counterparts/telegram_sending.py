"""`sendMessage`: everything that Telegram checks before it stores a post of the bot, in its order."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from tests.counterparts.telegram_chats import CHANNEL, IN_CHARGE, PRIVATE, SUPERGROUP, Chat, Json, Post, without_gaps
from tests.counterparts.telegram_errors import TelegramRefuses, too_many
from tests.counterparts.telegram_words import entities_in, utf16_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.counterparts.telegram_world import World

LONGEST_TEXT = 4096  # counted in UTF-16 units: the strictest reading of "characters"


async def send(
    world: World,
    *,
    chat_id: int | str,
    text: str = "",
    entities: Sequence[Json] | None = None,
    message_thread_id: int | None = None,
    reply_parameters: Json | None = None,
    link_preview_options: Json | None = None,
    disable_notification: bool = False,
    protect_content: bool = False,
) -> Json:
    """Store the post and return it, with the post that it answers."""
    said = _checked(text)
    chat = writable_chat(world, chat_id)
    _check_topic(chat, message_thread_id)
    target = _target(chat, reply_parameters)
    _check_topic(chat, target.thread if target and chat.forum else None)
    _check_flood(chat)
    marks = entities_in(said) if entities is None else list(entities)
    content = without_gaps(
        {
            "text": said,
            "entities": marks or None,
            "link_preview_options": link_preview_options,
            "has_protected_content": protect_content or None,
        }
    )
    sender = chat if chat.kind == CHANNEL else world.bot
    post = world.store(chat, sender, content, reply_to=target, thread=message_thread_id)
    world.sent.append(post)
    return post.as_json()


def reachable_chat(world: World, reference: int | str) -> Chat:
    """A chat that the bot may at least look at."""
    chat = world.find_chat(reference)
    if not chat:
        raise _no_chat(world, reference)
    if chat.migrated_to:
        raise TelegramRefuses(
            400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to.id
        )
    if chat.bot_is == "kicked":
        if chat.kind == PRIVATE:
            raise TelegramRefuses(403, "bot was blocked by the user")
        raise TelegramRefuses(403, f"bot was kicked from the {_kind(chat)} chat")
    if chat.bot_is == "left" and not chat.username:
        raise _not_a_member(chat)
    return chat


def writable_chat(world: World, reference: int | str) -> Chat:
    """A chat that the bot may write to."""
    chat = reachable_chat(world, reference)
    if chat.bot_is == "left":
        raise _not_a_member(chat)
    if chat.kind == CHANNEL and chat.bot_is not in IN_CHARGE:
        raise TelegramRefuses(400, "need administrator rights in the channel chat")
    if chat.bot_is == "restricted":
        raise TelegramRefuses(400, "not enough rights to send text messages to the chat")
    return chat


def _checked(text: str) -> str:
    if not text:
        raise TelegramRefuses(400, "message text is empty")
    said = text.strip()
    if not said:
        raise TelegramRefuses(400, "text must be non-empty")
    if utf16_length(said) > LONGEST_TEXT:
        raise TelegramRefuses(400, "message is too long")
    return said


def _check_topic(chat: Chat, thread: int | None) -> None:
    """Only forums have topics to write in: a thread id anywhere else is refused, although replies carry one."""
    if thread is None:
        return
    if not chat.forum or thread not in chat.topics:
        raise TelegramRefuses(400, "message thread not found")
    if thread in chat.closed_topics and chat.bot_is not in IN_CHARGE:
        raise TelegramRefuses(400, "TOPIC_CLOSED")


def _target(chat: Chat, parameters: Json | None) -> Post | None:
    if not parameters:
        return None
    if parameters.get("chat_id", chat.id) not in (chat.id, str(chat.id), f"@{chat.username}"):
        raise TelegramRefuses(400, "this server models no replies across chats")
    target = chat.posts.get(int(parameters["message_id"]))
    if target and not target.deleted:
        return target
    if parameters.get("allow_sending_without_reply"):
        return None
    raise TelegramRefuses(400, "message to be replied not found")


def _check_flood(chat: Chat) -> None:
    if not chat.flood:
        return
    most, seconds = chat.flood
    now = time.monotonic()
    recent = [at for at in chat.flood_times if now - at < seconds]
    if len(recent) >= most:
        raise too_many(max(1, math.ceil(recent[0] + seconds - now)))
    chat.flood_times = [*recent, now]


def _no_chat(world: World, reference: int | str) -> TelegramRefuses:
    person = world.people.get(reference) if isinstance(reference, int) else None
    if not person:
        return TelegramRefuses(400, "chat not found")
    if person.is_bot:
        return TelegramRefuses(403, "bot can't send messages to bots")
    return TelegramRefuses(403, "bot can't initiate conversation with a user")


def _not_a_member(chat: Chat) -> TelegramRefuses:
    return TelegramRefuses(403, f"bot is not a member of the {_kind(chat)} chat")


def _kind(chat: Chat) -> str:
    return chat.kind if chat.kind in (SUPERGROUP, CHANNEL) else "group"
