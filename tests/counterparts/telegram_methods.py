"""The Bot API methods that exist here; any other is not found.

Named and checked as on https://core.telegram.org/bots/api.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.counterparts.telegram_chats import Json, without_gaps
from tests.counterparts.telegram_errors import TelegramRefuses
from tests.counterparts.telegram_mailbox import Webhook
from tests.counterparts.telegram_members import member_json
from tests.counterparts.telegram_requests import (
    chat_reference,
    flag,
    integer,
    link_preview_options,
    marks,
    names,
    reply_parameters,
    words,
)
from tests.counterparts.telegram_sending import reachable_chat, send

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from tests.counterparts.telegram_world import World

MOST_UPDATES, LONGEST_POLL = 100, 50
LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What a method does, and who reads each of its fields."""

    call: Callable[..., Awaitable[object]]
    fields: Mapping[str, Callable[[Any], Any]]
    needed: tuple[str, ...] = ()


async def get_me(world: World) -> Json:
    """Who the bot is, and whether privacy mode is off."""
    return world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_everything,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(
    world: World,
    *,
    offset: int = 0,
    limit: int = MOST_UPDATES,
    timeout: int = 0,
    allowed_updates: Sequence[str] | None = None,
) -> list[Json]:
    """Confirm what is below the offset, and wait for more."""
    world.mailbox.allow(allowed_updates)
    most = limit if 0 < limit <= MOST_UPDATES else MOST_UPDATES
    return await world.mailbox.take(offset=offset, limit=most, seconds=min(max(timeout, 0), LONGEST_POLL))


async def set_webhook(
    world: World,
    *,
    url: str = "",
    secret_token: str | None = None,
    max_connections: int = 40,
    allowed_updates: Sequence[str] | None = None,
    drop_pending_updates: bool = False,
) -> bool:
    """Deliver to `url` from now on; an empty one takes the webhook away."""
    if not url:
        return await delete_webhook(world, drop_pending_updates=drop_pending_updates)
    address = urlsplit(url)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise TelegramRefuses(400, "bad webhook: An HTTPS URL must be provided for webhook")
    if secret_token is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret_token):
        raise TelegramRefuses(400, "secret token contains unallowed characters")
    world.mailbox.allow(allowed_updates)
    if drop_pending_updates:
        world.mailbox.updates.clear()
    world.mailbox.set_webhook(Webhook(url=url, secret=secret_token, max_connections=max_connections))
    return True


async def delete_webhook(world: World, *, drop_pending_updates: bool = False) -> bool:
    """Back to polling."""
    if drop_pending_updates:
        world.mailbox.updates.clear()
    world.mailbox.set_webhook(None)
    return True


async def get_webhook_info(world: World) -> Json:
    """Where updates go, how many wait, and what went wrong last."""
    webhook, waiting = world.mailbox.webhook, len(world.mailbox.updates)
    if not webhook:
        return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
    return without_gaps(
        {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": waiting,
            "max_connections": webhook.max_connections,
            "last_error_date": webhook.last_error_date,
            "last_error_message": webhook.last_error_message,
            "allowed_updates": list(world.mailbox.allowed),
        }
    )


async def get_chat(world: World, *, chat_id: int | str) -> Json:
    """The whole of a chat that the bot may look at."""
    chat = reachable_chat(world, chat_id)
    return chat.as_json() | without_gaps(
        {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
                False,
            ),
            "linked_chat_id": chat.partner.id if chat.partner else None,
        }
    )


async def get_chat_member(world: World, *, chat_id: int | str, user_id: int) -> Json:
    """What a person, or the bot itself, is in a chat."""
    chat = reachable_chat(world, chat_id)
    person = world.people.get(user_id)
    if not person:
        raise TelegramRefuses(400, "user not found")
    return member_json(person, chat.bot_is if person is world.bot else chat.members.get(user_id, "left"))


async def send_chat_action(world: World, *, chat_id: int | str, action: str) -> bool:
    """The bot seems to type."""
    reachable_chat(world, chat_id)
    if action != "typing":
        raise TelegramRefuses(400, "wrong parameter action in request")
    return True


IN_CHAT: Mapping[str, Callable[[Any], Any]] = {"chat_id": chat_reference}
METHODS: Mapping[str, Method] = {
    "getme": Method(call=get_me, fields={}),
    "getupdates": Method(
        call=get_updates,
        fields={"offset": integer, "limit": integer, "timeout": integer, "allowed_updates": names},
    ),
    "setwebhook": Method(
        call=set_webhook,
        fields={
            "url": words,
            "secret_token": words,
            "max_connections": integer,
            "allowed_updates": names,
            "drop_pending_updates": flag,
        },
    ),
    "deletewebhook": Method(call=delete_webhook, fields={"drop_pending_updates": flag}),
    "getwebhookinfo": Method(call=get_webhook_info, fields={}),
    "getchat": Method(call=get_chat, fields=IN_CHAT, needed=("chat_id",)),
    "getchatmember": Method(
        call=get_chat_member, fields={**IN_CHAT, "user_id": integer}, needed=("chat_id", "user_id")
    ),
    "sendchataction": Method(call=send_chat_action, fields={**IN_CHAT, "action": words}, needed=("chat_id", "action")),
    "sendmessage": Method(
        call=send,
        fields={
            **IN_CHAT,
            "text": words,
            "entities": marks,
            "message_thread_id": integer,
            "reply_parameters": reply_parameters,
            "link_preview_options": link_preview_options,
            "disable_notification": flag,
            "protect_content": flag,
        },
        needed=("chat_id",),
    ),
}
