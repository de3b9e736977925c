"""What a place of approval may ask of the house: read questions, and hand in what a person decided.

Every call is synchronous and touches the database only (a few milliseconds); asynchronous callers go through
a thread. Every write checks again that the person may do it and that the version is still on the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.decision import Decision, Surface
    from bot.core.fact import Fault
    from bot.core.finding import Finding
    from bot.core.person import People, Person
    from bot.core.question import Question
    from bot.core.tone import Polarity


class Decisions(Protocol):
    """The pipeline, as Slack and the desk see it."""

    @property
    def people(self) -> People:
        """Everybody who works here."""

    def question(self, number: int) -> Question | None:
        """One question with everything a card or page shows; nothing when there is none of that number."""

    def open_questions(
        self, *, after: str | None = None, limit: int = 50, channel: str | None = None, standing: str | None = None
    ) -> tuple[Sequence[Question], str | None]:
        """Open questions, most urgent first (due time), and the cursor of the next page."""

    def next_waiting(self, person: Person, *, but: int) -> int | None:
        """The most urgent question beside this one that still waits for this person; nothing when there is none."""

    def beside(self, number: int, *, back: bool = False) -> int | None:
        """The open question that comes after this one, or before it; nothing when none is open."""

    def open_count(self, *, channel: str | None = None, standing: str | None = None) -> int:
        """How many questions stand open; with a filter, how many of them fit it."""

    def decide(self, decision: Decision) -> Question:
        """Take a person's signature or ruling; gives back the question as it stands afterwards.

        Raises:
            AlreadyDecided, AlreadySigned, Outdated, NotAllowed: nothing was decided; the text says why.
            Stopped: the guard's findings stand in the way; `liftable` tells whether a reason would lift them.
        """

    def findings(self, question: int, text: str) -> Sequence[Finding]:
        """What the guard says about words a person is typing; nothing is kept."""

    def redraft(self, question: int, version: int, *, by: Person, surface: Surface, feedback: str = "") -> None:
        """Draft anew at once; raises Outdated, AlreadyDecided, NotAllowed."""

    def set_fault(self, question: int, version: int, fault: Fault, *, by: Person, surface: Surface) -> None:
        """Say whose fault it is; makes the draft stale and drafts anew. Raises as `redraft`."""

    def correct_tone(self, question: int, version: int, polarity: Polarity, *, by: Person, surface: Surface) -> None:
        """Correct the judge; makes the draft stale and drafts anew. Raises as `redraft`."""

    def hand_over(
        self, question: int, kind: Literal["claim", "editing", "escalate", "release"], *, by: Person, surface: Surface
    ) -> Question:
        """Claim (or show that one is editing, ten minutes), escalate to the deputy, or put it back; it stays open."""

    def settle(
        self, question: int, *, there: bool, by: Person, surface: Surface, attempt: int | None = None
    ) -> Question:
        """Somebody looked: the reply of unknown outcome stands there, or it does not and is sent again.

        `attempt` is the try that their card spoke of. Raises AlreadyDecided, NotAllowed; Outdated after a later try.
        """

    def refuse(self, question: int, account: str, why: str, *, surface: Surface) -> None:
        """Keep that somebody clicked who may not."""

    def pause(self, *, by: str) -> None:
        """Nothing leaves the house any more."""

    def resume(self, *, by: str) -> None:
        """Sending goes on, after everything waiting was checked again."""

    @property
    def paused(self) -> bool:
        """Whether sending is paused."""
