"""Whom a post on Telegram speaks to: us, about us, or somebody else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import MessageEntity

from bot.channels.telegram_place import comment_root, is_direct, post_answered
from bot.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from telegram import Message

    from bot.core.house import House
    from bot.core.mention import Aim

ADDRESSES: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND]


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who we are on Telegram."""

    id: int
    username: str
    reads_all: bool
    """Whether privacy mode is off, so that groups show us every post."""


def aim_of(post: Message, *, me: Me, house: House, comment_roots: Container[str]) -> Aim:
    """Tell whether a post asks us, names us, or at most follows up on what its author asked before."""
    if is_direct(post) or _names_me(post, me) or our_post_answered(post, me) or comment_root(post, comment_roots):
        return "at_us"
    if me.reads_all and _says_one_of(house.brand_words, post.text or post.caption or ""):
        return "names_us"
    return "follows_up"


def our_post_answered(post: Message, me: Me) -> Message | None:
    """Give the post of ours that this one answers."""
    target = post_answered(post)
    return target if target and target.from_user and target.from_user.id == me.id else None


def _names_me(post: Message, me: Me) -> bool:
    """By entities only: the same letters without a mark are not an address."""
    marks = post.parse_entities(ADDRESSES) if post.text else {}
    marks |= post.parse_caption_entities(ADDRESSES) if post.caption else {}
    return any(_is_my_name(mark, said.casefold(), me) for mark, said in marks.items())


def _is_my_name(mark: MessageEntity, said: str, me: Me) -> bool:
    name = f"@{me.username.casefold()}"
    if mark.type == MessageEntity.TEXT_MENTION:
        return mark.user is not None and mark.user.id == me.id
    return said.endswith(name) if mark.type == MessageEntity.BOT_COMMAND else said == name


def _says_one_of(words: Sequence[str], text: str) -> bool:
    seen = unicodedata.normalize("NFC", visible(text))
    spelled = (re.escape(unicodedata.normalize("NFC", word)) for word in words if word)
    return any(re.search(rf"(?<!\w){word}(?!\w)", seen, re.IGNORECASE) for word in spelled)
