"""What somebody said on Telegram, in the words of the house."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from telegram.ext.filters import StatusUpdate

from bot.channels.telegram_aim import aim_of, our_post_answered
from bot.channels.telegram_place import id_of, is_direct, post_answered, post_in, thread_of, url_of
from bot.core.mention import Mention, Overheard

if TYPE_CHECKING:
    from collections.abc import Container

    from telegram import Message, Update

    from bot.channels.telegram_aim import Me
    from bot.core.house import House
    from bot.core.person import People, Person

CHANNEL = "telegram"

# Telegram repeats an animation as a document and a venue as a location: the narrower kind stands first.
ATTACHMENTS = {
    "photo": "picture",
    "live_photo": "picture",
    "animation": "animation",
    "video": "video",
    "video_note": "video",
    "voice": "voice note",
    "audio": "audio",
    "sticker": "sticker",
    "document": "file",
    "venue": "location",
    "location": "location",
    "poll": "poll",
    "contact": "contact",
    "checklist": "checklist",
    "story": "story",
    "paid_media": "paid media",
    "dice": "dice",
    "game": "game",
}
# What the start button sends, with the code of a link behind it: opening a chat says nothing yet.
START = re.compile(r"/start(@\w+)?( [\w-]{1,64})?\s*")


def heard_from(
    update: Update, *, me: Me, house: House, comment_roots: Container[str] = frozenset()
) -> Mention | Overheard | None:
    """Translate Telegram's words into ours; nothing when nobody spoke.

    `comment_roots` are the channel posts that were forwarded into discussion groups, as `<chat id>/<post id>`:
    a comment on a comment does not say by itself whose post it stands below.
    """
    post = post_in(update)
    if post is None or _is_no_speech(update, post) or _is_not_a_customer(post, me):
        return None
    if colleague := _colleague(post, house.people):
        return _overheard(post, colleague, comment_roots)
    author, author_id = _speaker(post)
    answered = our_post_answered(post, me)
    return Mention(
        channel=CHANNEL,
        id=id_of(post),
        author=_storable(author),
        author_id=author_id,
        text=_words_of(post),
        at=post.date,
        thread=thread_of(post, comment_roots),
        version=int(post.edit_date.timestamp()) if update.edited_message and post.edit_date else 0,
        url=url_of(post),
        attachments=_attachments_of(post),
        answers=id_of(answered) if answered else None,
        aimed=aim_of(post, me=me, house=house, comment_roots=comment_roots),
        public=not is_direct(post),
    )


def _is_no_speech(update: Update, post: Message) -> bool:
    if StatusUpdate.ALL.check_update(update):  # joined, left, pinned, upgraded …
        return True
    if update.edited_message and post.location:  # a live location moves every few seconds
        return True
    return bool(post.text and START.fullmatch(post.text))


def _is_not_a_customer(post: Message, me: Me) -> bool:
    if post.is_automatic_forward or post.via_bot:
        return True
    if post.sender_chat:  # a channel or an anonymous administrator; the stand-in in `from` calls itself a bot
        return False
    return post.from_user is None or post.from_user.is_bot or post.from_user.id == me.id


def _colleague(post: Message, people: People) -> Person | None:
    account = post.sender_chat or post.from_user
    if account is None:
        return None
    return people.by_telegram(str(account.id)) or (people.by_telegram(account.username) if account.username else None)


def _overheard(post: Message, colleague: Person, comment_roots: Container[str]) -> Overheard:
    target = post_answered(post)
    return Overheard(
        channel=CHANNEL,
        id=id_of(post),
        thread=thread_of(post, comment_roots),
        answers=id_of(target) if target else None,
        by=colleague.name,
        text=_words_of(post),
        at=post.date,
    )


def _speaker(post: Message) -> tuple[str, str]:
    """Name for people's eyes, and the account's id."""
    if post.sender_chat:
        return post.sender_chat.effective_name or "", str(post.sender_chat.id)
    user = post.from_user
    if user is None:
        return "", ""
    return f"@{user.username}" if user.username else user.full_name, str(user.id)


def _attachments_of(post: Message) -> tuple[str, ...]:
    kind = next((word for name, word in ATTACHMENTS.items() if getattr(post, name, None)), None)
    if kind is None and not (post.text or post.caption):
        kind = "attachment"  # a kind younger than this list: shown rather than dropped
    album = "album" if post.media_group_id else None
    return tuple(word for word in (kind, album) if word)


def _words_of(post: Message) -> str:
    return _storable(post.text or post.caption or "")


def _storable(text: str) -> str:
    """Take out what databases refuse: the null character, and half characters."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
