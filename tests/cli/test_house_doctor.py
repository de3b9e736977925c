"""`candor doctor` says in one line each what holds, what is odd and what fails, with the mend."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cli.candor import candor
from tests.cli.house import RULES, a_house_in, a_row, replayed
from tests.counterparts.slack_server import SlackServer
from tests.counterparts.telegram_server import TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.cli.candor import Called

pytestmark = pytest.mark.counterpart

IN_SLACK = RULES.replace('login = "alice"', 'login = "alice"\nslack = "U01ALICE"').replace(
    'login = "bob"', 'login = "bob"\nslack = "U02BOB"'
)
FALL_BACK = '[slack]\nfallback_channel = "C0FALLBACK"\n'


async def asked(folder: Path, **env: str) -> Called:
    """Call the doctor in a thread, while the pretended networks answer in this one."""
    return await asyncio.to_thread(candor, folder, "doctor", given=b"", **env)


def lines(called: Called, state: str) -> list[str]:
    """What the doctor said in this state."""
    said = called.out.decode().splitlines()
    assert {line.split()[0] for line in said} <= {"ok", "warn", "fail"}
    return [line.split(maxsplit=1)[1] for line in said if line.startswith(state)]


@asynccontextmanager
async def networks() -> AsyncIterator[tuple[TelegramServer, SlackServer, dict[str, str]]]:
    """Both networks, and the settings of a house that is well kept."""
    async with TelegramServer.running(reads_everything=True) as telegram, SlackServer.running() as slack:
        yield telegram, slack, {
            "TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url,
            "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url,
            "SLACK_CHANNEL": "C0CANDOR",
        }  # fmt: skip


async def test_a_well_kept_house_is_well(tmp_path: Path) -> None:
    async with networks() as (_, _, settings):
        called = await asked(a_house_in(tmp_path, IN_SLACK + FALL_BACK), **settings)

    assert (called.status, called.err) == (0, "")
    assert (lines(called, "warn"), lines(called, "fail")) == ([], [])
    names = "\n".join(lines(called, "ok"))
    for name in (
        "settings of Krume Bakery",
        "database candor.db: will be made in ",
        "templates and prompts",
        "Telegram token",
        "Slack token",
    ):
        assert name in names


async def test_a_house_without_accounts_may_open_and_is_told_what_it_could_have(tmp_path: Path) -> None:
    called = await asked(a_house_in(tmp_path))

    assert called.status == 0
    assert lines(called, "warn") == ["Telegram: not set up: set TELEGRAM_BOT_TOKEN to hear customers there"]
    assert "Slack: not set up; questions are asked on the web desk" in lines(called, "ok")


async def test_wrong_tokens_fail_and_are_not_repeated(tmp_path: Path) -> None:
    wrong = {"TELEGRAM_BOT_TOKEN": "4200:a-token-that-opens-no-door", "SLACK_BOT_TOKEN": "xoxb-wrong-one"}
    async with networks() as (_, _, settings):
        called = await asked(a_house_in(tmp_path, IN_SLACK), **settings | wrong)

    assert (called.status, called.err) == (1, "")
    assert [line.split(":")[0] for line in lines(called, "fail")] == ["Telegram token", "Slack token"]
    assert not [token for token in wrong.values() if token in called.out.decode()]


async def test_an_app_token_that_does_not_fit_fails(tmp_path: Path) -> None:
    async with networks() as (_, _, settings):
        called = await asked(a_house_in(tmp_path, IN_SLACK + FALL_BACK), **settings | {"SLACK_APP_TOKEN": "xapp-wrong"})

    assert called.status == 1
    assert [line.split(":")[0] for line in lines(called, "fail")] == ["Slack Socket Mode"]


async def test_missing_scopes_and_a_channel_without_the_bot_are_named_with_the_mend(tmp_path: Path) -> None:
    async with networks() as (_, slack, settings):
        slack.workspace.scopes.discard("commands")
        called = await asked(a_house_in(tmp_path, IN_SLACK), **settings | {"SLACK_CHANNEL": "C0GENERAL"})

    assert called.status == 1
    scopes, channel = lines(called, "fail")
    assert scopes == "Slack scopes: add commands under OAuth & Permissions and install the app again"
    assert channel == "Slack channel: invite the bot to C0GENERAL with /invite"


async def test_a_house_may_do_without_a_fall_back_channel(tmp_path: Path) -> None:
    async with networks() as (_, _, settings):
        called = await asked(a_house_in(tmp_path, IN_SLACK), **settings)

    assert (called.status, lines(called, "warn")) == (0, [])
    assert any(line.startswith("Slack fall-back channel: none set") for line in lines(called, "ok"))
    assert not any("clicks" in line or "webhook" in line for line in lines(called, "ok"))


async def test_who_could_not_decide_in_slack_is_named(tmp_path: Path) -> None:
    half = IN_SLACK.replace('slack = "U02BOB"', "")
    async with networks() as (_, _, settings):
        nobody = await asked(a_house_in(tmp_path), **settings)
        one = await asked(a_house_in(tmp_path, half), **settings)

    assert (nobody.status, one.status) == (1, 0)
    assert [line.split(":")[0] for line in lines(nobody, "fail")] == ["Slack people"]
    assert "no approver has a Slack member id" in lines(nobody, "fail")[0]
    assert lines(one, "warn") == ["Slack people: cannot decide in Slack without `slack` in candor.toml: Bob"]


async def test_a_house_that_is_still_the_examples_is_told(tmp_path: Path) -> None:
    candor(tmp_path, "init")
    called = await asked(tmp_path)

    assert called.status == 0
    assert lines(called, "warn")[:2] == [
        "brand: still that of the example: write your own into candor.toml",
        "people: still those of the example: name your colleagues in candor.toml",
    ]


@pytest.mark.parametrize("folder", ["", "nowhere/"])
async def test_looking_at_a_database_that_is_not_there_makes_none(tmp_path: Path, folder: str) -> None:
    house = a_house_in(tmp_path / "house")
    called = await asked(house, DATABASE_URL=f"sqlite:///{tmp_path}/{folder}x.db")

    assert called.status == (1 if folder else 0)
    [line] = [line for line in called.out.decode().splitlines() if "database" in line]
    assert ("cannot be made in" if folder else "will be made in") in line
    assert [place.name for place in tmp_path.iterdir()] == ["house"]
    assert [place.name for place in house.iterdir()] == ["candor.toml"]


async def test_looking_at_a_database_changes_no_byte_of_it(tmp_path: Path) -> None:
    replayed(a_house_in(tmp_path), a_row("1"))
    before = {place.name: place.read_bytes() for place in tmp_path.iterdir()}
    called = await asked(tmp_path)

    assert "database candor.db (1 open)" in lines(called, "ok")
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == before


async def test_groups_that_telegram_hides_are_only_warned_of(tmp_path: Path) -> None:
    async with TelegramServer.running() as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        called = await asked(a_house_in(tmp_path), **settings)

    assert called.status == 0
    assert "/setprivacy" in lines(called, "warn")[0]


async def test_a_network_that_does_not_answer_fails_with_the_setting_to_look_at(tmp_path: Path) -> None:
    async with networks() as (telegram, slack, settings):
        telegram.cut_before("getMe")
        slack.fault_next("auth.test", status=500)
        called = await asked(a_house_in(tmp_path, IN_SLACK), **settings)

    assert called.status == 1
    telegram_line, slack_line = lines(called, "fail")
    assert "TELEGRAM_API_URL" in telegram_line
    assert "SLACK_API_URL" in slack_line


async def test_half_of_slack_fails_by_name(tmp_path: Path) -> None:
    called = await asked(a_house_in(tmp_path), SLACK_BOT_TOKEN="xoxb-1")

    assert called.status == 1
    assert lines(called, "fail") == ["Slack: set SLACK_CHANNEL, SLACK_APP_TOKEN as well"]


async def test_a_broken_template_and_a_broken_database_are_named(tmp_path: Path) -> None:
    (a_house_in(tmp_path) / "templates" / "en").mkdir(parents=True)
    (tmp_path / "templates" / "en" / "praise.j2").write_text("{{ author", encoding="utf-8")
    (tmp_path / "candor.db").write_bytes(b"no database" * 1000)
    called = await asked(tmp_path)

    assert called.status == 1
    database, words = lines(called, "fail")
    assert "this is not a Candor database" in database
    assert words.startswith("templates and prompts: ")
    assert "en/praise.j2" in words


async def test_what_is_odd_about_the_house_is_a_warning(tmp_path: Path) -> None:
    called = await asked(a_house_in(tmp_path, 'brand = "Krume"\n[[people]]\nname = "Alice"'))

    assert called.status == 0
    assert "only one person may approve" in lines(called, "warn")[0]


async def test_wrong_settings_are_one_line_and_nothing_is_asked(tmp_path: Path) -> None:
    called = await asked(tmp_path)

    assert (called.status, called.out) == (2, b"")
    assert called.err == "candor: there is no candor.toml here; `candor init` writes one\n"
