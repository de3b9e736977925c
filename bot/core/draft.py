"""Words that nobody has approved yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.core.fact import Fact, Fault
    from bot.core.finding import Finding
    from bot.core.mention import Mention
    from bot.core.tone import Tone

Address = Literal["Sie", "du", "neutral"]
DrafterName = Literal["template", "llm", "person", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words of a reply that rest on a confirmed fact."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All a drafter may know about a question."""

    brand: str
    posts: Sequence[Mention]
    """Every post of the question that is not answered yet, oldest first."""
    tone: Tone
    fault: Fault = "open"
    facts: Sequence[Fact] = ()
    address: Address = "neutral"
    situation: str = "complaint_open"
    """The playbook's name of what this is; a template exists for each."""
    version: int = 1
    """Which wording is asked for; a redraft has a higher one."""
    feedback: str = ""
    """What a colleague wrote about the last draft. Never the customer's words."""
    unwanted: Sequence[str] = ()
    """Drafts that a colleague did not want: none of them is written again."""
    said_before: Sequence[str] = ()
    """What we already published in this thread."""
    person_values: Sequence[str] = ()
    """Personal values we hold about this customer: no model is told them."""
    limit: int = 4096
    """The longest reply the channel takes, counted the channel's way."""
    crisis: bool = False
    rejected: bool = False
    """The guard stopped the words written so far: only wordings that the team itself approved are left."""

    @property
    def newest(self) -> Mention:
        """The post that the reply will stand under."""
        return self.posts[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a drafter wrote."""

    text: str
    drafter: DrafterName
    lang: str
    template: str | None = None
    claims: tuple[Claim, ...] = ()
    promises: tuple[str, ...] = ()
    """Sentences of the text that commit us to something."""
    note: str = ""
    """Why it was not the drafter first asked; shown on the card."""
    tokens: int = 0
    """What a model was paid for, in and out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One version of a reply, as it stands on the card."""

    question: int
    version: int
    words: Words
    by: str
    """The drafter's name, or the colleague who typed it."""
    at: datetime
    covers: int
    """The newest mention that these words answer."""
    fault: Fault = "open"
    findings: tuple[Finding, ...] = ()
    commitment: str = ""
    """Salted commitment to the text: what a signature is bound to."""

    @property
    def name(self) -> str:
        """What buttons carry: `<draft id>:<version>`."""
        return f"{self.question}:{self.version}"

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that forbid these words."""
        return tuple(finding for finding in self.findings if finding.stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A finished version on its way into the memory."""

    question: int
    version: int
    covers: int
    words: Words
    fault: Fault
    needs: int
    tone: Tone
    due_at: datetime
    findings: Sequence[Finding] = ()
    by: str = ""
    redraft: int = 0
    """The newest wish for another draft that these words take into account."""
