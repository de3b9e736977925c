"""What every call to the desk must pass, and what every answer carries, before a page is even looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
READS = frozenset({"GET", "HEAD"})
CARRIED = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class FrontDoor:
    """Answers only to its own names (against DNS rebinding) and takes writes only from its own pages."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = LOOPBACK | {host.casefold() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse strangers, pass on everybody else; no answer leaves without the headers that protect it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, protected)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if _hostname(f"//{host}") not in self._hosts:
            return PlainTextResponse("The desk does not answer to this name.", status_code=421)
        if method not in READS and not _from_our_own_page(headers, host):
            return PlainTextResponse("This did not come from a page of the desk.", status_code=403)
        return None


def _protect(headers: MutableHeaders) -> None:
    for name, rule in CARRIED.items():
        headers[name] = rule
    headers.setdefault("cache-control", "no-store")


def _from_our_own_page(headers: Headers, host: str) -> bool:
    """By Origin; where the browser hides it (`no-referrer` makes a form say `null`), by Sec-Fetch-Site, which no page can forge."""
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        return False
    origin = headers.get("origin", "")
    if origin == "null":
        return site == "same-origin"
    return origin in (f"http://{host}", f"https://{host}")


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
