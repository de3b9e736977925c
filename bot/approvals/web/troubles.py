"""The red bar: what cannot be heard, said or asked at present, on every page, until it goes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request  # noqa: TC002  # FastAPI reads annotations at run time
from starlette.responses import Response

from bot.approvals.web.forms import Choice  # noqa: TC001  # likewise

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.approvals.web.forms import Rules
    from bot.approvals.web.pages import Desk

_UNCHANGED = 204


class Troubles:
    """What an open page asks for again and again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def serve_on(self, app: FastAPI, rules: Rules) -> None:
        """For everybody who is in."""
        app.get("/troubles", dependencies=rules)(self.changed)

    def changed(self, request: Request, drawn: Choice = "") -> Response:
        """The bar as it is now; an empty answer when it is drawn already."""
        told = self._desk.reports()
        if told["reported"] == drawn:
            return Response(status_code=_UNCHANGED)
        return self._desk.part(request, "troubles", **told)
