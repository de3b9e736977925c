"""Sign: one person stands behind exactly one text; with the last signature needed, the reply is decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bot.core.draft import Version, Words
from bot.core.playbook import answer_within, signatures_needed
from bot.core.promise import promises_in
from bot.core.why import Why
from bot.errors import AlreadyDecided, NotAllowed, Stopped
from bot.pipeline.preparing import Preparing
from bot.pipeline.publishing import Publishing
from bot.pipeline.refusing import Refusing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.decision import Approved, Rewritten
    from bot.core.finding import Finding
    from bot.core.person import Person
    from bot.core.question import Question, Signature
    from bot.core.tone import Tone
    from bot.pipeline.ports import Rows

REASON_AT_LEAST = 10
"""Characters of a written reason that lifts a stop or replaces the second person (`slack` page)."""


class Signing(Preparing, Publishing, Refusing):
    """From words on the table to a decision to publish them."""

    def _approve(self, rows: Rows, question: Question, decision: Approved) -> None:
        if question.standing == "failed":
            raise AlreadyDecided(Why.refused_for_good())
        if question.standing == "needs_words" or question.draft is None or not question.draft.words.text:
            raise NotAllowed(Why.nothing_drafted())
        if not question.approvable:
            raise Stopped(question.draft.stops)
        kind: Literal["approved", "rewritten"] = "rewritten" if question.draft.words.drafter == "person" else "approved"
        self._sign(rows, question, question.version, decision, kind, decision.reason)

    def _rewrite(self, rows: Rows, question: Question, decision: Rewritten) -> None:
        """Typed words become a version of their own, signed by the one who typed them."""
        text = decision.text.strip()
        if not text:
            raise NotAllowed(Why.empty_reply())
        tone = self._tone_of(question)
        needs = max(question.needs, signatures_needed(tone))  # also where nothing was drafted
        question = replace(question, needs=needs)
        findings = self._findings(question, tone, text, rows.recent_replies(), edited=True)
        stops = [finding for finding in findings if finding.stops]
        if stops and not (all(stop.liftable for stop in stops) and len(decision.reason.strip()) >= REASON_AT_LEAST):
            raise Stopped(stops)
        words = Words(text=text, drafter="person", lang=tone.lang, promises=promises_in(text))
        version = self._typed_version(question, words, tone, findings, decision.by)
        rows.keep_version(version)  # read and written in one transaction: nobody comes in between
        self._sign(rows, question, version.version, decision, "rewritten", decision.reason)

    def _sign(
        self,
        rows: Rows,
        question: Question,
        version: int,
        decision: Approved | Rewritten,
        kind: Literal["approved", "rewritten"],
        reason: str,
    ) -> None:
        """One signature; with the last one needed, the decision and the promise to publish it."""
        signed = [signature for signature in question.signatures if version == question.version]
        look = self._look(rows, question, signed, decision.by, reason)
        rows.sign(question.number, version, decision.by.name, surface=decision.surface, look=look, reason=reason)
        signers = tuple(dict.fromkeys((*(signature.person for signature in signed), decision.by.name)))
        if max(len(signers), look) < question.needs:
            return
        rows.rule(question.number, version, kind, by=signers, surface=decision.surface, reason=reason)
        self._promise_to_publish(rows, question.number, version, "0")

    def _look(self, rows: Rows, question: Question, signed: Sequence[Signature], by: Person, reason: str) -> int:
        """1, or 2 for the second look that replaces a second person in a one-person house: a reason, and a pause."""
        if question.needs == 1 or self.house.second_person == "required":
            return 1
        if len(reason.strip()) < REASON_AT_LEAST:
            raise NotAllowed(Why.reason_needed(characters=REASON_AT_LEAST))
        first = next((signature for signature in signed if signature.person == by.name), None)
        if first is None:
            return 1
        earliest = first.at + self.house.second_look_after
        if rows.now < earliest:
            raise NotAllowed(Why.second_look_from(clock=f"{self._local(earliest):%H:%M:%S}"))
        return 2

    def _typed_version(
        self, question: Question, words: Words, tone: Tone, findings: Sequence[Finding], by: Person | None
    ) -> Version:
        heard_at = min(post.heard_at for post in question.unanswered)
        return Version(
            question=question.number,
            version=question.version + 1,
            covers=question.newest_number,
            words=words,
            fault=question.fault,
            needs=question.needs,
            tone=tone,
            due_at=heard_at + answer_within(tone),
            findings=findings,
            by=by.name if by else "nobody",
            redraft=question.redraft,
        )
