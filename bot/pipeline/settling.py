"""Settle: whoever looked says whether a reply of unknown outcome stands there; only then may it be sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.why import Why
from bot.errors import AlreadyDecided, Outdated
from bot.pipeline.publishing import NEXT_TRY, Publishing
from bot.pipeline.refusing import Refusing

if TYPE_CHECKING:
    from bot.core.decision import Surface
    from bot.core.person import Person
    from bot.core.question import Question


class Settling(Publishing, Refusing):
    """From doubt to what a person saw."""

    def settle(
        self, question: int, *, there: bool, by: Person, surface: Surface, attempt: int | None = None
    ) -> Question:
        """Somebody looked: the reply of unknown outcome stands there, or it does not and is sent again.

        `attempt` is the try that their card spoke of: who looked before a later one knows nothing of it.
        """
        with self.history.together() as rows:
            asked = self._open(rows, question, by)
            if asked.standing != "unknown" or asked.trouble is None or asked.ruling is None:
                raise AlreadyDecided(Why.settled())
            if attempt not in (None, asked.trouble.attempt):
                raise Outdated(Why.look_again())
            tried = rows.attempt(asked.trouble.attempt)
            if there:
                self._said(rows, tried, None)
                rows.close_attempt(tried.number, "there", by=by.name, why=f"seen by {by.name} ({surface})")
            else:
                why, again_at = f"not there, says {by.name} ({surface})", rows.now + NEXT_TRY
                rows.close_attempt(tried.number, "not_there", by=by.name, why=why, again_at=again_at)
                self._promise_to_publish(rows, tried.question, tried.version, f"after-{tried.number}")
            self._changed(rows, question, first=True)
        return self._standing(question)
