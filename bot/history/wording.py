"""Wording: what is drafted for a question, how it sounds, and what the guard found."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.core.why import kept_form
from bot.history.telling import Telling
from bot.history.words import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.core.draft import Version
    from bot.core.fact import Fault
    from bot.core.finding import Finding
    from bot.core.tone import Polarity, Tone


class Wording(Telling):
    """Rows about drafts."""

    def undrafted(self, mentions: Sequence[int]) -> list[int]:
        """The questions of these mentions that still lack words, most urgent first."""
        rows = self.many(
            "select distinct waiting.question as question from mentions join waiting using (question) "
            "where waiting.lacks_draft = 1 and mentions.number in ({}) order by waiting.due_at, waiting.question",
            mentions,
        )
        return [row["question"] for row in rows]

    def lacking_words(self, heard_before: datetime) -> dict[int, int]:
        """Questions that have lacked words since before that time, each with its newest mention."""
        rows = self.all(
            "select waiting.question as question, max(mentions.number) as newest, max(mentions.heard_at) as heard_at "
            "from waiting join mentions using (question) where waiting.lacks_draft = 1 "
            "group by waiting.question having max(mentions.heard_at) < ? limit 1000",
            stamp(heard_before),
        )
        return {row["question"]: row["newest"] for row in rows}

    def keep_version(self, made: Version) -> bool:
        """Keep a draft with its findings; False when words that answer as much are there already: that settles two runs at once.

        Words that answer more than what another run kept meanwhile take the next number.
        """
        newest = self.one(
            "select version, covers, redraft from drafts where question = ? order by version desc limit 1",
            made.question,
        )
        if newest and newest["version"] >= made.version:
            if not _answers_more(made, newest):
                return False
            made = replace(made, version=newest["version"] + 1)
        words, commitment = self._keep_text(made)
        self.db.execute(
            "insert into drafts (question, version, covers, drafter, by, lang, template, fault, needs, words, commitment, "
            "note, redraft, tokens, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                made.question, made.version, made.covers, made.words.drafter, made.by or made.words.drafter, made.words.lang,
                made.words.template, made.fault, made.needs, words, commitment, kept_form(made.words.note),
                made.redraft, made.words.tokens, stamp(self.now),
            ],
        )  # fmt: skip
        for finding in made.findings:
            self._keep_finding(made, finding)
        self._settle_waiting(made)
        if (newest or made.words.drafter == "person") and (made.words.text or made.words.note):
            self.tell_later(made.question, "version", made.version)  # the first words stand on the card itself
        return True

    def keep_tone(self, question: int, covers: int, tone: Tone, *, by: str) -> None:
        """Keep how a question sounds, by the judge or as a person corrected it."""
        self.insert(
            "tones",
            {
                "question": question, "covers": covers, "lang": tone.lang, "polarity": tone.polarity,
                "confidence": tone.confidence, "arousal": tone.arousal, "flags": json.dumps(tone.ordered_flags),
                "certain": tone.certain, "by": by, "at": stamp(self.now),
            },
        )  # fmt: skip

    def correct_tone(self, question: int, covers: int, tone: Tone, polarity: Polarity, *, by: str) -> None:
        """Keep a person's word on how it sounds; they are certain, and a praise or complaint flag follows them."""
        flags = tone.flags - {"complaint", "praise"}
        if polarity != "neutral":
            flags |= {"complaint"} if polarity == "negative" else {"praise"}
        corrected = replace(tone, polarity=polarity, confidence=1.0, certain=True, flags=frozenset(flags))
        self.keep_tone(question, covers, corrected, by=by)

    def set_fault(self, question: int, fault: Fault, *, by: str, surface: str) -> None:
        """Keep whose fault a person says it is."""
        self.insert(
            "faults", {"question": question, "fault": fault, "by": by, "surface": surface, "at": stamp(self.now)}
        )

    def ask_anew(self, question: int, after: int, *, why: str, by: str, feedback: str = "") -> int:
        """Keep that a version is no longer wanted, and what a colleague said about it; the number of that wish."""
        words, commitment = self.keep_words("feedback", feedback) if feedback else (None, None)
        self.db.execute("update waiting set lacks_draft = 1 where question = ?", [question])
        return self.insert(
            "redrafts",
            {
                "question": question,
                "after": after,
                "why": why,
                "by": by,
                "words": words,
                "commitment": commitment,
                "at": stamp(self.now),
            },
        )

    def unwanted(self, question: int) -> list[str]:
        """The words of every version that was on the table when a colleague last wished for others, since the last ending."""
        rows = self.all(
            "select words.text as text from drafts join words on words.number = drafts.words where question = ? "
            "and version > coalesce((select version from endings where question = ? order by number desc limit 1), -1) "
            "and version <= (select max(after) from redrafts where question = ? and why in ('redraft', 'declined'))",
            question, question, question,
        )  # fmt: skip
        return [row["text"] for row in rows]

    def set_aside(self, question: int, covers: int, why: str) -> None:
        """Keep that nothing could be drafted for a question and why: a person writes."""
        self.insert("asides", {"question": question, "covers": covers, "why": kept_form(why), "at": stamp(self.now)})
        self.db.execute("update waiting set lacks_draft = 0 where question = ?", [question])

    def _keep_text(self, made: Version) -> tuple[int | None, str | None]:
        if not made.words.text:
            return None, None
        details = {"claims": [{"fact": claim.fact, "words": claim.words} for claim in made.words.claims]}
        return self.keep_words("draft", made.words.text, person=self._person_of(made.question), about=details)

    def _keep_finding(self, made: Version, finding: Finding) -> None:
        told = {"hint": finding.hint, "why_de": finding.why_de, "hint_de": finding.hint_de}
        words, commitment = self.keep_words("finding", finding.why, person=self._person_of(made.question), about=told)
        self.insert(
            "findings",
            {
                "question": made.question, "version": made.version, "item": finding.item, "severity": finding.severity,
                "start": finding.start, "end": finding.end, "liftable": finding.liftable, "words": words,
                "commitment": commitment,
            },
        )  # fmt: skip

    def _person_of(self, question: int) -> str:
        row = self.one("select person from questions where number = ?", question)
        return str(row["person"]) if row else ""

    def _settle_waiting(self, made: Version) -> None:
        """Words are there; unless somebody wrote again or wished for other words meanwhile, none are lacking."""
        row = self.one(
            "select exists (select 1 from mentions where question = ? and number > ?) "
            "or exists (select 1 from redrafts where question = ? and number > ?) as lacking",
            made.question, made.covers, made.question, made.redraft,
        )  # fmt: skip
        lacking = bool(row and row["lacking"])
        standing = "preparing" if lacking else "asked" if made.words.text else "needs_words"
        self.db.execute(
            "update waiting set due_at = ?, lacks_draft = ?, standing = "
            "case when standing in ('sending', 'held', 'unknown') then standing else ? end where question = ?",
            [stamp(made.due_at), lacking, standing, made.question],
        )


def _answers_more(made: Version, newest: Mapping[str, Any]) -> bool:
    """Whether these words take into account all that the newest version does, and something beside it."""
    known = newest["covers"], newest["redraft"]
    return made.covers >= known[0] and made.redraft >= known[1] and (made.covers, made.redraft) != known
