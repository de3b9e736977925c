"""The question page: left what the customer said, right the words we might answer, and what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request  # noqa: TC002  # FastAPI reads annotations at run time
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.approvals.web.face import Checked, Face
from bot.approvals.web.forms import Before, Choice, Number, Reason, Typed, as_typed
from bot.approvals.web.inside import person_at

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.approvals.web.forms import Rules
    from bot.approvals.web.pages import Desk
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.errors import DecisionError

_SEE_OTHER = 303
_STOP_ASKING = 286
"""Tells htmx that there is nothing more to ask for."""


class QuestionPage:
    """One question, and what it shows while nobody decides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def serve_on(self, app: FastAPI, rules: Rules) -> None:
        """What may be read."""
        app.get("/q/{number}", dependencies=rules)(self.show)
        app.get("/q/{number}/standing", dependencies=rules)(self.standing)
        app.get("/q/{number}/next", dependencies=rules)(self.following)
        app.get("/q/{number}/previous", dependencies=rules)(self.preceding)

    def check_on(self, app: FastAPI, rules: Rules) -> None:
        """What is asked while somebody types."""
        app.post("/q/{number}/findings", dependencies=rules)(self.findings)

    def show(
        self, request: Request, number: Number, *, edit: bool = False, whole: bool = False, done: Before = None
    ) -> HTMLResponse:
        """The page as it stands."""
        question = self.known(number)
        face = self._face(question, person_at(request), edit=edit, whole=whole)
        before = self._desk.decisions.question(done) if done else None
        return self._desk.page(request, "question", face=face, q=question, done=before, refusal=None, kept="")

    def stopped(self, request: Request, number: int, text: str, reason: str) -> HTMLResponse:
        """The page after the guard's stop: the words are still in the field, the findings beside them."""
        question = self.known(number)
        face = self._face(question, person_at(request), edit=True, typed=text, reason=reason)
        return self._desk.page(
            request, "question", status=422, face=face, q=question, done=None, refusal="stopped", kept=""
        )

    def refused(self, request: Request, number: int, error: DecisionError, *, yours: int, kept: str) -> HTMLResponse:
        """The page after somebody was faster: as it stands now, with what was typed kept to be copied."""
        question = self.known(number)
        face = self._face(question, person_at(request))
        return self._desk.page(
            request, "question", status=409, face=face, q=question, done=None, refusal=error, yours=yours, kept=kept
        )

    def standing(self, request: Request, number: Number, was: Choice) -> Response:
        """Who has it, how long it may wait, and whether it moved on since the page was drawn."""
        question = self.known(number)
        face = self._face(question, person_at(request))
        if state_of(question) == was:
            return self._desk.part(request, "standing", face=face, q=question, moved=False)
        if was.endswith((":preparing", ":sending")):
            return Response(headers={"HX-Redirect": f"/q/{number}"})
        return self._desk.part(request, "standing", status=_STOP_ASKING, face=face, q=question, moved=True)

    def findings(self, request: Request, number: Number, text: Typed = "", reason: Reason = "") -> HTMLResponse:
        """What the guard says about the words in the field; nothing is kept."""
        typed = as_typed(text)
        words = Checked(text=typed, found=self._desk.decisions.findings(number, typed) if typed else ())
        return self._desk.part(request, "found", words=words, reason=reason)

    def following(self, number: Number) -> RedirectResponse:
        """To the next one in the order of the inbox, or to the first."""
        return self._beside(number, back=False)

    def preceding(self, number: Number) -> RedirectResponse:
        """To the one before."""
        return self._beside(number, back=True)

    def onwards(self, decided: int, person: Person) -> RedirectResponse:
        """After a decision: to the most urgent question that still waits for this person."""
        following = self._desk.decisions.next_waiting(person, but=decided)
        address = f"/q/{following}" if following else "/"
        return RedirectResponse(f"{address}?done={decided}", _SEE_OTHER)

    def drafted(self, number: int) -> str:
        """The words on the table."""
        draft = self.known(number).draft
        return draft.words.text if draft else ""

    def known(self, number: int) -> Question:
        """The question of this number, or a page that says there is none."""
        question = self._desk.decisions.question(number)
        if question is None:
            raise HTTPException(404)
        return question

    def _beside(self, number: int, *, back: bool) -> RedirectResponse:
        beside = self._desk.decisions.beside(number, back=back)
        return RedirectResponse(f"/q/{beside}" if beside else "/", _SEE_OTHER)

    def _face(  # the ways a page can be opened
        self,
        question: Question,
        person: Person,
        *,
        edit: bool = False,
        whole: bool = False,
        typed: str | None = None,
        reason: str = "",
    ) -> Face:
        drafted = question.draft.words.text if question.draft else ""
        may = person.may_decide and question.decidable
        if typed is None:
            words = Checked(text=drafted, found=question.draft.findings if question.draft else ())
        else:
            words = Checked(text=typed, found=self._desk.decisions.findings(question.number, typed))
        return Face(
            question=question,
            person=person,
            house=self._desk.house,
            writing=may and (edit or not drafted),
            words=words,
            reason=reason,
            whole=whole,
        )


def state_of(question: Question) -> str:
    """What must be the same for a page to be up to date."""
    return f"{question.name}:{len(question.posts)}:{question.standing}"
