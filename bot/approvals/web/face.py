"""One question as one person sees it on the desk: what was said, the words on the table, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.approvals.web.forms import digest
from bot.approvals.web.marked import Stretch, points, stretches
from bot.core.question import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.core.finding import Finding
    from bot.core.house import House
    from bot.core.person import Person
    from bot.core.question import Post, Question, Signature

SHOWN_POSTS = 20
SHOWN_CHARACTERS = 2_000
"""Of each post; the rest is one click away, so that no page grows beyond 100 KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Words, and what the guard says about them."""

    text: str
    found: Sequence[Finding]

    @property
    def findings(self) -> Sequence[Finding]:
        """In the order of the words they mean; their numbers on the page."""
        return sorted(self.found, key=lambda finding: (finding.start, finding.end))

    @property
    def stops(self) -> int:
        """How many findings forbid these words."""
        return sum(finding.stops for finding in self.findings)

    @property
    def digest(self) -> str:
        """Goes into the form, so that a reason counts only for words whose findings were seen."""
        return digest(self.text)

    @property
    def stretches(self) -> list[Stretch]:
        """The words, cut at the findings."""
        return stretches(self.text, self.findings)

    @property
    def verdict(self) -> str:
        """`clear`, `liftable` (a written reason lifts every stop) or `final`."""
        stops = [finding for finding in self.findings if finding.stops]
        if not stops:
            return "clear"
        return "liftable" if all(finding.liftable for finding in stops) else "final"

    def meant(self, finding: Finding) -> str | None:
        """The words a finding points at; nothing when it means the text as a whole."""
        return self.text[finding.start : finding.end] if points(finding, self.text) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A question for one person's eyes."""

    question: Question
    person: Person
    house: House
    writing: bool
    """Whether the words are open for typing."""
    words: Checked
    reason: str = ""
    whole: bool = False
    """Whether everything is shown, however long."""

    @property
    def may(self) -> bool:
        """Whether this person may decide this question now."""
        return self.person.may_decide and self.question.decidable

    @property
    def alone(self) -> bool:
        """Whether a reason and a second look stand in for a second person."""
        return self.question.needs > 1 and self.house.second_person == "none"

    @property
    def my_signature(self) -> Signature | None:
        """This person's signature under the version on the table."""
        return next((s for s in self.question.signatures if s.person == self.person.name), None)

    @property
    def look_again_from(self) -> datetime | None:
        """When the second look of a one-person house may be taken."""
        mine = self.my_signature
        return mine.at + self.house.second_look_after if mine and self.alone else None

    @property
    def may_approve(self) -> bool:
        """Whether the words may be approved by this person as they stand."""
        return self.may and self.question.approvable and (self.my_signature is None or self.alone)

    @property
    def approve_label(self) -> str:
        """The name of what the approve button does."""
        if self.alone:
            return "do.second_look" if self.my_signature else "do.first_look"
        if len(self.question.signatures) + 1 < self.question.needs:
            return "do.approve_first"
        return "do.approve" if self.question.needs == 1 else "do.approve_second"

    @property
    def send_label(self) -> str:
        """The name of what sending typed words does: a changed text begins with no signature."""
        if self.question.needs == 1:
            return "do.send"
        return "do.send_look" if self.alone else "do.send_first"

    @property
    def conversation(self) -> list[Post | Reply]:
        """Everything said in the thread, by them and by us, newest last."""
        said: list[Post | Reply] = [*self._shown_posts, *self.question.said]
        return sorted(said, key=_said_at)

    @property
    def earlier(self) -> int:
        """How many posts are left out."""
        return len(self.question.posts) - len(self._shown_posts)

    @property
    def shown(self) -> int:
        """Characters of a post that are shown."""
        return 2**31 if self.whole else SHOWN_CHARACTERS

    @property
    def _shown_posts(self) -> Sequence[Post]:
        return self.question.posts if self.whole else self.question.posts[-SHOWN_POSTS:]


def _said_at(said: Post | Reply) -> datetime:
    return said.at if isinstance(said, Reply) else said.mention.at
