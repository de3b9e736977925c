"""What a person at the desk may do to a question; every step ends in a page that says what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Form, Request  # FastAPI reads annotations at run time
from starlette.responses import RedirectResponse, Response

from bot.approvals.web.forms import (
    Attempt,
    Decline,
    Leave,
    Number,
    Reason,
    Sounds,
    Typed,
    Version,
    Whose,
    as_typed,
    digest,
)
from bot.approvals.web.inside import person_at
from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.errors import DecisionError, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from bot.approvals.web.forms import Rules
    from bot.approvals.web.pages import Desk
    from bot.approvals.web.question import QuestionPage
    from bot.core.decision import Decision

_SEE_OTHER = 303
DESK: Literal["desk"] = "desk"


class Decide:
    """The forms of the question page."""

    def __init__(self, desk: Desk, page: QuestionPage) -> None:
        self._decisions = desk.decisions
        self._page = page

    def serve_on(self, app: FastAPI, rules: Rules) -> None:
        """What changes something; the rules check who asks, and from which page."""
        forms: dict[str, Callable[..., Response]] = {
            "approve": self.approve,
            "rewrite": self.rewrite,
            "decline": self.decline,
            "leave": self.leave,
            "redraft": self.redraft,
            "fault": self.fault,
            "tone": self.tone,
            "claim": self.claim,
            "edit": self.edit,
            "escalate": self.escalate,
            "settle": self.settle,
        }
        for name, form in forms.items():
            app.post(f"/q/{{number}}/{name}", dependencies=rules)(form)

    def approve(
        self, request: Request, number: Number, version: Version, shown: Typed = "", reason: Reason = ""
    ) -> Response:
        """Stand behind the words that were shown."""
        decision = Approved(
            question=number, version=version, by=person_at(request), surface=DESK, shown=shown, reason=reason.strip()
        )
        return self._decide(request, decision)

    def rewrite(  # the fields of one form
        self,
        request: Request,
        number: Number,
        version: Version,
        text: Typed = "",
        reason: Reason = "",
        checked: Typed = "",
    ) -> Response:
        """Stand behind the words that were typed; a reason counts only for words whose findings were seen."""
        typed, why = as_typed(text), reason.strip()
        if not typed:
            return RedirectResponse(f"/q/{number}?edit=1", _SEE_OTHER)
        if why and checked != digest(typed) and any(f.stops for f in self._decisions.findings(number, typed)):
            return self._page.stopped(request, number, typed, why)
        decision = Rewritten(
            question=number, version=version, by=person_at(request), surface=DESK, text=typed, reason=why
        )
        return self._decide(request, decision, kept=typed, reason=why)

    def decline(
        self, request: Request, number: Number, version: Version, kind: Decline, reason: Reason = ""
    ) -> Response:
        """Not these words; the customer still waits."""
        decision = Declined(
            question=number, version=version, by=person_at(request), surface=DESK, kind=kind, reason=reason.strip()
        )
        return self._decide(request, decision, kept=reason)

    def leave(self, request: Request, number: Number, version: Version, kind: Leave, reason: Reason = "") -> Response:
        """No reply, on purpose."""
        decision = LeftAlone(
            question=number, version=version, by=person_at(request), surface=DESK, kind=kind, reason=reason.strip()
        )
        return self._decide(request, decision, kept=reason)

    def redraft(self, request: Request, number: Number, version: Version, words: Reason = "") -> Response:
        """New words, please."""
        by = person_at(request)
        return self._stay(
            request,
            number,
            lambda: self._decisions.redraft(number, version, by=by, surface=DESK, feedback=as_typed(words)),
            version=version,
            kept=words,
        )

    def fault(self, request: Request, number: Number, version: Version, fault: Whose) -> Response:
        """Say whose fault it is."""
        by = person_at(request)
        return self._stay(
            request,
            number,
            lambda: self._decisions.set_fault(number, version, fault, by=by, surface=DESK),
            version=version,
        )

    def tone(self, request: Request, number: Number, version: Version, tone: Sounds) -> Response:
        """Correct the judge."""
        by = person_at(request)
        return self._stay(
            request,
            number,
            lambda: self._decisions.correct_tone(number, version, tone, by=by, surface=DESK),
            version=version,
        )

    def claim(self, request: Request, number: Number) -> Response:
        """I take this one."""
        return self._hand_over(request, number, "claim")

    def edit(self, request: Request, number: Number) -> Response:
        """Open the words for typing, and let the others see it."""
        return self._hand_over(request, number, "editing", then="?edit=1#words")

    def escalate(self, request: Request, number: Number) -> Response:
        """Somebody else, please."""
        return self._hand_over(request, number, "escalate")

    def settle(
        self, request: Request, number: Number, there: Annotated[Literal["yes", "no"], Form()], attempt: Attempt = None
    ) -> Response:
        """I looked: our reply stands there, or it does not."""
        by, seen = person_at(request), there == "yes"
        return self._stay(
            request, number, lambda: self._decisions.settle(number, there=seen, by=by, surface=DESK, attempt=attempt)
        )

    def _hand_over(
        self, request: Request, number: int, kind: Literal["claim", "editing", "escalate"], then: str = ""
    ) -> Response:
        by = person_at(request)
        return self._stay(
            request, number, lambda: self._decisions.hand_over(number, kind, by=by, surface=DESK), then=then
        )

    def _decide(self, request: Request, decision: Decision, *, kept: str = "", reason: str = "") -> Response:
        """A decision leads on to the next question; a refusal shows this one as it stands now."""
        number = decision.question
        try:
            self._decisions.decide(decision)
        except Stopped:
            text = kept or self._page.drafted(number)
            return self._page.stopped(request, number, text, reason)
        except DecisionError as error:
            return self._page.refused(request, number, error, yours=decision.version, kept=kept)
        return self._page.onwards(number, decision.by)

    def _stay(  # what the page needs when it comes to nothing
        self,
        request: Request,
        number: int,
        step: Callable[[], object],
        *,
        version: int = 0,
        kept: str = "",
        then: str = "",
    ) -> Response:
        """Anything else leads back to the same question."""
        try:
            step()
        except DecisionError as error:
            return self._page.refused(request, number, error, yours=version, kept=kept)
        return RedirectResponse(f"/q/{number}{then}", _SEE_OTHER)
