"""A Slack that cannot show cards or bring clicks is a trouble that people see, and so is its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.why import Why
from bot.errors import ChannelError
from tests.approvals.slack.samples import a_question

if TYPE_CHECKING:
    from bot.approvals.slack.room import SlackRoom
    from tests.approvals.slack.conftest import Team

pytestmark = pytest.mark.counterpart


async def fails(room: SlackRoom) -> None:
    """A card that does not hang."""
    with pytest.raises(ChannelError):
        await room.show(a_question(), None, again=False)


def troubles(team: Team) -> list[tuple[str, str]]:
    return [(report.work, report.why) for report in team.health.troubles]


async def test_a_channel_that_is_gone_is_a_trouble_when_cards_have_nowhere_else_to_hang(team: Team) -> None:
    """With the mend, until the channel is back."""
    room = team.another_room(fallback_channel=None)
    team.slack.archive("C0CANDOR")
    await fails(room)
    seen = troubles(team)
    team.slack.channel("C0CANDOR").archived = False
    await room.show(a_question(), None, again=False)

    assert seen == [("cards", Why.slack_no_fallback(first=Why.slack_archived()))]
    assert troubles(team) == []
    assert [report.work for report in team.health.mended] == ["cards"]


async def test_a_slack_that_cannot_be_reached_is_a_trouble_from_the_second_card_on(team: Team) -> None:
    """One lost answer happens every day."""
    room = team.another_room(api_url="http://127.0.0.1:9/api/")
    await fails(room)
    after_one = troubles(team)
    await fails(room)  # too early: Slack is given a rest
    await team.time.sleep(5)
    await fails(room)

    assert after_one == []
    assert troubles(team) == [("cards", Why.slack_away(said=Why.no_connection()))]


async def test_lost_answers_between_which_cards_appear_are_no_trouble(team: Team) -> None:
    """Only what goes on and on is one."""
    for _ in range(3):
        team.slack.fault_next("chat.postMessage", cut="before")
        await fails(team.room)
        await team.room.show(a_question(), None, again=False)

    assert troubles(team) == []


@pytest.mark.parametrize("how", [{"retry_after": 30}, {"error": "invalid_blocks"}])
async def test_neither_a_rest_that_slack_wants_nor_one_bad_card_is_a_trouble(
    team: Team, how: dict[str, object]
) -> None:
    """The next card appears."""
    for _ in range(2):
        team.slack.fault_next("chat.postMessage", **how)
        await fails(team.room)
        await team.time.sleep(30)

    assert troubles(team) == []


async def test_clicks_that_cannot_arrive_are_a_trouble_until_a_line_is_open_again(team: Team) -> None:
    """Also on a quiet day, when no card is to be drawn."""
    team.room = team.another_room(ping=0.05)
    async with team.listening():
        before = troubles(team)
        team.slack.fault_next("apps.connections.open", status=503, times=8)
        await team.slack.drop_sockets()
        await team.slack.until(lambda: troubles(team))
        during = troubles(team)
        await team.slack.until(lambda: team.health.mended)

    assert before == []
    assert during == [("clicks", Why.slack_away(said=Why.no_connection()))]
    assert troubles(team) == []
