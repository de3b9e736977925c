"""Starts a server that others wrote, on a free port of this machine, and stops exactly that process."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

MODULES = Path(__file__).parent / "npm" / "node_modules"
NOT_INSTALLED = "not installed: run make counterparts"
START_SECONDS, STOP_SECONDS = 15.0, 5.0


def free_port() -> int:
    """A port on 127.0.0.1 that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def started(command: Sequence[str], *, folder: Path, alive: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a command in a folder until the block ends; `alive` is an address that answers once it is up."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=output, stderr=output)
        try:
            await _up(process, alive, log)
            yield process
        finally:
            await _stop(process)


async def _up(process: asyncio.subprocess.Process, alive: str, log: Path) -> None:
    give_up = asyncio.get_running_loop().time() + START_SECONDS
    async with ClientSession() as http:
        while process.returncode is None and asyncio.get_running_loop().time() < give_up:
            with suppress(ClientError):
                async with http.get(alive) as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(0.02)
    raise RuntimeError(f"did not start: {log.read_text(encoding='utf-8', errors='replace')[-500:]}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
