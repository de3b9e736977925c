"""Stand-ins for the networks: they keep what they were told, and fail when a test says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.attempt import Sent
from bot.errors import OutcomeUnknown, Refused

if TYPE_CHECKING:
    from bot.core.attempt import Attempt
    from bot.errors import ChannelError


@dataclass(kw_only=True)
class PretendChannel:
    """A channel without a network; `tests/channels/contract.py` holds it to the promises of the real ones."""

    name: str = "telegram"
    limit: int = 4096
    published: list[Attempt] = field(default_factory=list)
    """What stands in public, in order."""
    fails: list[ChannelError] = field(default_factory=list)
    """What the next calls of `publish` raise instead, one each."""
    loses_answers: int = 0
    """So many next replies stand there although `publish` raises OutcomeUnknown."""
    readable: bool = False
    """Whether `find` can look; Telegram cannot."""
    gone: set[str] = field(default_factory=set)
    """Posts that nobody can answer any more."""

    async def publish(self, attempt: Attempt) -> Sent:
        """Say it, unless a failure waits."""
        if self.fails:
            raise self.fails.pop(0)
        if attempt.post in self.gone:
            raise Refused("the customer's post is gone")
        if len(attempt.text) > self.limit or not attempt.text.strip():
            raise Refused("the text is empty or too long")
        self.published.append(attempt)
        if self.loses_answers:
            self.loses_answers -= 1
            raise OutcomeUnknown("the answer was lost")
        return _sent(attempt, len(self.published))

    async def find(self, attempt: Attempt) -> Sent | None:
        """Look for the reply, where this channel can."""
        if not self.readable:
            raise OutcomeUnknown("nobody but a person can look")
        keys = [said.key for said in self.published]
        return _sent(attempt, keys.index(attempt.key) + 1) if attempt.key in keys else None


def _sent(attempt: Attempt, number: int) -> Sent:
    return Sent(id=f"{attempt.thread}/reply-{number}", url=f"https://example.org/{number}")
