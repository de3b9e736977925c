"""The inbox: what is open, the most urgent first, with counts that are true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, get_args
from urllib.parse import urlencode

from fastapi import Query, Request  # FastAPI reads annotations at run time
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.approvals.web.forms import Before, Choice, Cursor, digest
from bot.core.question import OPEN, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI

    from bot.approvals.web.forms import Rules
    from bot.approvals.web.pages import Desk
    from bot.core.question import Question

PAGE = 50
STANDINGS = tuple(standing for standing in get_args(Standing) if standing in OPEN)
_UNCHANGED = 204


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One page of open questions, and what was asked for."""

    questions: Sequence[Question]
    further: str | None
    """The cursor of the next page."""
    after: str | None = None
    channel: str | None = None
    standing: str | None = None
    fitting: int | None = None
    """How many fit the filter; None without a filter."""

    @property
    def newest(self) -> int:
        """The highest number on this page, to tell arrivals from what was there."""
        return max((question.number for question in self.questions), default=0)

    def address(self, path: str, **more: object) -> str:
        """A link that keeps the filter."""
        asked = {"channel": self.channel, "standing": self.standing, "after": self.after} | more
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"{path}?{query}" if query else path


class Inbox:
    """The pages of the inbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def serve_on(self, app: FastAPI, rules: Rules) -> None:
        """What may be read."""
        app.get("/", dependencies=rules)(self.show)
        app.get("/queue", dependencies=rules)(self.queue)

    def show(
        self, request: Request, channel: Choice = "", standing: Choice = "", after: Cursor = None, done: Before = None
    ) -> HTMLResponse:
        """The inbox as a page."""
        queue = self._read(channel, standing, after)
        rows = self._rows(request, queue)
        before = self._desk.decisions.question(done) if done else None
        return self._desk.page(
            request, "inbox", queue=queue, rows=rows, drawn=digest(rows), done=before, standings=STANDINGS
        )

    def queue(  # a query of the page's own making
        self,
        request: Request,
        channel: Choice = "",
        standing: Choice = "",
        after: Cursor = None,
        newest: Annotated[int, Query(ge=0)] = 0,
        drawn: Choice = "",
    ) -> Response:
        """What changed since the list was drawn; an empty answer when nothing did."""
        queue = self._read(channel, standing, after)
        rows = self._rows(request, queue)
        if digest(rows) == drawn:
            return Response(status_code=_UNCHANGED)
        arrived = sum(question.number > newest for question in queue.questions) if newest else 0
        return self._desk.part(request, "queue", queue=queue, rows=rows, drawn=digest(rows), arrived=arrived)

    def _rows(self, request: Request, queue: Queue) -> str:
        return self._desk.html(request, "rows", queue=queue, open_now=self._desk.decisions.open_count())

    def _read(self, channel: str, standing: str, after: str | None) -> Queue:
        wanted = channel or None, standing if standing in STANDINGS else None
        decisions = self._desk.decisions
        try:
            questions, further = decisions.open_questions(
                after=after, limit=PAGE, channel=wanted[0], standing=wanted[1]
            )
        except (ValueError, OverflowError) as error:  # a cursor that nobody gave out
            raise HTTPException(404) from error
        fitting = decisions.open_count(channel=wanted[0], standing=wanted[1]) if any(wanted) else None
        return Queue(
            questions=questions,
            further=further,
            after=after,
            channel=wanted[0],
            standing=wanted[1],
            fitting=fitting,
        )
