"""A visitor at the desk, without a browser: reads pages and fills in forms."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import httpx

from bot.approvals.web.desk import desk
from bot.approvals.web.session import Doorkeeper
from tests.approvals.web.bakery import TOM, a_house

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.house import House
    from bot.core.person import Person
    from tests.approvals.web.pretend import PretendDecisions

HERE = "http://127.0.0.1:8765"


class Visit:
    """One desk, one browser, one person."""

    def __init__(self, decisions: PretendDecisions, *, house: House | None = None, **wiring: Any) -> None:
        self.decisions = decisions
        self.keeper = Doorkeeper(clock=lambda: decisions.now)
        self.app = desk(decisions, house=house or a_house(), keeper=self.keeper, clock=lambda: decisions.now, **wiring)
        self.browser = self.another_browser()

    def another_browser(self) -> httpx.AsyncClient:
        """A browser that nobody knows yet."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=HERE, headers={"origin": HERE}, verify=False
        )

    async def enters(self, person: Person = TOM, *, browser: httpx.AsyncClient | None = None) -> Visit:
        """Come in by a fresh one-time link."""
        answer = await (browser or self.browser).get(self.keeper.invite(person))
        assert answer.status_code == 200
        return self

    async def reads(self, path: str, **headers: str) -> str:
        """The page as text."""
        answer = await self.browser.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def sends(
        self,
        path: str,
        *,
        browser: httpx.AsyncClient | None = None,
        headers: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> httpx.Response:
        """A form of the desk with its token; `version` is 1 unless said otherwise."""
        sender = browser or self.browser
        token = in_page((await sender.get("/")).text, "token")
        return await sender.post(path, data={"token": token, "version": "1", **fields}, headers=headers or {})


def in_page(page: str, name: str) -> str:
    """The value of the first field of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return unescape(found.group(1)) if found else ""


def seen(page: str) -> str:
    """What a reader sees: no tags, single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
