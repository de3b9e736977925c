"""What happened to a question, as the thread of its card tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.core.draft import DrafterName

NewsKind = Literal[
    "version",  # other words are on the table
    "published",
    "left_alone",
    "unknown",  # perhaps said, perhaps not
    "failed",  # the channel refused for good
]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened to a question; it is told once."""

    question: int
    kind: NewsKind
    subject: int
    """The version's number, or our own number of the ending or the outcome."""
    version: int
    card: str
    """Where the card hangs now."""
    begun_below: tuple[str, ...] = ()
    """The cards below which an earlier telling may have arrived although nobody saw it."""
    channel: str = ""
    by: tuple[str, ...] = ()
    """Who typed, wished for or decided it."""
    drafter: DrafterName = "nobody"
    template: str | None = None
    text: str = ""
    """The words of a version; what a colleague said about them stands in `said`."""
    why: str = ""
    """A version: typed, redraft, declined, fault, tone, overheard, new_post, edited_post. An ending: the kind chosen."""
    said: str = ""
    """What a colleague wrote about it, or why it failed, in one line."""
    url: str | None = None
    outbox: bool = False

    @property
    def name(self) -> str:
        """By which we find our own post again."""
        return f"{self.kind}:{self.subject}"
