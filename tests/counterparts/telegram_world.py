"""The pretend Telegram: who and what exists there, and which of it the bot is allowed to hear."""

from __future__ import annotations

import time
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.counterparts.telegram_chats import (
    CHANNEL,
    GROUP,
    IN_CHARGE,
    OUTSIDE,
    PRIVATE,
    SUPERGROUP,
    Chat,
    Json,
    Person,
    Post,
)
from tests.counterparts.telegram_mailbox import Mailbox
from tests.counterparts.telegram_webhook import Courier
from tests.counterparts.telegram_words import commands_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.counterparts.telegram_faults import Fault

TOKEN = "4200:a-token-for-tests-that-opens-no-door"
SUPERGROUP_IDS = -1_000_000_000_000
SERVICE = ("new_chat_members", "forum_topic_created", "migrate_to_chat_id", "migrate_from_chat_id")


class World:
    """Everything that is kept; the verbs of the people live in `Speech` and `Membership`."""

    def __init__(
        self, *, token: str = TOKEN, username: str = "candor_bot", name: str = "Candor", reads_everything: bool = False
    ) -> None:
        """`reads_everything` false is privacy mode, as every bot on Telegram begins."""
        self.token = token
        self.reads_everything = reads_everything
        self.bot = Person(id=int(token.partition(":")[0]), name=name, username=username, is_bot=True)
        self.owner = Person(id=7000, name="Owner")  # whoever runs the groups and channels
        self.people: dict[int, Person] = {person.id: person for person in (self.bot, self.owner)}
        self.chats: dict[int, Chat] = {}
        self.mailbox = Mailbox()
        self.courier = Courier(self.mailbox)
        self.sent: list[Post] = []  # what the bot said and Telegram stored
        self.calls: list[tuple[str, Json]] = []  # every method that arrived, with its fields
        self.faults: list[Fault] = []
        self._person_ids, self._chat_ids, self._shared_ids = count(7001), count(1001), count(1)
        self._ids: dict[int, Iterator[int]] = {}

    def add_person(self, name: str, username: str | None = None, *, is_bot: bool = False) -> Person:
        """Somebody with an account."""
        person = Person(id=next(self._person_ids), name=name, username=username, is_bot=is_bot)
        self.people[person.id] = person
        return person

    def add_group(
        self,
        title: str,
        *,
        kind: str = SUPERGROUP,
        username: str | None = None,
        forum: bool = False,
        bot_is: str = "member",
    ) -> Chat:
        """A group in which the bot has been for long, so nothing is announced; `kind` is supergroup or group."""
        if kind not in (GROUP, SUPERGROUP) or (kind == GROUP and (username or forum)):
            message = "a basic group has neither a name of its own nor topics"
            raise ValueError(message)
        number = next(self._chat_ids)
        chat_id = SUPERGROUP_IDS - number if kind == SUPERGROUP else -number
        return self._keep(
            Chat(id=chat_id, kind=kind, title=title, username=username, forum=forum, bot_is=bot_is),
        )

    def add_channel(
        self, title: str, *, username: str | None = None, group: Chat | None = None, bot_is: str = "left"
    ) -> Chat:
        """A channel; with `group`, what it publishes is forwarded there for discussion."""
        chat_id = SUPERGROUP_IDS - next(self._chat_ids)
        channel = Chat(id=chat_id, kind=CHANNEL, title=title, username=username, partner=group, bot_is=bot_is)
        if group:
            group.partner = channel
        return self._keep(channel)

    def add_private(self, person: Person) -> Chat:
        """The conversation that a person has begun with the bot; it has the person's id."""
        chat = Chat(id=person.id, kind=PRIVATE, title=person.name, username=person.username)
        return self._keep(chat)

    def add_topic(self, group: Chat, name: str) -> int:
        """A topic of a forum: its thread id, which is the id of the post that opened it."""
        opening = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        post = self.store(group, self.owner, opening)
        post.message |= {"message_thread_id": post.id, "is_topic_message": True}
        post.thread = post.id
        group.topics[post.id] = post
        return post.id

    def add_member(self, chat: Chat, person: Person, status: str = "member") -> None:
        """Who is what, for `getChatMember`."""
        chat.members[person.id] = status

    def find_chat(self, reference: int | str) -> Chat | None:
        """By number or by @username."""
        if isinstance(reference, int):
            return self.chats.get(reference)
        name = reference.removeprefix("@").lower()
        return next((chat for chat in self.chats.values() if (chat.username or "").lower() == name), None)

    def store(
        self,
        chat: Chat,
        sender: Person | Chat,
        content: Json,
        *,
        reply_to: Post | None = None,
        thread: int | None = None,
        at: int | None = None,
    ) -> Post:
        """Write a post into a chat under its next number, in the thread that follows from what it answers."""
        number = next(self._ids[chat.id])
        thread = thread or _thread_of(chat, reply_to)
        message: Json = {"message_id": number, "date": at or int(time.time()), **_signature(sender), **content}
        if thread:
            message["message_thread_id"] = thread
            if chat.forum:
                message["is_topic_message"] = True
        answered = reply_to or chat.topics.get(thread or 0)  # in a topic, a post without a target answers its opening
        post = Post(chat=chat, id=number, sender=sender, message=message, reply_to=answered, thread=thread)
        chat.posts[number] = post
        if isinstance(sender, Person) and sender.is_bot:
            chat.last_bot = sender.id
        return post

    def tell_bot(self, post: Post, kind: str = "message") -> None:
        """Queue the post for the bot, if the bot may see it at all."""
        if self._may_see(post):
            self.mailbox.put(kind, post.as_json())

    def _may_see(self, post: Post) -> bool:
        chat = post.chat
        if chat.bot_is in OUTSIDE or (isinstance(post.sender, Person) and post.sender.is_bot):
            return False
        if chat.kind in (PRIVATE, CHANNEL) or chat.bot_is in IN_CHARGE or chat.bot_reads_all:
            return True
        return any(mark in post.message for mark in SERVICE) or self._is_meant_for_bot(post)

    def _is_meant_for_bot(self, post: Post) -> bool:
        """What privacy mode lets through: a reply to us, a command to us, a bare command after our own words."""
        if post.reply_to and post.reply_to.sender is self.bot:
            return True
        ours = f"@{self.bot.username}".lower()
        commands = [command.lower() for command in commands_in(post)]
        bare = any("@" not in command for command in commands) and post.chat.last_bot == self.bot.id
        return bare or any(command.endswith(ours) for command in commands)

    def _keep(self, chat: Chat) -> Chat:
        chat.bot_reads_all = self.reads_everything
        if chat.kind != PRIVATE:
            chat.members[self.owner.id] = "creator"
        self.chats[chat.id] = chat
        own_numbers = chat.kind in (SUPERGROUP, CHANNEL)
        self._ids[chat.id] = count(1) if own_numbers else self._shared_ids
        return chat


def _thread_of(chat: Chat, reply_to: Post | None) -> int | None:
    """Basic groups and private chats know no threads; elsewhere a reply belongs to the thread it answers in."""
    if not reply_to or chat.kind != SUPERGROUP:
        return None
    return reply_to.thread if chat.forum else reply_to.thread or reply_to.id


def _signature(sender: Person | Chat) -> dict[str, Any]:
    """Channels post without a person; elsewhere a chat that speaks has a stand-in for its person."""
    if isinstance(sender, Person):
        return {"from": sender.as_json()}
    return {"sender_chat": sender.as_json()}
