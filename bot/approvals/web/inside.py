"""The rules at the inner door: who you are, that the form is ours, and that you may decide."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING, Annotated

from fastapi import Form, Query, Request  # FastAPI reads annotations at run time
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.approvals.web.forms import Back, Number  # noqa: TC001  # FastAPI reads annotations at run time
from bot.approvals.web.pages import visitor_of
from bot.approvals.web.session import STAYS

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.approvals.web.forms import Rules
    from bot.approvals.web.pages import Desk
    from bot.core.person import Person

_SEE_OTHER = 303


def cookie_name(request: Request) -> str:
    """Cookies do not know ports: two desks on one machine must not take each other's."""
    return f"candor-{request.url.port or 80}"


def person_at(request: Request) -> Person:
    """Who is at the desk; the door has let them in."""
    visitor = visitor_of(request)
    if visitor is None:
        raise HTTPException(401)
    return visitor.person


class Inside:
    """The way in, and what is asked of everybody who is in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def serve_on(self, app: FastAPI) -> None:
        """The only page, beside style and script, that a stranger may call."""
        app.get("/enter")(self.enter)

    def enter(self, request: Request, key: Annotated[str, Query(max_length=100)] = "") -> Response:
        """Trade a one-time link for a cookie.

        The answer is a page that goes on by itself, not a redirect: a browser keeps a strict cookie back on a
        redirect that began on another site.
        """
        cookie = self._desk.keeper.enter(key)
        if cookie is None:
            raise HTTPException(401)
        answer = self._desk.part(request, "entered", onwards="/")
        answer.set_cookie(
            cookie_name(request), cookie, max_age=int(STAYS.total_seconds()), path="/", httponly=True, samesite="strict",
            secure=self._desk.https,
        )  # fmt: skip
        return answer

    def known(self, request: Request) -> None:
        """Strangers see nothing."""
        visitor = self._desk.keeper.visitor(request.cookies.get(cookie_name(request)))
        if visitor is None:
            raise HTTPException(401)
        request.state.visitor = visitor

    def genuine(self, request: Request, token: Annotated[str, Form()] = "") -> None:
        """A form is ours when it carries the token of this visitor."""
        visitor = visitor_of(request)
        if visitor is None or not compare_digest(visitor.token.encode(), token.encode("utf-8", "surrogatepass")):
            raise HTTPException(403, "token")

    def may_decide(self, request: Request) -> None:
        """Readers look; only approvers change something."""
        if not person_at(request).may_decide:
            raise HTTPException(403, "reader")

    def may_decide_this(self, request: Request, number: Number) -> None:
        """The same at one question: whoever may not is kept on record."""
        if self._desk.decisions.question(number) is None:
            raise HTTPException(404)
        person = person_at(request)
        if not person.may_decide:
            account = person.login or person.name
            self._desk.decisions.refuse(number, account, "has no role that decides", surface="desk")
            raise HTTPException(403, "reader")


class Switches:
    """Pause, and the language: what is at the top of every page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pause_on(self, app: FastAPI, rules: Rules) -> None:
        """For approvers."""
        app.post("/pause", dependencies=rules)(self.pause)
        app.post("/resume", dependencies=rules)(self.resume)

    def speak_on(self, app: FastAPI, rules: Rules) -> None:
        """For everybody who is in."""
        app.post("/language", dependencies=rules)(self.language)

    def pause(self, request: Request, back: Back = "/") -> RedirectResponse:
        """Nothing leaves the house any more."""
        self._desk.decisions.pause(by=person_at(request).name)
        return RedirectResponse(back, _SEE_OTHER)

    def resume(self, request: Request, back: Back = "/") -> RedirectResponse:
        """Sending goes on."""
        self._desk.decisions.resume(by=person_at(request).name)
        return RedirectResponse(back, _SEE_OTHER)

    def language(
        self,
        request: Request,
        lang: Annotated[str, Form()],
        back: Back = "/",
    ) -> RedirectResponse:
        """The language chosen by hand."""
        cookie = request.cookies.get(cookie_name(request), "")
        if lang in self._desk.wordings:
            self._desk.keeper.speak(cookie, lang)
        return RedirectResponse(back, _SEE_OTHER)
