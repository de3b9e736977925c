"""Oversee: who waits longest, what is whose, and how each channel does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.overview import ChannelState, Overview
from bot.pipeline.base import Base

if TYPE_CHECKING:
    from bot.core.person import Person
    from bot.pipeline.ports import Rows

LISTED = 20
"""Questions on one page; the rest is counted."""


class Overseeing(Base):
    """From rows to one page."""

    def overview(self, person: Person) -> Overview:
        """The house at a glance, as this person sees it."""
        with self.history.reading() as rows:
            oldest, mine = rows.oldest_open(LISTED), rows.on_the_table_of(person.name, LISTED)
            return Overview(
                open=rows.open_count(),
                oldest=tuple(rows.questions(oldest)),
                mine=tuple(rows.questions(mine)),
                places=rows.places_of([*oldest, *mine]),
                channels=tuple(self._state(rows, name) for name in sorted(self.channels)),
                paused=rows.paused,
            )

    def _state(self, rows: Rows, name: str) -> ChannelState:
        return ChannelState(
            name=name,
            heard_at=rows.heard_at(name),
            open=rows.open_by_standing(name),
            trouble=next((report.why for report in self.health.troubles if report.room == name), ""),
        )
