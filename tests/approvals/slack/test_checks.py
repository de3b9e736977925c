"""The doctor names what is wrong in Slack, and the mend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.slack.checks import checks
from bot.approvals.slack.manifest import SCOPES, manifest

if TYPE_CHECKING:
    from tests.approvals.slack.conftest import Team

pytestmark = pytest.mark.counterpart


async def looked(team: Team, **changes: Any) -> dict[str, tuple[str, str]]:
    known: dict[str, Any] = {
        "bot_token": team.slack.bot_token,
        "app_token": team.slack.app_token,
        "signing_secret": None,
        "api_url": team.slack.api_url,
        "channel": "#candor",
        "fallback_channel": "C0FALLBACK",
    }
    return {check.name: (check.state, check.mend) for check in await checks(**(known | changes))}


async def test_a_well_kept_house_is_well(team: Team) -> None:
    """Token, scopes, lines and both channels."""
    assert set((await looked(team)).values()) == {("ok", "")}


async def test_a_dead_token_is_told_and_nothing_else_is_asked(team: Team) -> None:
    """One cause, one line."""
    found = await looked(team, bot_token="xoxb-dead")

    assert found["Slack token"][0] == "fail"
    assert "invalid_auth" in found["Slack token"][1]


async def test_missing_scopes_are_named(team: Team) -> None:
    """Some only matter for private channels."""
    team.slack.workspace.scopes.discard("users:read")
    assert (await looked(team))["Slack scopes"][0] == "warn"
    team.slack.workspace.scopes.discard("commands")

    state, mend = (await looked(team))["Slack scopes"]

    assert (state, mend) == ("fail", "add commands, users:read under OAuth & Permissions and install the app again")


async def test_a_channel_without_the_bot_is_named(team: Team) -> None:
    """Invited, alive, known."""
    assert "invite the bot" in (await looked(team, channel="C0GENERAL"))["Slack channel"][1]
    assert "set SLACK_CHANNEL" in (await looked(team, channel="#nowhere"))["Slack channel"][1]
    team.slack.archive("C0CANDOR")
    assert "unarchive it" in (await looked(team, channel="C0CANDOR"))["Slack channel"][1]


async def test_a_click_must_have_a_way_in(team: Team) -> None:
    """Socket Mode or a signing secret; and the app token must fit."""
    assert (await looked(team, app_token=None))["Slack clicks"][0] == "fail"
    assert (await looked(team, app_token="xapp-dead"))["Slack Socket Mode"][0] == "fail"
    assert (await looked(team, fallback_channel=None))["Slack fall-back channel"][0] == "ok"


def test_the_manifest_asks_for_what_the_doctor_looks_for() -> None:
    """And for nothing more."""
    text = manifest("Krume")
    asked = re.findall(r"^      - ([a-z]+(?::[a-z]+)?) +#|^      - (groups:read)$", text, re.MULTILINE)

    assert [first or second for first, second in asked] == list(SCOPES)
    assert "socket_mode_enabled: true" in text
    assert "command: /candor" in text
    assert "home_tab_enabled: true" in text
    assert "      - app_home_opened\n" in text
    assert 'display_name: "Krume"' in text
