"""Faults that the pretend Telegram plays on the next calls of a method."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from tests.counterparts.telegram_errors import refusal
from tests.counterparts.telegram_world import World

if TYPE_CHECKING:
    from tests.counterparts.telegram_chats import Json

PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>\r\n"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One way in which calls of a method go wrong; `after` means that the call takes effect first."""

    method: str
    times: int = 1
    after: bool = False
    cut: bool = False
    seconds: float = 0
    status: int | None = None
    description: str = ""
    retry_after: int | None = None
    body: str | None = None
    html: bool = False

    async def play(self, request: web.Request) -> web.StreamResponse | None:
        """The answer to give instead, or nothing when only time was lost."""
        await asyncio.sleep(self.seconds)
        if self.cut:
            if request.transport:
                request.transport.abort()
            return web.Response()
        if self.status is None:
            return None
        if self.html:
            return web.Response(status=self.status, text=PAGE.format(self.status), content_type="text/html")
        if self.body is not None:
            return web.Response(status=self.status, text=self.body, content_type="application/json")
        return web.json_response(self._refusal(self.status), status=self.status)

    def _refusal(self, status: int) -> Json:
        if self.retry_after is None:
            return refusal(status, self.description)
        why = self.description or f"retry after {self.retry_after}"
        return refusal(status, why, retry_after=self.retry_after)


class Faults(World):
    """The queue: the first fault that names the method is taken, as often as it says."""

    def fault_next(
        self,
        method: str,
        *,
        status: int,
        description: str = "",
        retry_after: int | None = None,
        html: bool = False,
        body: str | None = None,
        after: bool = False,
        times: int = 1,
    ) -> None:
        """Answer with this status: as Telegram's JSON, as a page of HTML, or with exactly `body`."""
        self.faults.append(
            Fault(
                method=method,
                times=times,
                after=after,
                status=status,
                description=description,
                retry_after=retry_after,
                html=html,
                body=body,
            )
        )

    def cut_before(self, method: str, times: int = 1) -> None:
        """Cut the connection before the call has any effect."""
        self.faults.append(Fault(method=method, times=times, cut=True))

    def cut_after(self, method: str, times: int = 1) -> None:
        """Let the call take effect and cut the connection before the answer."""
        self.faults.append(Fault(method=method, times=times, cut=True, after=True))

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """Let the call take effect at once and answer so many seconds later."""
        self.faults.append(Fault(method=method, times=times, seconds=seconds, after=True))

    def take_fault(self, method: str) -> Fault | None:
        """The fault for this call, used up by one; method names have no case."""
        for fault in self.faults:
            if fault.times and fault.method.lower() == method.lower():
                fault.times -= 1
                return fault
        return None
