"""When the first drafter has no words, the second one writes, and the card says why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.core.why import Why
from bot.errors import DraftingError

if TYPE_CHECKING:
    from bot.core.draft import Brief, Words


class Drafter(Protocol):
    """Somebody who writes unapproved words."""

    async def draft(self, brief: Brief) -> Words:
        """Words for this question; raises DraftingError."""


class FallbackDrafter:
    """Two drafters that look like one: a question is never left without words for want of a model."""

    def __init__(self, first: Drafter, second: Drafter) -> None:
        self._first = first
        self._second = second

    async def draft(self, brief: Brief) -> Words:
        """The first one's words, else the second one's with a note; raises DraftingError when neither has any.

        A rejected draft falls back to the second one, never to a freer try of the first.
        """
        if brief.rejected:
            return await self._instead(brief, Why.guard_stopped())
        try:
            return await self._first.draft(brief)
        except DraftingError as failure:
            return await self._instead(brief, failure.why)

    async def _instead(self, brief: Brief, why: str) -> Words:
        try:
            words = await self._second.draft(brief)
        except DraftingError as error:
            raise DraftingError(Why.neither(one=why, other=error.why)) from error
        return replace(words, note=Why.template_instead(first=why))
