"""Hear: keep what customers said, and promise to prepare an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.mention import Mention
from bot.pipeline.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.mention import Delivery, Overheard
    from bot.pipeline.ports import Rows


class Hearing(Base):
    """From a channel's hands into the memory."""

    def take(self, deliveries: Sequence[Delivery]) -> None:
        """Store what a channel handed over and hear what concerns us: both, or neither. Only then may it be confirmed."""
        self.reached("hear: before storing")
        with self.history.together() as rows:
            self._hear(rows, [new.heard for new in rows.keep_raw(deliveries) if new.heard is not None])
            self.reached("hear: before commit")
        self.reached("hear: stored")

    def hear(self, heard: Sequence[Mention | Overheard]) -> None:
        """Hear what was said where nothing raw needs to be kept (a replayed file)."""
        with self.history.together() as rows:
            self._hear(rows, heard)

    def first_seen(self, name: str) -> bool:
        """Keep a delivery's own id; False when it came before."""
        with self.history.together() as rows:
            return rows.first_seen(name)

    def _hear(self, rows: Rows, heard: Sequence[Mention | Overheard]) -> None:
        new: list[int] = []
        for said in heard:
            if not isinstance(said, Mention):
                self._overhear(rows, said)
            elif number := rows.hear(said):  # nothing for redelivered posts, our own, and talk that is not with us
                new.append(number)
        if new:
            self.jobs.enqueue(rows, "prepare", f"prepare:{new[0]}:0", new)

    def _overhear(self, rows: Rows, heard: Overheard) -> None:
        """A colleague answered on their own: the open draft is stale, and a person looks again."""
        number = rows.overhear(heard)
        question = rows.question(number) if number else None
        if question is not None:
            self._draft_anew(rows, question, why="overheard", by=heard.by)
