"""Telegram and Slack as far as Candor sees them: the strict counterparts of the tests, and Candor run beside them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from benchmarks.house import surroundings
from tests.counterparts.slack_server import SlackServer
from tests.counterparts.telegram_server import TelegramServer

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

SECONDS_TO_LEAVE = 15


@asynccontextmanager
async def neighbours() -> AsyncIterator[tuple[TelegramServer, SlackServer]]:
    """Both services, in this process; Candor is always a process of its own."""
    async with TelegramServer.running(reads_everything=True) as telegram, SlackServer.running() as slack:
        yield telegram, slack


def addresses(slack: SlackServer, telegram: TelegramServer | None = None) -> dict[str, str]:
    """What Candor must be told to reach them."""
    told = {
        "SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_CHANNEL": "C0CANDOR",
    }  # fmt: skip
    if telegram is not None:
        told |= {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
    return told


@asynccontextmanager
async def running(command: Sequence[str], folder: Path, told: Mapping[str, str]) -> AsyncIterator[Process]:
    """A program in the house until the block ends; what it prints can be read, its log goes to a file."""
    with (folder / "log.txt").open("a") as log:
        child = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=surroundings(**told), stdout=asyncio.subprocess.PIPE, stderr=log
        )
        try:
            yield child
        finally:
            if child.returncode is None:
                child.terminate()
            await asyncio.wait_for(child.wait(), SECONDS_TO_LEAVE)


async def until_it_says(child: Process, words: str) -> str:
    """Read what a program prints up to the line that begins with these words; raises EOFError when it ends before."""
    assert child.stdout is not None
    while line := (await child.stdout.readline()).decode():
        if line.startswith(words):
            return line
    raise EOFError(f"the program ended before it said {words!r}")
