"""Telling: what happened to a question and is not told below its card yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.core.news import News
from bot.core.why import told_again
from bot.history.words import Table, stamp

if TYPE_CHECKING:
    from bot.core.news import NewsKind

_NEXT = """
select question, kind, subject from untold
where not exists (select 1 from stale_cards where stale_cards.question = untold.question)
and exists (select 1 from cards where cards.question = untold.question and place is not null)
order by put_off, untold.rowid limit 1
"""
"""A card that is to be drawn comes before its news: then the thread hangs below the card that people see."""
_VERSION = """
select drafts.*, words.text as text, (select max(version) from drafts as other
    where other.question = drafts.question and other.version < drafts.version) as before
from drafts left join words on words.number = drafts.words where question = ? and version = ?
"""
_WISH = """
select why, by, words.text as said from redrafts left join words on words.number = redrafts.words
where redrafts.number = ? and redrafts.number > ?
"""
_EDITED = """
select exists (select 1 from mentions as other where other.post = mentions.post and other.number < mentions.number)
as edited from mentions where number = ? and number > ?
"""
_ENDING = """
select endings.version, decisions.by, decisions.why, reasons.text as reason, replies.outbox, words.about
from endings join decisions using (question, version) left join words as reasons on reasons.number = decisions.words
left join replies using (question, version) left join words on words.number = replies.words where endings.number = ?
"""
_OUTCOME = """
select attempts.version, outcomes.why, decisions.by from outcomes join attempts on attempts.number = outcomes.attempt
left join decisions using (question, version) where outcomes.number = ?
"""


class Telling(Table):
    """Rows about news; `untold` is the list of what is still to be told."""

    def tell_later(self, question: int, kind: NewsKind, subject: int) -> None:
        """Put news on the list, where a card hangs below which they can be told; behind older ones of their question."""
        self.db.execute(
            "insert or ignore into untold (question, kind, subject, put_off) select :question, :kind, :subject, "
            "coalesce((select max(put_off) from untold where question = :question), '') "
            "where exists (select 1 from cards where question = :question)",
            {"question": question, "kind": kind, "subject": subject},
        )

    def next_news(self) -> News | None:
        """What to tell next, whose card shows what is true; nothing when all is told."""
        row = self.one(_NEXT)
        if row is None:
            return None
        question, kind, subject = row["question"], row["kind"], row["subject"]
        begun = self.all(
            "select distinct card from told where question = ? and kind = ? and subject = ?", question, kind, subject
        )
        card = self.one(
            "select cards.place, questions.channel from cards join questions on questions.number = cards.question "
            "where question = ? and place is not null order by cards.number desc limit 1",
            question,
        )
        assert card is not None  # noqa: S101  # the list is read with this very condition
        return News(
            question=question,
            kind=kind,
            subject=subject,
            card=card["place"],
            begun_below=tuple(row["card"] for row in begun),
            channel=card["channel"],
            **self._about(question, kind, subject),
        )

    def begin_telling(self, news: News) -> None:
        """Keep that news are about to be told below this card, before the call."""
        self._keep_told(news, None)

    def keep_told(self, news: News, post: str) -> None:
        """Keep which post tells it; it leaves the list."""
        self._keep_told(news, post)
        self.db.execute(
            "delete from untold where question = ? and kind = ? and subject = ?",
            [news.question, news.kind, news.subject],
        )

    def put_off_news(self, question: int) -> None:
        """Tell the news of this question after all others, in their order: they could not be told now."""
        self.db.execute("update untold set put_off = ? where question = ?", [stamp(self.now), question])

    def _keep_told(self, news: News, post: str | None) -> None:
        self.insert(
            "told",
            {
                "question": news.question, "kind": news.kind, "subject": news.subject, "card": news.card, "post": post,
                "at": stamp(self.now),
            },
        )  # fmt: skip

    def _about(self, question: int, kind: NewsKind, subject: int) -> dict[str, Any]:
        """What the journey says about it."""
        if kind == "version":
            return self._about_version(question, subject)
        row = self.one(_ENDING if kind in ("published", "left_alone") else _OUTCOME, subject)
        assert row is not None  # noqa: S101  # the list names rows that nobody can delete
        told = {"version": row["version"], "by": tuple(json.loads(row["by"] or "[]"))}
        if kind in ("published", "left_alone"):
            url = json.loads(row["about"])["url"] if row["about"] else None
            return told | {"why": row["why"], "said": row["reason"] or "", "url": url, "outbox": bool(row["outbox"])}
        return told | {"said": told_again(row["why"])}

    def _about_version(self, question: int, version: int) -> dict[str, Any]:
        row = self.one(_VERSION, question, version)
        assert row is not None  # noqa: S101  # likewise
        told = {
            "version": version, "drafter": row["drafter"], "template": row["template"], "text": row["text"] or "",
            "said": told_again(row["note"]),
        }  # fmt: skip
        return told | self._reason_for(question, row)

    def _reason_for(self, question: int, made: dict[str, Any]) -> dict[str, Any]:
        """Why there are other words: typed, wished for by a colleague, or because the customer said more."""
        if made["drafter"] == "person":
            return {"why": "typed", "by": (made["by"],)}
        before = self.one(
            "select covers, redraft from drafts where question = ? and version = ?", question, made["before"]
        )
        if before and (wish := self.one(_WISH, made["redraft"], before["redraft"])):
            return {"why": wish["why"], "by": (wish["by"],)} | ({"said": wish["said"]} if wish["said"] else {})
        if before and (post := self.one(_EDITED, made["covers"], before["covers"])):
            return {"why": "edited_post" if post["edited"] else "new_post"}
        return {}
