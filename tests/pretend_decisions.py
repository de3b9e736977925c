# the Protocol names more than a pretended house needs
# the Protocol names more than a pretended house needs
"""The house as Slack and the desk see it, in memory: it keeps the Protocol's promises without a database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Literal

from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.draft import Draft, Words
from bot.core.question import Handover, Ruling, Signature
from bot.errors import AlreadyDecided, AlreadySigned, NotAllowed, Outdated, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.core.decision import Decision, Surface
    from bot.core.fact import Fault
    from bot.core.finding import Finding
    from bot.core.house import House
    from bot.core.person import People, Person
    from bot.core.question import Question
    from bot.core.tone import Polarity

RulingKind = Literal["approved", "rewritten", "declined", "left_alone"]


@dataclass(kw_only=True)
class PretendDecisions:
    """Fits `Decisions`; what it was told stands in its lists, in order."""

    house: House
    clock: Callable[[], datetime]
    questions: dict[int, Question] = field(default_factory=dict)
    guard: Callable[[str], Sequence[Finding]] = lambda _: ()
    decided: list[Decision] = field(default_factory=list)
    wishes: list[tuple[int, str]] = field(default_factory=list)
    """Asked-for drafts: the question, and what was asked for."""
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    settled: list[tuple[int, bool]] = field(default_factory=list)
    switched: list[tuple[str, str]] = field(default_factory=list)
    breaks: Exception | None = None
    """What the next decision raises instead."""
    _one_at_a_time: Lock = field(default_factory=Lock)

    @property
    def people(self) -> People:
        """Everybody who works here."""
        return self.house.people

    @property
    def paused(self) -> bool:
        """Whether sending is paused."""
        return bool(self.switched) and self.switched[-1][0] == "pause"

    def holds(self, question: Question) -> Question:
        """Put a question on the table."""
        self.questions[question.number] = question
        return question

    def question(self, number: int) -> Question | None:
        """One question."""
        return self.questions.get(number)

    def open_questions(
        self, *, after: str | None = None, limit: int = 50, channel: str | None = None, standing: str | None = None
    ) -> tuple[Sequence[Question], str | None]:
        """Open questions, most urgent first."""
        found = [
            question
            for question in sorted(self.questions.values(), key=lambda question: question.due_at)
            if question.open
            and channel in (None, question.newest.channel)
            and standing in (None, question.standing)
            and (after is None or question.due_at.isoformat() > after)
        ]
        more = found[limit - 1].due_at.isoformat() if len(found) > limit else None
        return found[:limit], more

    def next_waiting(self, person: Person, *, but: int) -> int | None:
        """The most urgent of the others."""
        waiting = [
            question.number
            for question in self.open_questions(limit=10**6)[0]
            if question.number != but
            and (question.decidable or question.standing == "unknown")
            and all(signature.person != person.name for signature in question.signatures)
        ]
        return waiting[0] if waiting else None

    def beside(self, number: int, *, back: bool = False) -> int | None:
        """The one after it, or before it, in a ring."""
        numbers = [question.number for question in self.open_questions(limit=10**6)[0]]
        here = numbers.index(number) + (-1 if back else 1) if number in numbers else 0
        return numbers[here % len(numbers)] if numbers else None

    def open_count(self, *, channel: str | None = None, standing: str | None = None) -> int:
        """How many stand open."""
        return len(self.open_questions(channel=channel, standing=standing, limit=10**6)[0])

    def decide(self, decision: Decision) -> Question:
        """Take a signature or a ruling."""
        with self._one_at_a_time:
            if self.breaks:
                broken, self.breaks = self.breaks, None
                raise broken
            question = self._on_the_table(decision.question, decision.version, decision.by)
            if decision.shown and question.draft and decision.shown != question.draft.commitment:
                raise Outdated("The words changed since they were shown.")
            after = self._after(question, decision)
            self.decided.append(decision)
            return self.holds(after)

    def findings(self, question: int, text: str) -> Sequence[Finding]:
        """What the guard says."""
        return self.guard(text)

    def redraft(self, question: int, version: int, *, by: Person, surface: Surface, feedback: str = "") -> None:
        """Draft anew."""
        self._drafts_anew(question, version, by, f"redraft: {feedback}".rstrip(": "))

    def set_fault(self, question: int, version: int, fault: Fault, *, by: Person, surface: Surface) -> None:
        """Say whose fault it is."""
        self._drafts_anew(question, version, by, f"fault: {fault}")
        self.holds(replace(self.questions[question], fault=fault))

    def correct_tone(self, question: int, version: int, polarity: Polarity, *, by: Person, surface: Surface) -> None:
        """Correct the judge."""
        self._drafts_anew(question, version, by, f"tone: {polarity}")

    def hand_over(
        self, question: int, kind: Literal["claim", "editing", "escalate", "release"], *, by: Person, surface: Surface
    ) -> Question:
        """Claim, edit or escalate."""
        found = self._open(question, by)
        if kind == "release":
            return self.holds(replace(found, handover=None))
        to = "Bob" if kind == "escalate" else None
        return self.holds(replace(found, handover=Handover(kind=kind, person=by.name, to=to, at=self.clock())))

    def settle(
        self, question: int, *, there: bool, by: Person, surface: Surface, attempt: int | None = None
    ) -> Question:
        """Somebody looked."""
        found = self._open(question, by)
        if found.standing != "unknown" or found.trouble is None:
            raise AlreadyDecided("Somebody settled this already.")
        assert attempt == found.trouble.attempt, "the card speaks of one try"
        self.settled.append((question, there))
        return self.holds(replace(found, standing="published" if there else "sending"))

    def refuse(self, question: int, account: str, why: str, *, surface: Surface) -> None:
        """Keep that somebody clicked who may not."""
        self.refused.append((question, account, why))

    def pause(self, *, by: str) -> None:
        """Stop all sending."""
        self.switched.append(("pause", by))

    def resume(self, *, by: str) -> None:
        """Go on sending."""
        self.switched.append(("resume", by))

    def _open(self, number: int, by: Person) -> Question:
        question = self.questions.get(number)
        if question is None:
            raise NotAllowed(f"There is no question {number}.")
        if not by.may_decide:
            raise NotAllowed(f"{by.name} may not decide.")
        if not question.open:
            raise AlreadyDecided(_who_decided(question))
        return question

    def _on_the_table(self, number: int, version: int, by: Person) -> Question:
        question = self._open(number, by)
        if question.standing in ("sending", "held"):
            raise AlreadyDecided(_who_decided(question))
        if version != question.version:
            raise Outdated(f"Version {version} is out of date, {question.version} is current.")
        return question

    def _after(self, question: Question, decision: Decision) -> Question:
        match decision:
            case Approved():
                if not question.approvable:
                    raise Stopped(question.draft.stops if question.draft else ())
                return self._signed(question, decision, "approved", question.version)
            case Rewritten():
                return self._signed(self._retyped(question, decision), decision, "rewritten", question.version + 1)
            case Declined():
                return replace(question, standing="needs_words", ruling=self._ruling(question, decision, "declined"))
            case LeftAlone():
                return replace(question, standing="left_alone", ruling=self._ruling(question, decision, "left_alone"))

    def _retyped(self, question: Question, decision: Rewritten) -> Question:
        stops = [finding for finding in self.guard(decision.text) if finding.stops]
        if stops and not (all(stop.liftable for stop in stops) and decision.reason):
            raise Stopped(stops)
        draft = Draft(
            question=question.number,
            version=question.version + 1,
            words=Words(text=decision.text, drafter="person", lang="en"),
            by=decision.by.name,
            at=self.clock(),
            covers=1,
            commitment=f"commitment-{question.version + 1}",
        )
        return replace(question, draft=draft, version=draft.version, signatures=())

    def _signed(self, question: Question, decision: Approved | Rewritten, kind: RulingKind, version: int) -> Question:
        if question.needs > 1 and self.house.second_person == "none" and not decision.reason:
            raise NotAllowed("You decide alone here: say why it is right.")
        if self.house.second_person == "required" and decision.by.name in {one.person for one in question.signatures}:
            raise AlreadySigned(f"{decision.by.name}, you signed this version already.")
        signature = Signature(person=decision.by.name, at=self.clock(), surface="slack", reason=decision.reason)
        signatures = (*question.signatures, signature)
        if len(signatures) < question.needs:
            return replace(question, standing="half_signed", signatures=signatures)
        ruling = replace(
            self._ruling(question, decision, kind), by=tuple(one.person for one in signatures), version=version
        )
        return replace(question, standing="sending", signatures=signatures, ruling=ruling)

    def _ruling(self, question: Question, decision: Decision, kind: RulingKind) -> Ruling:
        why = decision.kind if isinstance(decision, Declined | LeftAlone) else ""
        return Ruling(
            version=question.version,
            kind=kind,
            by=(decision.by.name,),
            surface="slack",
            at=self.clock(),
            why=why,
            reason=decision.reason,
        )

    def _drafts_anew(self, number: int, version: int, by: Person, wish: str) -> None:
        with self._one_at_a_time:
            question = self._on_the_table(number, version, by)
            self.wishes.append((number, wish))
            self.holds(replace(question, standing="preparing"))


def _who_decided(question: Question) -> str:
    ruling = question.ruling
    return f"{' and '.join(ruling.by)} decided at {ruling.at:%H:%M}." if ruling else "This was decided already."
