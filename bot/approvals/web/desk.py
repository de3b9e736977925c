"""The web desk as one application: its pages, its doors, and what is said when something does not work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from bot.approvals.web.decide import Decide
from bot.approvals.web.door import FrontDoor
from bot.approvals.web.inbox import Inbox
from bot.approvals.web.inside import Inside, Switches, cookie_name
from bot.approvals.web.pages import Desk
from bot.approvals.web.question import QuestionPage
from bot.approvals.web.troubles import Troubles
from bot.core.health import Health
from bot.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from starlette.responses import HTMLResponse, Response
    from starlette.types import Message, Receive, Scope, Send

    from bot.approvals.decisions import Decisions
    from bot.approvals.web.session import Doorkeeper
    from bot.core.house import House

_UNKNOWN_HERE = 401
STATIC = Path(__file__).parent / "static"


def desk(  # keyword-only wiring
    decisions: Decisions,
    *,
    house: House,
    keeper: Doorkeeper,
    clock: Callable[[], datetime],
    channels: Sequence[str] = (),
    hosts: Collection[str] = (),
    https: bool = False,
    health: Health | None = None,
) -> FastAPI:
    """The desk, ready to be mounted at the root.

    `hosts` are names it answers to beside this machine's own; `https`: its public address begins so, and its cookie goes
    nowhere else. `health` fills the red bar.
    """
    table = Desk(
        decisions=decisions, house=house, keeper=keeper, clock=clock, channels=channels, https=https,
        health=health or Health(clock=clock),
    )  # fmt: skip
    app = FastAPI(title="Candor desk", openapi_url=None, docs_url=None, redoc_url=None)
    _serve(app, table)
    app.mount("/static", _Static(directory=STATIC))
    _tell_faults(app, table)
    app.add_middleware(FrontDoor, hosts=hosts)
    return app


def _serve(app: FastAPI, table: Desk) -> None:
    """Everything but the way in asks for a name; every write asks for our form; every decision for the role."""
    inside, page, switches = Inside(table), QuestionPage(table), Switches(table)
    known, genuine = Depends(inside.known), Depends(inside.genuine)
    inside.serve_on(app)
    Inbox(table).serve_on(app, [known])
    Troubles(table).serve_on(app, [known])
    page.serve_on(app, [known])
    page.check_on(app, [known, genuine])
    switches.speak_on(app, [known, genuine])
    switches.pause_on(app, [known, genuine, Depends(inside.may_decide)])
    Decide(table, page).serve_on(app, [known, genuine, Depends(inside.may_decide_this)])


def _tell_faults(app: FastAPI, table: Desk) -> None:
    """Every failure we foresee is a page with a way back."""

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  # registered for nothing else
        if error.status_code == _UNKNOWN_HERE:
            return _outside(request, table)
        about = error.detail if error.detail in ("reader", "token") else "missing"
        return table.part(request, "fault", status=error.status_code, about=about, why="")

    def incomplete(request: Request, _: Exception) -> Response:
        return table.part(request, "fault", status=422, about="form", why="")

    def no_memory(request: Request, error: Exception) -> Response:
        return table.part(request, "fault", status=503, about="trouble", why=str(error))

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, incomplete)
    app.add_exception_handler(HistoryError, no_memory)


def _outside(request: Request, table: Desk) -> HTMLResponse:
    """A closed door; a link on another site (a card in Slack, say) made the browser keep our cookie back: knock again."""
    knock = request.headers.get("sec-fetch-site") == "cross-site" and cookie_name(request) not in request.cookies
    if knock and request.method == "GET" and request.url.path != "/enter":
        return table.part(request, "entered", status=401, onwards=request.url.path)
    return table.part(request, "outside", status=401)


class _Static(StaticFiles):
    """Style and script: asked for anew each time, sent only when they changed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one file."""

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"cache-control", b"no-cache")]
            await send(message)

        await super().__call__(scope, receive, kept)
