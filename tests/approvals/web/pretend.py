"""A house without a database: it takes decisions by the same rules, and remembers who asked for what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Literal

from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.draft import Draft, Words
from bot.core.finding import Finding
from bot.core.person import People
from bot.core.question import Handover, Reply, Ruling, Signature
from bot.errors import AlreadyDecided, AlreadySigned, NotAllowed, Outdated, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.decision import Decision, Surface
    from bot.core.fact import Fault
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.core.tone import Polarity
    from bot.errors import DecisionError

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass
class PretendDecisions:
    """The house's side, in memory, with its clock in the test's hands."""

    people: People = field(default_factory=People)
    now: datetime = MORNING
    rows: dict[int, Question] = field(default_factory=dict)
    decided: list[Decision] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    """Everything else that was asked for: redrafts, faults, tones, handovers, looks."""
    refusals: list[tuple[int, str]] = field(default_factory=list)
    switched: list[tuple[str, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    refuses: DecisionError | None = None
    """What every decision meets."""

    def put(self, *questions: Question) -> None:
        """Lay questions on the table, as they are."""
        self.rows |= {question.number: question for question in questions}

    def question(self, number: int) -> Question | None:
        return self.rows.get(number)

    def open_questions(
        self, *, after: str | None = None, limit: int = 50, channel: str | None = None, standing: str | None = None
    ) -> tuple[Sequence[Question], str | None]:
        waiting = sorted(self._open(channel, standing), key=lambda question: (question.due_at, question.number))
        start = int(after) if after else 0
        page = waiting[start : start + limit]
        return page, str(start + limit) if start + limit < len(waiting) else None

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
        return sum(1 for _ in self._open(channel, standing))

    def decide(self, decision: Decision) -> Question:
        with self.lock:
            if self.refuses is not None:
                raise self.refuses
            question = self._on_the_table(decision.question, decision.by, decision.version)
            match decision:
                case Approved():
                    if question.draft and question.draft.stops and not question.approvable:
                        raise Stopped(question.draft.stops)
                    self.rows[question.number] = self._signed(question, decision)
                case Rewritten():
                    stops = [f for f in self.findings(question.number, decision.text) if f.stops]
                    lifted = all(f.liftable for f in stops) and len(decision.reason) >= 10
                    if stops and not lifted:
                        raise Stopped(stops)
                    self.rows[question.number] = self._signed(self._typed(question, decision), decision)
                case Declined():
                    self.rows[question.number] = replace(question, standing="needs_words", draft=None)
                case LeftAlone():
                    ruling = self._ruling(decision, "left_alone", (decision.by.name,))
                    self.rows[question.number] = replace(question, standing="left_alone", ruling=ruling)
            self.decided.append(decision)
            return self.rows[question.number]

    def findings(self, question: int, text: str) -> Sequence[Finding]:
        """The words `nie wieder` may be lifted with a reason, `Erstattung` may not."""
        words = (
            ("nie wieder", True, "Niemand kann das versprechen.", "Sagen, was ab heute anders läuft."),
            ("Erstattung", False, "Geld braucht einen bestätigten Fakt der Art money.", "Zuerst den Fakt bestätigen."),
        )
        return [
            Finding(item="H6", severity="stop", start=place, end=place + len(word), why=why, hint=hint, liftable=lift)
            for word, lift, why, hint in words
            if (place := text.find(word)) >= 0
        ]

    def redraft(self, question: int, version: int, *, by: Person, surface: Surface, feedback: str = "") -> None:
        self._on_the_table(question, by, version)
        self.asked.append(("redraft", question, by.name, surface, feedback))

    def set_fault(self, question: int, version: int, fault: Fault, *, by: Person, surface: Surface) -> None:
        self._on_the_table(question, by, version)
        self.asked.append(("fault", question, by.name, surface, fault))

    def correct_tone(self, question: int, version: int, polarity: Polarity, *, by: Person, surface: Surface) -> None:
        self._on_the_table(question, by, version)
        self.asked.append(("tone", question, by.name, surface, polarity))

    def hand_over(
        self, question: int, kind: Literal["claim", "editing", "escalate", "release"], *, by: Person, surface: Surface
    ) -> Question:
        asked = self._on_the_table(question, by)
        until = self.now + timedelta(minutes=10)
        holds = None if kind == "release" else Handover(kind=kind, person=by.name, to=None, at=self.now, until=until)
        self.rows[question] = replace(asked, handover=holds)
        self.asked.append((kind, question, by.name, surface))
        return self.rows[question]

    def settle(
        self, question: int, *, there: bool, by: Person, surface: Surface, attempt: int | None = None
    ) -> Question:
        self.asked.append(("settle", question, by.name, surface, there))
        self.rows[question] = replace(self.rows[question], standing="published" if there else "sending", trouble=None)
        return self.rows[question]

    def refuse(self, question: int, account: str, why: str, *, surface: Surface) -> None:
        self.refusals.append((question, account))

    def pause(self, *, by: str) -> None:
        self.switched.append(("pause", by))

    def resume(self, *, by: str) -> None:
        self.switched.append(("resume", by))

    @property
    def paused(self) -> bool:
        return bool(self.switched) and self.switched[-1][0] == "pause"

    def publishes(self, number: int) -> None:
        """The reply is out."""
        question = self.rows[number]
        assert question.draft is not None
        reply = Reply(
            version=question.version, text=question.draft.words.text, at=self.now, post="1",
            url=f"https://t.me/krume/{number}00",
        )  # fmt: skip
        self.rows[number] = replace(question, standing="published", said=(*question.said, reply))

    def _open(self, channel: str | None, standing: str | None) -> Iterable[Question]:
        for question in self.rows.values():
            fits = channel in (None, question.newest.channel) and standing in (None, question.standing)
            if question.open and fits:
                yield question

    def _on_the_table(self, number: int, by: Person, version: int | None = None) -> Question:
        question = self.rows[number]
        if not by.may_decide:
            raise NotAllowed(f"{by.name} may read, not decide.")
        if not question.decidable:
            raise AlreadyDecided("This was decided already.")
        if version not in (None, question.version):
            raise Outdated(f"Version {version} is out of date, {question.version} is current.")
        return question

    def _typed(self, question: Question, decision: Rewritten) -> Question:
        draft = Draft(
            question=question.number, version=question.version + 1, by=decision.by.name, at=self.now, covers=1,
            words=Words(text=decision.text, drafter="person", lang="de"), commitment=f"c{question.version + 1}",
        )  # fmt: skip
        return replace(question, draft=draft, version=draft.version, signatures=())

    def _signed(self, question: Question, decision: Approved | Rewritten) -> Question:
        if any(signature.person == decision.by.name for signature in question.signatures):
            raise AlreadySigned("You have signed this version already.")
        mine = Signature(person=decision.by.name, at=self.now, surface=decision.surface, reason=decision.reason)
        signatures = (*question.signatures, mine)
        if len(signatures) < question.needs:
            return replace(question, signatures=signatures, standing="half_signed")
        kind: Literal["approved", "rewritten"] = "approved" if isinstance(decision, Approved) else "rewritten"
        ruling = self._ruling(decision, kind, tuple(signature.person for signature in signatures))
        return replace(question, signatures=signatures, standing="sending", ruling=ruling)

    def _ruling(
        self, decision: Decision, kind: Literal["approved", "rewritten", "left_alone"], by: tuple[str, ...]
    ) -> Ruling:
        why = decision.kind if isinstance(decision, LeftAlone) else ""
        return Ruling(
            version=decision.version, kind=kind, by=by, surface=decision.surface, at=self.now, why=why,
            reason=decision.reason,
        )  # fmt: skip
