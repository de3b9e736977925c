"""Deciding: who stood behind which words, who ended what and why, and who was refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from bot.core.why import Why
from bot.errors import AlreadyDecided, AlreadySigned
from bot.history.telling import Telling
from bot.history.words import stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.core.decision import Surface


class Deciding(Telling):
    """Rows about people's decisions."""

    def sign(
        self, question: int, version: int, person: str, *, surface: Surface, look: int = 1, reason: str = ""
    ) -> None:
        """Keep a signature under exactly this version's text; raises AlreadySigned."""
        if self.one(
            "select 1 as known from signatures where question = ? and version = ? and person = ? and look = ?",
            question, version, person, look,
        ):  # fmt: skip
            raise AlreadySigned(Why.signed_already(person=person, version=version))
        draft = self.one("select commitment from drafts where question = ? and version = ?", question, version)
        words, reason_commitment = self.keep_words("reason", reason) if reason else (None, None)
        self.insert(
            "signatures",
            {
                "question": question, "version": version, "person": person, "look": look,
                "commitment": draft["commitment"] if draft else "", "surface": surface, "words": words,
                "reason_commitment": reason_commitment, "at": stamp(self.now),
            },
        )  # fmt: skip

    def rule(
        self,
        question: int,
        version: int,
        kind: Literal["approved", "rewritten", "declined", "left_alone"],
        *,
        by: Sequence[str],
        surface: Surface,
        why: str = "",
        reason: str = "",
    ) -> None:
        """Keep the decision: one per version, by primary key; raises AlreadyDecided."""
        words, commitment = self.keep_words("reason", reason) if reason else (None, None)
        cursor = self.db.execute(
            "insert or ignore into decisions (question, version, kind, why, by, surface, words, commitment, at) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [question, version, kind, why, json.dumps(list(by)), surface, words, commitment, stamp(self.now)],
        )
        if not cursor.rowcount:
            raise AlreadyDecided(Why.decided_just_now(version=version))

    def end(self, question: int, covers: int, kind: Literal["published", "left_alone"], version: int) -> None:
        """Keep that everything up to this mention has its ending; what came later still waits."""
        ending = self.insert(
            "endings",
            {"question": question, "covers": covers, "kind": kind, "version": version, "at": stamp(self.now)},
        )
        self.tell_later(question, kind, ending)
        self.db.execute(
            "delete from waiting where question = ? and not exists "
            "(select 1 from mentions where mentions.question = waiting.question and mentions.number > ?)",
            [question, covers],
        )

    def hand_over(
        self, question: int, kind: str, person: str, *, to: str | None, until: datetime | None, surface: Surface
    ) -> None:
        """Keep who has the question on their table."""
        self.insert(
            "handovers",
            {
                "question": question, "kind": kind, "person": person, "to_person": to,
                "until": stamp(until) if until else None, "surface": surface, "at": stamp(self.now),
            },
        )  # fmt: skip

    def refuse(self, question: int, account: str, why: str, *, surface: Surface) -> None:
        """Keep that somebody clicked who may not; the account name can be erased."""
        words, commitment = self.keep_words("account", account)
        self.insert(
            "refusals",
            {
                "question": question,
                "surface": surface,
                "why": why,
                "words": words,
                "commitment": commitment,
                "at": stamp(self.now),
            },
        )

    def keep_unsent(self, question: int, version: int, text: str, *, by: str, why: str) -> None:
        """Keep words that a person typed and that did not go out, so that nothing typed is lost."""
        words, commitment = self.keep_words("unsent", text)
        self.insert(
            "unsent",
            {
                "question": question, "version": version, "by": by, "why": why, "words": words,
                "commitment": commitment, "at": stamp(self.now),
            },
        )  # fmt: skip

    def switch(self, kind: Literal["pause", "resume"], *, by: str) -> None:
        """Keep that sending was paused, or goes on."""
        self.insert("switches", {"kind": kind, "by": by, "at": stamp(self.now)})

    @property
    def paused(self) -> bool:
        """Whether nothing may leave the house."""
        newest = self.one("select kind from switches order by number desc limit 1")
        return bool(newest) and newest["kind"] == "pause"  # type: ignore[index]  # bool() does not narrow
