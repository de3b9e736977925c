"""Every failure we foresee, drawn once.

CandorError                 told to people in one line: the cause, then the mend
├── UsageError              wrong options or a file that is not there (exit 2)
├── SettingsError           the house cannot open; fix the settings (exit 2)
├── WordsError              a template or prompt cannot be used; names file and line
├── HistoryError            the memory cannot be used: locked, newer, or the disk is full
├── DraftingError           no words came back from this drafter; the next one is asked
├── ChannelError            the world did not take our words
│   ├── NotSent             proved; the only one that is ever tried again, after `retry_after` seconds
│   ├── Refused             for good; a person sees it
│   ├── NeedsLogin          the key no longer fits; held until it does
│   └── OutcomeUnknown      perhaps said, perhaps not; look, then ask a person
└── DecisionError           nothing was decided
    ├── AlreadyDecided      a second person was a moment too late
    ├── AlreadySigned       one person, one signature
    ├── Outdated            a newer version is on the table
    ├── NotAllowed          not this person, or not this way
    └── Stopped             the guard found something nobody may publish like this
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.finding import Finding


class CandorError(Exception):
    """A failure we foresaw; its text is one line for the person who can mend it."""

    @property
    def why(self) -> str:
        """That line as it was given: one of our own (`bot.core.why`) still knows its name, so that a surface can word it."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class UsageError(CandorError):
    """The command cannot run as it was called."""


class SettingsError(CandorError):
    """The house cannot open with these settings."""


class WordsError(CandorError):
    """A template or prompt file cannot be used."""


class HistoryError(CandorError):
    """The database cannot be read or written."""


class DraftingError(CandorError):
    """This drafter has no words for the question; the reason goes onto the card."""


class ChannelError(CandorError):
    """The world did not take our words."""


class NotSent(ChannelError):
    """Proved that nothing was accepted; `retry_after` is a waiting time in seconds."""

    def __init__(self, why: str, *, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Refused(ChannelError):
    """The channel refused for good."""


class NeedsLogin(ChannelError):
    """The key no longer fits; replies are held until it does."""


class OutcomeUnknown(ChannelError):
    """Perhaps said, perhaps not: only a person who looks may decide."""


class DecisionError(CandorError):
    """Nothing was decided."""


class AlreadyDecided(DecisionError):
    """Somebody else decided first; the text says who and when."""


class AlreadySigned(DecisionError):
    """This person has signed this version already."""


class Outdated(DecisionError):
    """The version on the button is not the one on the table."""


class NotAllowed(DecisionError):
    """This person may not decide, or not in this way."""


class Stopped(DecisionError):
    """Findings stand in the way; `liftable` when a written reason may lift them all."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{finding.item}: {finding.why}" for finding in findings))
        self.findings = tuple(findings)

    @property
    def liftable(self) -> bool:
        """Whether a person may publish all the same, with a written reason."""
        return all(finding.liftable for finding in self.findings)
