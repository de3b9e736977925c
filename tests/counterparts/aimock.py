"""aimock, an OpenAI-compatible server that others wrote; what it answers is in `npm/aimock.json`."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession

from tests.counterparts.npm_process import MODULES, NOT_INSTALLED, free_port, started

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CLI = MODULES / "@copilotkit" / "aimock" / "dist" / "cli.js"
FIXTURES = Path(__file__).parent / "npm" / "aimock.json"


def missing() -> str | None:
    """Why it cannot be used here, or nothing."""
    if shutil.which("node") is None:
        return "aimock needs Node 20 or newer"
    return None if CLI.exists() else NOT_INSTALLED


class AiMock:
    """What the bot needs to reach it, and what it was asked."""

    api_key, model = "sk-test-only", "test-model"

    def __init__(self, url: str, http: ClientSession) -> None:
        self.url, self.base_url, self._http = url, f"{url}/v1", http

    async def requests(self) -> list[dict[str, Any]]:
        """Every request so far, the oldest first."""
        async with self._http.get(f"{self.url}/__aimock/journal") as answer:
            return list(await answer.json())

    async def fault(self, **rates: float) -> None:
        """Break every request from now on, for example `latencyMs=500`, `disconnectRate=1`, `malformedRate=1`."""
        async with self._http.post(f"{self.url}/__aimock/chaos", json=rates) as answer:
            answer.raise_for_status()


@asynccontextmanager
async def running(*, fixtures: Path = FIXTURES) -> AsyncIterator[AiMock]:
    """Start it with these answers."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = ["node", str(CLI), "-h", "127.0.0.1", "-p", str(port), "-f", str(fixtures), "--validate-on-load"]
    with TemporaryDirectory() as folder:
        async with started(command, folder=Path(folder), alive=f"{url}/__aimock/journal"), ClientSession() as http:
            yield AiMock(url, http)
