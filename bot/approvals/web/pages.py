"""From rows to pages: every page is drawn here, in the reader's language and time, with every foreign word escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.approvals.web.forms import digest
from bot.approvals.web.times import Times
from bot.approvals.web.wording import preferred, wordings
from bot.core.text import hidden_in, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from starlette.requests import Request

    from bot.approvals.decisions import Decisions
    from bot.approvals.web.session import Doorkeeper, Visitor
    from bot.approvals.wording import Wording
    from bot.core.health import Health
    from bot.core.house import House

PAGES = Path(__file__).parent / "pages"
_PAGE = re.compile(r"/q/\d{1,19}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@cache
def _environment() -> Environment:
    drawn = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    drawn.filters.update(
        web_address=web_address, lang_tag=lang_tag, visible=visible, hidden_in=hidden_in, shortened=shortened
    )
    return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every page needs: the house's side, its rules, the time, and who is at the door."""

    decisions: Decisions
    house: House
    keeper: Doorkeeper
    clock: Callable[[], datetime]
    channels: Sequence[str] = ()
    """The channels that are listened to, for the filter."""
    https: bool = False
    """Whether people come over HTTPS only."""
    health: Health
    """Which rooms can do their work."""
    wordings: Mapping[str, Wording] = field(default_factory=wordings)
    drawn: Environment = field(default_factory=_environment)

    def page(self, request: Request, name: str, *, status: int = 200, **shown: object) -> HTMLResponse:
        """A whole page, with its head: who is here, how much is open, whether sending is paused."""
        paused, all_open = self.decisions.paused, self.decisions.open_count()
        return self.part(request, name, status=status, paused=paused, all_open=all_open, **self.reports(), **shown)

    def reports(self) -> dict[str, Any]:
        """What does not go at present, what goes again, and a mark that changes with them."""
        troubles, mended = self.health.troubles, self.health.mended
        return {"troubles": troubles, "mended": mended, "reported": digest(repr((troubles, mended)))}

    def part(self, request: Request, name: str, *, status: int = 200, **shown: object) -> HTMLResponse:
        """A piece of a page, or a page that a stranger may see."""
        return HTMLResponse(self.html(request, name, **shown), status_code=status)

    def html(self, request: Request, name: str, **shown: object) -> str:
        """The same, as text."""
        wording = self.wording_for(request)
        times = Times(wording=wording, now=self.clock(), zone=ZoneInfo(self.house.timezone))
        common = {"w": wording, "t": times, "wordings": self.wordings, "house": self.house, "channels": self.channels}
        return self.drawn.get_template(f"{name}.html.j2").render(
            **common, visitor=visitor_of(request), here=_here(request.url.path), **shown
        )

    def wording_for(self, request: Request) -> Wording:
        """The language chosen by hand, else the browser's, else English."""
        visitor = visitor_of(request)
        chosen = visitor.lang if visitor else None
        return self.wordings[chosen or preferred(request.headers.get("accept-language", ""), self.wordings)]


def _here(path: str) -> str:
    """The page that a form at the top leads back to."""
    found = _PAGE.match(path)
    return found.group() if found else "/"


def visitor_of(request: Request) -> Visitor | None:
    """Who is asking, once the door has let them in."""
    return getattr(request.state, "visitor", None)


def web_address(url: str | None) -> str | None:
    """The link of a post when a browser may follow it; nothing for `javascript:`, `data:` and the like."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def lang_tag(lang: str | None) -> str:
    """A language as HTML wants it; empty (unknown) when it is none."""
    return lang if lang and lang != "und" and _LANGUAGE.fullmatch(lang) else ""
