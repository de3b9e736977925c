"""Hearing: what customers said is kept, and joins or opens its question."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.history.words import Table, stamp, storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.mention import Delivery, Mention, Overheard

ORDINARY_WAIT = timedelta(hours=24)
"""A question is due within a day until the judge has heard how it sounds."""


class Hearing(Table):
    """Rows about what came in."""

    def keep_raw(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Store what a channel handed over, before it is confirmed; gives back what is new."""
        return [
            delivery
            for delivery in deliveries
            if self.db.execute(
                "insert or ignore into raw (channel, id, body, at) values (?, ?, ?, ?)",
                [delivery.channel, delivery.id, delivery.body, stamp(self.now)],
            ).rowcount
        ]

    def forget_raw(self, older_than: timedelta) -> None:
        """Drop raw deliveries and their ids that are no longer needed; the newest of each channel may be brought again."""
        before = stamp(self.now - older_than)
        self.db.execute(
            "delete from raw where at < ? and id < (select max(id) from raw as other where other.channel = raw.channel)",
            [before],
        )
        self.db.execute("delete from seen where at < ?", [before])

    def first_seen(self, name: str) -> bool:
        """Keep a delivery's own id (Slack's `event_id`); False when it came before."""
        return bool(
            self.db.execute("insert or ignore into seen (id, at) values (?, ?)", [name, stamp(self.now)]).rowcount
        )

    def hear(self, mention: Mention) -> int | None:
        """Keep a mention and let it join or open its question; its number, or nothing when it is no news.

        No news is: heard before, one of our own replies coming back, or a follow-up without an open question.
        """
        post = self.hash(mention.key)
        version = self._news(post, mention)
        if version is None:
            return None
        person, thread = self.hash(mention.person_key), self.hash(f"{mention.channel}:{mention.thread}")
        question = self._question_for(mention, post, person, thread)
        if question is None:
            return None
        words, commitment = self.keep_words("mention", mention.text, person=person, about=_about(mention))
        number = self.insert(
            "mentions",
            {
                "question": question, "channel": mention.channel, "post": post, "version": version,
                "aimed": mention.aimed, "words": words, "commitment": commitment,
                "said_at": stamp(mention.at), "heard_at": stamp(self.now),
            },
        )  # fmt: skip
        self._let_wait(question, mention.channel)
        return number

    def overhear(self, heard: Overheard) -> int | None:
        """Keep a colleague's own answer; gives back the open question it concerns, whose draft is stale now."""
        post = self.hash(f"{heard.channel}:{heard.id}")
        if self.one(
            "select 1 as known from overheard where post = ? union select 1 from replies where post = ?", post, post
        ):
            return None
        question = self._question_answered_by(heard)
        if question is None:
            return None
        words, commitment = self.keep_words("overheard", heard.text, about={"id": heard.id})
        self.insert(
            "overheard",
            {
                "question": question,
                "post": post,
                "by": heard.by,
                "words": words,
                "commitment": commitment,
                "at": stamp(self.now),
            },
        )
        return question

    def _news(self, post: str, mention: Mention) -> int | None:
        """The version under which a post is kept; nothing when it says nothing new, or is our own.

        Edits are dated to the second, so a second one within it takes the next number.
        """
        newest = self.one(
            "select version, text, about from mentions join words on words.number = mentions.words "
            "where post = ? order by version desc limit 1",
            post,
        )
        if newest is None:
            ours = self.one("select 1 as said from replies where post = ?", post)
            return None if ours else mention.version
        same = newest["text"] == storable(mention.text) and json.loads(newest["about"])["attachments"] == list(
            mention.attachments
        )
        if same or mention.version == 0 or mention.version < newest["version"]:
            return None
        return max(mention.version, int(newest["version"]) + 1)

    def _question_for(self, mention: Mention, post: str, person: str, thread: str) -> int | None:
        """The question a mention belongs to: the same post's, the person's open one, one that it reopens, or a new one."""
        edited = self.one("select question from mentions where post = ? limit 1", post)
        if edited:
            return int(edited["question"])
        newest = self.one(
            "select number, exists (select 1 from waiting where question = number) as open from questions "
            "where channel = ? and thread = ? and person = ? order by number desc limit 1",
            mention.channel, thread, person,
        )  # fmt: skip
        if newest and (newest["open"] or self._reopens(mention, newest["number"])):
            return int(newest["number"])
        if mention.aimed == "follows_up":
            return None
        return self.insert(
            "questions",
            {
                "channel": mention.channel, "person": person, "thread": thread, "public": mention.public,
                "replayed": mention.replayed, "opened_at": stamp(self.now),
            },
        )  # fmt: skip

    def _reopens(self, mention: Mention, question: int) -> bool:
        """Whether the customer answers our reply: by replying to it, or by writing on in a private chat."""
        if mention.answers:
            post = self.hash(f"{mention.channel}:{mention.answers}")
            return bool(self.one("select 1 as ours from replies where post = ? and question = ?", post, question))
        return not mention.public and bool(self.one("select 1 as said from replies where question = ?", question))

    def _question_answered_by(self, heard: Overheard) -> int | None:
        if heard.answers:
            row = self.one(
                "select question from mentions join waiting using (question) where post = ? limit 1",
                self.hash(f"{heard.channel}:{heard.answers}"),
            )
            return int(row["question"]) if row else None
        return None

    def _let_wait(self, question: int, channel: str) -> None:
        """The question stands open and lacks words; what was due stays due."""
        self.db.execute(
            "insert into waiting (question, since, due_at, channel, lacks_draft, standing) values (?, ?, ?, ?, 1, 'preparing') "
            "on conflict (question) do update set lacks_draft = 1, standing = "
            "case when standing in ('sending', 'held', 'unknown') then standing else 'preparing' end",
            [question, stamp(self.now), stamp(self.now + ORDINARY_WAIT), channel],
        )


def _about(mention: Mention) -> dict[str, object]:
    """What belongs to a post and may be erased with it."""
    return {
        "id": mention.id, "author": mention.author, "author_id": mention.author_id, "thread": mention.thread,
        "url": mention.url, "lang": mention.lang, "attachments": list(mention.attachments), "answers": mention.answers,
    }  # fmt: skip
