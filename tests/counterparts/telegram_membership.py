"""What happens to the bot and its chats: added, promoted, kicked, blocked, upgraded, closed."""

from __future__ import annotations

import time

from tests.counterparts.telegram_chats import OUTSIDE, PRIVATE, SUPERGROUP, Chat, Person
from tests.counterparts.telegram_members import member_json
from tests.counterparts.telegram_world import World


class Membership(World):
    """Changes that reach the bot as `my_chat_member` or as service messages."""

    def bot_becomes(self, chat: Chat, status: str, by: Person | None = None) -> None:
        """Give the bot another standing: member, administrator, restricted (it may not write), left or kicked.

        In a private chat, kicked is a person who blocks the bot, and member one who lets it in again.
        """
        person = by or self._somebody(chat)
        before, chat.bot_is = chat.bot_is, status
        joined = before in OUTSIDE and status not in OUTSIDE
        change = {
            "chat": chat.as_json(),
            "from": person.as_json(),
            "date": int(time.time()),
            "old_chat_member": member_json(self.bot, before),
            "new_chat_member": member_json(self.bot, status),
        }
        self.mailbox.put("my_chat_member", change)
        if joined and chat.kind != PRIVATE:
            chat.bot_reads_all = self.reads_everything
            self.tell_bot(self.store(chat, person, {"new_chat_members": [self.bot.as_json()]}))

    def sets_privacy(self, *, reads_everything: bool) -> None:
        """What BotFather's /setprivacy does: `getMe` tells at once, a chat only after the bot has joined it again."""
        self.reads_everything = reads_everything

    def upgrades(self, group: Chat) -> Chat:
        """Turn a basic group into a supergroup: another id, other message numbers, and both sides are told."""
        new = self.add_group(group.title, kind=SUPERGROUP, bot_is=group.bot_is)
        new.members, new.bot_reads_all = dict(group.members), group.bot_reads_all
        person = self._somebody(group)
        self.tell_bot(self.store(group, person, {"migrate_to_chat_id": new.id}))
        self.tell_bot(self.store(new, person, {"migrate_from_chat_id": group.id}))
        group.migrated_to = new
        return new

    def closes_topic(self, group: Chat, thread: int) -> None:
        """From now on only administrators write there."""
        group.closed_topics.add(thread)

    def limits_posts(self, chat: Chat, most: int, seconds: float) -> None:
        """Answer 429 when the bot posts more often than that in this chat."""
        chat.flood = (most, seconds)

    def changes_token(self, token: str) -> None:
        """What BotFather's /revoke does: the old token answers 401 from now on."""
        self.token = token

    def rival_polls(self) -> None:
        """Another process polls with our token: the waiting poll gets 409, or else the next one."""
        self.mailbox.rival_polls()

    def a_day_passes(self) -> None:
        """Telegram keeps what nobody fetched for 24 hours at most."""
        self.mailbox.updates.clear()

    def delivers_twice(self, times: int = 1) -> None:
        """Repeat so many webhook deliveries although they were answered with 2xx."""
        self.courier.repeats += times

    def _somebody(self, chat: Chat) -> Person:
        return self.people[chat.id] if chat.kind == PRIVATE else self.owner
