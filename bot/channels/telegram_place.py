"""Where a post on Telegram stands: its name, its conversation, the channel post above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

if TYPE_CHECKING:
    from collections.abc import Container

    from telegram import Message, Update


def post_in(update: Update) -> Message | None:
    """Give the post, new or edited, that an update brings."""
    return update.message or update.edited_message


def id_of(post: Message) -> str:
    """Name a post for ever: numbers of posts are unique only inside their chat."""
    return f"{post.chat.id}/{post.message_id}"


def url_of(post: Message) -> str | None:
    """Give the public address; private chats and basic groups have none."""
    return post.link.removesuffix("?thread=None") if post.link else None


def is_direct(post: Message) -> bool:
    """Tell whether only this person and we can read it."""
    return post.chat.type == ChatType.PRIVATE


def thread_of(post: Message, comment_roots: Container[str]) -> str:
    """Name the chat; in forums with the topic, below a channel's post as `<chat id>/comments/<post id>`.

    Every reply in a supergroup carries a thread id, but only that of a topic may be given when we send (elsewhere
    Telegram answers "message thread not found"): so the two look different here, and `topic_of` finds the first.
    """
    if post.is_topic_message and post.message_thread_id:
        return f"{post.chat.id}/{post.message_thread_id}"
    if root := comment_root(post, comment_roots):
        return f"{post.chat.id}/comments/{root.rpartition('/')[2]}"
    return str(post.chat.id)


def topic_of(thread: str) -> int | None:
    """Give the topic to send into, when the thread is one."""
    _, _, topic = thread.partition("/")
    return int(topic) if topic.isdecimal() else None


def comment_root(post: Message, known: Container[str]) -> str | None:
    """Name the forwarded channel post below which this one stands, as `<chat id>/<post id>`."""
    target = post.reply_to_message
    if target and target.is_automatic_forward:
        return id_of(target)
    root = f"{post.chat.id}/{post.message_thread_id}"
    return root if root in known else None


def post_answered(post: Message) -> Message | None:
    """Give the post that this one answers; in a forum, one that answers nobody points at the opening of its topic."""
    target = post.reply_to_message
    return None if target is None or target.forum_topic_created else target
