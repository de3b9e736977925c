"""Publishing: an attempt before every call, its outcome after it, and the reply that stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.core.attempt import MAY_TRY_AGAIN, Attempt
from bot.core.why import kept_form
from bot.history.telling import Telling
from bot.history.words import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta
    from typing import Any

    from bot.core.attempt import OutcomeKind, Sent
    from bot.core.news import NewsKind

_TOLD: Mapping[OutcomeKind, NewsKind] = {"unknown": "unknown", "refused": "failed"}
"""Outcomes that people are told at once; what is sent is told with its ending, what is held goes on by itself."""
_ON_THEIR_WAY = "with going as (select question from waiting where standing in ('sending', 'held')) select question, version from going cross"
"""Read from the short list of what is going out now, first: the sweeper asks every few seconds, and the journey only grows."""


class Publishing(Telling):
    """Rows about what goes out."""

    def next_attempt(self, question: int, version: int) -> tuple[Attempt, bool] | None:
        """The attempt to make now, and whether its call is new; nothing when this version needs no call.

        An attempt without an outcome was begun by a process that died: its call is not made again, only looked for.
        """
        last = self.one(
            "select number, try, (select kind from outcomes where attempt = attempts.number order by number desc limit 1) "
            "as outcome from attempts where question = ? and version = ? order by try desc limit 1",
            question, version,
        )  # fmt: skip
        if last and last["outcome"] is None:
            return self.attempt(last["number"]), False
        if last and last["outcome"] not in MAY_TRY_AGAIN:
            self._let_go(question, version)
            return None
        return self._begin(question, version, (last["try"] + 1) if last else 1), True

    def close_attempt(
        self, attempt: int, kind: OutcomeKind, *, why: str = "", by: str = "channel", again_at: datetime | None = None
    ) -> None:
        """Keep how an attempt ended; `again_at` puts it on the list of what is tried again."""
        outcome = self.insert(
            "outcomes",
            {
                "attempt": attempt, "kind": kind, "by": by, "why": kept_form(why),
                "again_at": stamp(again_at) if again_at else None, "at": stamp(self.now),
            },
        )  # fmt: skip
        row = self.one("select question, version from attempts where number = ?", attempt)
        if row and again_at:
            self.hold(row["question"], row["version"], again_at)
        elif row:
            self._let_go(row["question"], row["version"])
        if row and kind in _TOLD:
            self.tell_later(row["question"], _TOLD[kind], outcome)

    def hold(self, question: int, version: int, again_at: datetime) -> None:
        """Put a decided reply on the list of what is tried again."""
        self.db.execute(
            "insert into unsettled (question, version, again_at) values (?, ?, ?) "
            "on conflict (question, version) do update set again_at = excluded.again_at",
            [question, version, stamp(again_at)],
        )

    def held(self, now: datetime) -> list[tuple[int, int]]:
        """Decided replies whose time to be tried again has come."""
        rows = self.all("select question, version from unsettled where again_at <= ? order by again_at", stamp(now))
        return [(row["question"], row["version"]) for row in rows]

    def decided_unsent(self, before: datetime) -> list[tuple[int, int]]:
        """Decisions to publish, older than this, of which no attempt was ever begun."""
        rows = self.all(
            f"{_ON_THEIR_WAY} join decisions using (question) where kind in ('approved', 'rewritten') and at < ? "
            "and not exists (select 1 from attempts "
            "where attempts.question = decisions.question and attempts.version = decisions.version)",
            stamp(before),
        )
        return [(row["question"], row["version"]) for row in rows]

    def unfinished(self, before: datetime) -> list[tuple[int, int]]:
        """Attempts begun before this that have no outcome."""
        rows = self.all(
            f"{_ON_THEIR_WAY} join attempts using (question) where at < ? "
            "and not exists (select 1 from outcomes where outcomes.attempt = attempts.number)",
            stamp(before),
        )
        return [(row["question"], row["version"]) for row in rows]

    def covered(self, question: int, version: int) -> int:
        """The newest mention that this version answers."""
        return int(self._draft(question, version)["covers"])

    def keep_reply(self, attempt: Attempt, sent: Sent, *, outbox: bool) -> None:
        """Keep what stands in public now, under the keyed name its echo will have."""
        words, commitment = self.keep_words("reply", attempt.text, about={"id": sent.id, "url": sent.url})
        self.db.execute(
            "insert into replies (question, version, attempt, post, outbox, words, commitment, at) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                attempt.question, attempt.version, attempt.number, self.hash(f"{attempt.channel}:{sent.id}"), outbox,
                words, commitment, stamp(self.now),
            ],
        )  # fmt: skip

    def keep_promises(
        self, question: int, version: int, promises: Sequence[str], *, owner: str, due_in: timedelta
    ) -> None:
        """Keep what the published words commit us to."""
        for promise in promises:
            words, commitment = self.keep_words("promise", promise)
            self.insert(
                "promises",
                {
                    "question": question, "version": version, "owner": owner, "due_at": stamp(self.now + due_in),
                    "words": words, "commitment": commitment, "at": stamp(self.now),
                },
            )  # fmt: skip

    def recent_replies(self, limit: int = 20) -> list[str]:
        """What we published lately, newest first."""
        rows = self.all(
            "select words.text as text from replies join words on words.number = replies.words order by replies.at desc limit ?",
            limit,
        )
        return [row["text"] for row in rows]

    def keep_in_outbox(self, attempt: Attempt) -> int:
        """Keep a reply to a replayed mention; the same key again gives the same number."""
        known = self.seek_in_outbox(attempt.key)
        if known is not None:
            return known
        words, _ = self.keep_words("outbox", attempt.text, about={"answers": attempt.post, "channel": attempt.channel})
        return self.insert(
            "outbox",
            {
                "key": attempt.key,
                "question": attempt.question,
                "version": attempt.version,
                "words": words,
                "at": stamp(self.now),
            },
        )

    def seek_in_outbox(self, key: str) -> int | None:
        """The number of a reply in the outbox, when it is there."""
        row = self.one("select number from outbox where key = ?", key)
        return int(row["number"]) if row else None

    def _let_go(self, question: int, version: int) -> None:
        """Take a reply off the list of what is tried again."""
        self.db.execute("delete from unsettled where question = ? and version = ?", [question, version])

    def _begin(self, question: int, version: int, attempt_try: int) -> Attempt:
        """Write down what is about to be said, and under which post: the newest that the words answer."""
        draft = self._draft(question, version)
        newest = self.one(
            "select max(number) as number from mentions where question = ? and number <= ? group by post order by min(number) desc limit 1",
            question, draft["covers"],
        )  # fmt: skip
        assert newest is not None  # noqa: S101  # a draft covers a mention that exists
        number = self.insert(
            "attempts",
            {
                "question": question, "version": version, "try": attempt_try, "key": self.hash(f"reply:{question}:{version}"),
                "mention": newest["number"], "commitment": draft["commitment"], "at": stamp(self.now),
            },
        )  # fmt: skip
        return self.attempt(number)

    def attempt(self, number: int) -> Attempt:
        """One attempt as it was written down."""
        row = self.one(
            "select attempts.*, mentions.channel as channel, words.about as about, questions.replayed as replayed "
            "from attempts join mentions on mentions.number = attempts.mention join words on words.number = mentions.words "
            "join questions on questions.number = attempts.question where attempts.number = ?",
            number,
        )
        assert row is not None  # noqa: S101  # asked by a number that was just read or written
        about = json.loads(row["about"])
        return Attempt(
            number=number, question=row["question"], version=row["version"], channel=row["channel"], thread=about["thread"],
            post=about["id"], text=self._draft(row["question"], row["version"])["text"], key=row["key"], replayed=bool(row["replayed"]),
        )  # fmt: skip

    def _draft(self, question: int, version: int) -> dict[str, Any]:
        row = self.one(
            "select drafts.covers, drafts.commitment, words.text from drafts join words on words.number = drafts.words "
            "where question = ? and version = ?",
            question, version,
        )  # fmt: skip
        assert row is not None  # noqa: S101  # only versions with words are decided for publishing
        return row
