"""Prepare: judge how it sounds, find words, check them; what is missing, and only that."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.case import Case
from bot.core.draft import Brief, Version, Words
from bot.core.playbook import WORDLESS, answer_within, signatures_needed, situation_of
from bot.core.tone import together
from bot.core.why import Why
from bot.errors import DraftingError, WordsError
from bot.pipeline.base import Base, place_of_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.finding import Finding
    from bot.core.question import Question
    from bot.core.tone import Tone

log = logging.getLogger("candor.pipeline")

KEEP_AFTER = 50
"""Finished drafts are saved in groups of this many, or after a second: a crash never repeats more of a model's bill."""


class Preparing(Base):
    """From a question to words that a person can decide about."""

    async def prepare(self, mentions: list[int]) -> None:
        """Draft what is still missing for these mentions; a rerun finds the rest done."""
        self.reached("prepare: begun")
        questions = await asyncio.to_thread(self._lacking_words, mentions)
        recent = await asyncio.to_thread(self._recent_replies) if questions else ()
        made: list[tuple[Question, Version]] = []
        saved_at = asyncio.get_running_loop().time()
        for first in range(0, len(questions), self.drafts_at_once):
            group = questions[first : first + self.drafts_at_once]
            versions = await asyncio.gather(*(self._version_or_aside(question, recent) for question in group))
            made += [(q, version) for q, version in zip(group, versions, strict=True) if version is not None]
            await asyncio.sleep(0)  # an `ack` in the same loop is never kept waiting for a whole batch
            if len(made) >= KEEP_AFTER or asyncio.get_running_loop().time() - saved_at > 1:
                await asyncio.to_thread(self._keep, made)
                made, saved_at = [], asyncio.get_running_loop().time()
        await asyncio.to_thread(self._keep, made)
        self.reached("prepare: kept")

    def _lacking_words(self, mentions: Sequence[int]) -> Sequence[Question]:
        with self.history.reading() as rows:
            return rows.questions(rows.undrafted(mentions))

    def _unwanted(self, question: int) -> Sequence[str]:
        with self.history.reading() as rows:
            return rows.unwanted(question)

    def _recent_replies(self) -> Sequence[str]:
        with self.history.reading() as rows:
            return rows.recent_replies()

    async def _version_or_aside(self, question: Question, recent: Sequence[str]) -> Version | None:
        """The next version; a question that breaks something is set aside alone, visibly, and the others go on."""
        try:
            return await self._version(question, recent)
        except Exception as error:  # noqa: BLE001  # an exception that left the job would end its id for good: it becomes a row instead
            log.error("question %d was set aside: %s", question.number, place_of_fault(error))  # noqa: TRY400  # see there
            await asyncio.to_thread(self.set_aside, question, Why.drafting_broke(fault=type(error).__name__))
            return None

    async def _version(self, question: Question, recent: Sequence[str]) -> Version:
        tone = self._tone_of(question)
        self.reached("prepare: judged")
        unwanted = await asyncio.to_thread(self._unwanted, question.number) if question.wishes else ()
        brief = self._brief(question, tone, unwanted)
        words, findings = await self._checked_words(question, brief, recent)
        self.reached("prepare: checked")
        heard_at = min(post.heard_at for post in question.unanswered)
        return Version(
            question=question.number,
            version=self._next_version(question, words),
            covers=question.newest_number,
            words=words,
            fault=question.fault,
            needs=signatures_needed(tone),
            tone=tone,
            due_at=heard_at + answer_within(tone),
            findings=findings,
            redraft=question.redraft,
        )

    def _tone_of(self, question: Question) -> Tone:
        """How the unanswered posts sound; what a person corrected stands until the customer says more."""
        if question.tone is not None and question.tone_covers >= question.newest_number:
            return question.tone
        return together([self.judge.judge(post.mention.text, post.mention.lang) for post in question.unanswered])

    def _brief(self, question: Question, tone: Tone, unwanted: Sequence[str]) -> Brief:
        newest = question.newest
        return Brief(
            brand=self.house.brand,
            posts=tuple(post.mention for post in question.unanswered),
            tone=replace(tone, lang=self.house.languages[0]) if tone.lang == "und" else tone,
            fault=question.fault,
            address=self.house.address_on(newest.channel),
            situation=situation_of(tone, question.fault),
            version=question.wishes + 1,
            feedback=question.wish,
            unwanted=unwanted,
            said_before=(*(reply.text for reply in question.said), *question.overheard),
            limit=self.limit_of(newest.channel),
        )

    async def _checked_words(
        self, question: Question, brief: Brief, recent: Sequence[str]
    ) -> tuple[Words, Sequence[Finding]]:
        """Words and what the guard found in them; what it stops is drafted again, then by the team's own wordings.

        What is stopped even then is shown as it is: a person writes.
        """
        words = await self._words(brief)
        findings = self._findings(question, brief.tone, words.text, recent)
        for rejected in (False, True):
            stops = [f"{finding.item}: {finding.why}" for finding in findings if finding.stops]
            if not stops:
                break
            told = f"{brief.feedback}\n{'; '.join(stops)}".strip()
            other = await self._words(replace(brief, version=brief.version + 1, feedback=told, rejected=rejected))
            if other.drafter == "nobody":
                break
            words, findings = other, self._findings(question, brief.tone, other.text, recent)
        return words, findings

    async def _words(self, brief: Brief) -> Words:
        """What a drafter wrote, or nobody's empty page with the reason."""
        if brief.tone.lang not in self.house.languages:
            return _nobody(brief, Why.foreign_language(lang=brief.tone.lang))
        if brief.situation in WORDLESS:
            return _nobody(brief, Why.looks_like_spam())
        try:
            words = await self.drafter.draft(brief)
        except DraftingError as error:
            return _nobody(brief, error.why)
        except WordsError as error:
            return _nobody(brief, Why.words_unusable(fault=error.why))
        return words if words.text not in brief.unwanted else _nobody(brief, Why.nothing_new())

    def _findings(
        self, question: Question, tone: Tone, text: str, recent: Sequence[str], *, edited: bool = False
    ) -> Sequence[Finding]:
        """What the guard says about these words as an answer to this question; the same eyes for drafts and typed words."""
        if not text:
            return ()
        newest = question.newest
        case = Case(
            text=text,
            mention="\n".join(post.mention.text for post in question.unanswered),
            author=newest.author,
            thread=tuple(reply.text for reply in question.said),
            lang=None if tone.lang == "und" else tone.lang,
            address=self.house.address_on(newest.channel),
            fault=question.fault,
            allow=self.house.allow,
            channel=newest.channel,
            limit=self.limit_of(newest.channel),
            public=newest.public,
            edited=edited,
            recent_replies=tuple(recent),
        )
        return self.guard.check(case)

    def set_aside(self, question: Question, why: str) -> None:
        """Nothing could be drafted: the question stands visibly open, and a person writes."""
        with self.history.together() as rows:
            rows.set_aside(question.number, question.newest_number, why)
            self._changed(rows, question.number)

    def _next_version(self, question: Question, words: Words) -> int:
        """Versions count up; 0 says that nothing was ever drafted."""
        if question.draft is None:
            return 0 if words.drafter == "nobody" else 1
        return question.version + 1

    def _keep(self, made: Sequence[tuple[Question, Version]]) -> None:
        if not made:
            return
        with self.history.together() as rows:
            kept = [(question, version) for question, version in made if rows.keep_version(version)]
            for question, version in kept:
                if question.tone != version.tone or question.tone_covers < version.covers:
                    rows.keep_tone(version.question, version.covers, version.tone, by="judge")
            self._redraw(rows, *(version.question for _, version in kept))
            self.reached("prepare: before commit")


def _nobody(brief: Brief, note: str) -> Words:
    return Words(text="", drafter="nobody", lang=brief.tone.lang, note=note)
