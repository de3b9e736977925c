"""Faults on demand: refusals, server errors, cut connections and slow answers, before or after the call took effect."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Literal

from aiohttp import web


@dataclass(kw_only=True)
class Fault:
    """What happens to the next `times` calls of a method; with `after`, the call takes effect first."""

    method: str
    status: int | None = None
    retry_after: int | None = None
    error: str | None = None
    cut: Literal["before", "after"] | None = None
    delay: float = 0.0
    after: bool = False
    times: int = 1

    def __post_init__(self) -> None:
        """A cut says itself on which side of the effect it falls."""
        self.after = self.after or self.cut == "after"
        if self.retry_after is not None:
            self.status = self.status or 429

    def strike(self, request: web.Request) -> web.Response | None:
        """The answer in place of the honest one; nothing when the fault is a delay alone."""
        if self.cut:
            if request.transport:
                request.transport.abort()
            return web.Response()
        if self.status == 429:
            return ratelimited(self.retry_after or 1)
        if self.status:
            return web.Response(
                status=self.status, text="<html><body>Server Error</body></html>", content_type="text/html"
            )
        return web.json_response({"ok": False, "error": self.error}) if self.error else None


class Faults:
    """The faults that are still to come, the oldest first."""

    def __init__(self) -> None:
        self.coming: list[Fault] = []

    def take(self, method: str) -> Fault | None:
        """Use up one fault that is meant for this method; `*` is meant for all."""
        for fault in self.coming:
            if fault.times > 0 and fnmatch(method, fault.method):
                fault.times -= 1
                return fault
        return None


def ratelimited(seconds: int) -> web.Response:
    """Slack's way to say: not so fast."""
    body = {"ok": False, "error": "ratelimited"}
    return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})
