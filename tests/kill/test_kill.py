"""kill -9 at every named point of the way: nothing lost, nothing said twice, the rest visibly open or unknown."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import signal
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot.pipeline
from bot.clock import now
from bot.history.store import History
from tests.counterparts.slack_server import SlackServer
from tests.counterparts.telegram_server import TelegramServer
from tests.kill import child

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from multiprocessing.process import BaseProcess

    from bot.core.question import Question

pytestmark = pytest.mark.counterpart

LIVES = multiprocessing.get_context("forkserver")
LIVES.set_forkserver_preload(["tests.kill.child"])  # a new process each time, without importing everything anew
POINTS = sorted(
    {
        point
        for file in Path(bot.pipeline.__file__).parent.glob("*.py")
        for point in re.findall(r'self\.reached\("([^"]+)"\)', file.read_text(encoding="utf-8"))
    }
)
CUSTOMERS = ("Kim", "Lee", "Noor")
SAYS = "Mein Brot war heute steinhart, was ist da los?"
HOUSE = """
brand = "Krume"
[[people]]
name = "Alice"
slack = "U01ALICE"
login = "alice"
"""
PATIENCE = 120.0
"""Seconds until everything must be settled after the last start."""


def test_there_are_at_least_twenty_points() -> None:
    assert len(POINTS) >= 20


@pytest.mark.parametrize("point", POINTS)
async def test_a_process_killed_twice_at_this_point_loses_nothing_and_says_nothing_twice(
    point: str, tmp_path: Path
) -> None:
    assert await killed(point, times=(1, 2), folder=tmp_path), f"{point} was not reached"


@pytest.mark.soak
@pytest.mark.parametrize("point", POINTS)
async def test_fifty_kills_at_this_point(point: str, tmp_path: Path) -> None:
    deaths = house = 0
    while deaths < 50:
        house += 1
        folder = tmp_path / f"house-{house}"
        folder.mkdir()
        died = await killed(point, times=(1, 2, 1, 2, 1, 2, 1, 2, 1, 2), folder=folder)
        assert died, f"{point} was not reached in a whole house"
        deaths += died


async def killed(point: str, *, times: tuple[int, ...], folder: Path) -> int:
    """Customers write, the bot dies at its point once per entry of `times`, and starts again each time.

    Gives how often it died: a life in which the point is not reached so many times ends by itself, settled.
    """
    died = 0
    threads = point.startswith("tell")  # Slack takes one post a second: only these wait until threads know everything
    async with TelegramServer.running(reads_everything=True) as telegram, SlackServer.running() as slack:
        env = settings(folder, telegram, slack)
        said = [somebody_writes(telegram, name) for name in CUSTOMERS]
        for life, time in enumerate(times, 1):
            async with bot_process(folder, env, point, time) as process:
                died += await died_or_settled(process, folder, said, threads)
            said += [somebody_writes(telegram, f"Customer {number} after life {life}") for number in range(time)]
        async with bot_process(folder, env, None, 1):
            questions = await settled(folder, said, threads)  # nothing is lost: every post is heard, and has its ending

    assert_nothing_said_twice(questions, telegram)
    assert_nothing_told_twice(slack)
    return died


def somebody_writes(telegram: TelegramServer, name: str) -> str:
    """A customer writes in a group of their own (Telegram takes one reply a second in each); the post's id."""
    group, person = telegram.add_group(f"Group of {name}"), telegram.add_person(name)
    telegram.add_member(group, person)
    post = telegram.says(group, person, f"@candor_bot {SAYS}")
    return f"{post.chat.id}/{post.id}"


def assert_nothing_said_twice(questions: list[Question], telegram: TelegramServer) -> None:
    """One reply at most below each post, and none that nobody decided."""
    below = Counter((post.chat.id, post.reply_to) for post in telegram.sent)
    assert max(below.values(), default=0) <= 1
    decided = sum(len(question.said) for question in questions)
    unknown = sum(question.standing == "unknown" for question in questions)
    assert decided <= len(telegram.sent) <= decided + unknown


def assert_nothing_told_twice(slack: SlackServer) -> None:
    """One card for each question, and each of its news once in its thread."""
    ours = Counter(str(post.metadata["event_payload"]) for post in slack.posts() if post.metadata)
    assert max(ours.values(), default=0) <= 1, ours.most_common(3)


def settings(folder: Path, telegram: TelegramServer, slack: SlackServer) -> dict[str, str]:
    (folder / "candor.toml").write_text(HOUSE, encoding="utf-8")
    return {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url, "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url, "SLACK_CHANNEL": "C0CANDOR",
    }  # fmt: skip


@asynccontextmanager
async def bot_process(folder: Path, env: dict[str, str], point: str | None, time: int) -> AsyncIterator[BaseProcess]:
    """The bot as a process of its own; ended at the end if it has not ended itself."""
    process = LIVES.Process(target=child.run, args=(folder, env, point, time))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


async def died_or_settled(process: BaseProcess, folder: Path, said: list[str], threads: bool) -> bool:  # noqa: FBT001
    """Wait for the death, and say whether it came; a point that is not reached again leaves all settled."""
    dying = asyncio.create_task(end_of(process))
    quiet = asyncio.create_task(settled(folder, said, threads))
    await asyncio.wait({dying, quiet}, return_when=asyncio.FIRST_COMPLETED)
    for task in (dying, quiet):
        task.cancel()
    await asyncio.gather(dying, quiet, return_exceptions=True)
    assert process.exitcode in (None, -signal.SIGKILL), (folder / "log.txt").read_text(encoding="utf-8")
    return process.exitcode is not None


async def end_of(process: BaseProcess) -> None:
    """Wait until the process is no more."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()


async def settled(folder: Path, said: list[str], threads: bool) -> list[Question]:  # noqa: FBT001
    """All questions, once each of these posts is part of one and published or visibly unknown; `threads`: Slack knows."""
    questions: list[Question] = []
    told = False
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                questions, told = await asyncio.to_thread(questions_in, folder)
                heard = {post.mention.id for question in questions for post in question.posts}
                ended = all(question.standing in ("published", "unknown") for question in questions)
                if heard == set(said) and ended and (told or not threads):
                    return questions
                await asyncio.sleep(0.1)
    except TimeoutError:
        standing = [(question.number, question.standing, question.note) for question in questions]
        pytest.fail(
            f"not settled: {standing} of {len(said)} posts, told: {told}; {(folder / 'log.txt').read_text(encoding='utf-8')[-3000:]}"
        )


def questions_in(folder: Path) -> tuple[list[Question], bool]:
    """All questions, and whether their threads in Slack have been told everything."""
    if not (folder / "candor.db").exists():
        return [], False
    history = History(f"sqlite:///{folder / 'candor.db'}", clock=now)
    try:
        with history.reading() as rows:
            numbers = [row["number"] for row in rows.all("select number from questions order by number")]
            return rows.questions(numbers), not rows.all("select 1 from untold limit 1")
    finally:
        history.close()
