"""Take in what Telegram hands over: keep everything as it came, and hear what concerns us."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError

from bot.channels.telegram_albums import album_in, with_albums_joined
from bot.channels.telegram_place import comment_root, id_of, post_in
from bot.channels.telegram_words import CHANNEL, heard_from
from bot.core.mention import Delivery, Mention, Overheard

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated, Message

    from bot.channels.telegram_aim import Me
    from bot.core.house import House

Raw = dict[str, Any]
Take = Callable[[Sequence[Delivery]], Awaitable[None]]
"""Commits a batch, and leaves out what it was given before."""

ALLOWED = ("message", "edited_message", "my_chat_member")
"""Named in every call: "not given" would mean "as last time"."""

# What reading somebody else's JSON may raise. One such update must not stop the queue.
UNREADABLE = (TelegramError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
ROOTS_KEPT = 2000
LARGEST_NUMBER = 2**63 - 1

log = logging.getLogger(__name__)


class Intake:
    """Turns raw updates into deliveries, in order, none left out.

    The parts of an album come as several updates. Those that lie in one batch become one mention, on the first
    part's delivery. A part that comes later (by webhook, or when a batch ended in between) stays a post of its own:
    in a direct chat it joins the same question, in a group it follows up on it. Either way: one card, one reply.
    """

    def __init__(self, *, me: Me, house: House) -> None:
        """Hear as `me`; the house says who is a colleague and which words are ours."""
        self._me = me
        self._house = house
        self._roots: dict[str, None] = {}

    def deliveries(self, raws: Sequence[Raw]) -> list[Delivery]:
        """Make one delivery of each update; every update must have its number (`number_of`)."""
        read = [self._read(raw) for raw in raws]
        found = [
            # Escaped, as Telegram writes it: no database stumbles over half a character.
            Delivery(channel=CHANNEL, id=raw["update_id"], body=json.dumps(raw), heard=heard)
            for raw, (heard, _) in zip(raws, read, strict=True)
        ]
        return with_albums_joined(found, [album for _, album in read])

    def _read(self, raw: Raw) -> tuple[Mention | Overheard | None, str | None]:
        """Hear one update, and name the album it is part of."""
        try:
            update = Update.de_json(raw, None)
            return self._hear(update), album_in(raw)
        except UNREADABLE as error:
            # Only the kind of the fault, and no traceback: its words might be a customer's.
            log.error("Telegram update %d is kept, but cannot be read: %s", raw["update_id"], type(error).__name__)  # noqa: TRY400
            return None, None

    def _hear(self, update: Update) -> Mention | Overheard | None:
        if update.my_chat_member:
            _note_membership(update.update_id, update.my_chat_member)
        if post := post_in(update):
            self._remember_root(post)
        return heard_from(update, me=self._me, house=self._house, comment_roots=self._roots)

    def _remember_root(self, post: Message) -> None:
        """Keep channel posts in discussion groups in mind: a comment on a comment tells only the post's number."""
        root = id_of(post) if post.is_automatic_forward else comment_root(post, self._roots)
        if root:
            self._roots.pop(root, None)
            self._roots[root] = None
        if len(self._roots) > ROOTS_KEPT:
            del self._roots[next(iter(self._roots))]


def number_of(raw: object) -> int | None:
    """Give the number of an update; nothing when this is not one."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if type(number) is int and 0 <= number <= LARGEST_NUMBER else None


def _note_membership(number: int, change: ChatMemberUpdated) -> None:
    """Log a group's number, but never a person's."""
    where = f"group {change.chat.id}" if change.chat.id < 0 else "a direct chat"
    log.warning("Telegram update %d: in %s the bot is now %s", number, where, change.new_chat_member.status)
