"""A provider of the Responses API on loopback that answers what a test puts in, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GOOD: dict[str, Any] = {
    "text": "Thank you for telling us. Your cake arrived crushed. We do not know yet why. We will write here again.",
    "claims": [],
    "promises": ["We will write here again."],
    "refused": False,
}


def body(written: str | dict[str, Any] | None = None, **changed: Any) -> str:
    """A complete answer around what the model wrote (`GOOD` with these changes, or any text)."""
    said = written if isinstance(written, str) else json.dumps((written or GOOD) | changed)
    return envelope([{"type": "output_text", "text": said, "annotations": []}])


def envelope(parts: list[dict[str, Any]], status: str = "completed") -> str:
    """The API's wrapping around the parts of one answer."""
    reply = {"type": "message", "id": "m1", "role": "assistant", "status": status, "content": parts}
    thought = {"type": "reasoning", "id": "r1", "summary": []}
    usage = {"input_tokens": 900, "output_tokens": 60, "total_tokens": 960}
    return json.dumps(
        {"id": "resp_1", "object": "response", "status": status, "output": [thought, reply], "usage": usage}
    )


class PretendProvider:
    """Answers in the order given; the last answer is given again and again."""

    def __init__(self) -> None:
        self.answers: list[web.Response | str | float] = [body()]
        """A response, the body of a good one, or seconds to keep silent."""
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        """One answer of the queue."""
        self.asked.append(await request.json())
        next_one = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(next_one, float):
            await asyncio.sleep(next_one)
            raise web.HTTPGatewayTimeout
        if isinstance(next_one, str):
            return web.Response(text=next_one, content_type="application/json")
        return web.Response(status=next_one.status, body=next_one.body, headers=next_one.headers)


def error(status: int, code: str = "", **headers: str) -> web.Response:
    """A refusal whose body repeats secrets, as bodies do."""
    told = {"error": {"message": "sk-secret anna_92 wrote", "code": code}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response(told, status=status, headers=named)


@asynccontextmanager
async def provider() -> AsyncIterator[PretendProvider]:
    """Open it on a free port."""
    pretend = PretendProvider()
    app = web.Application()
    app.router.add_post("/v1/responses", pretend.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pretend.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield pretend
    finally:
        await runner.cleanup()
