"""The App Home shows each colleague the house at a glance, and a stranger nothing of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.slack.home import home_view, stranger_view
from bot.approvals.slack.speech import speech_of
from bot.core.overview import ChannelState, Overview
from tests.approvals.slack.samples import FACES, GERMAN_HOUSE, HOSTILE, HOUSE, NOW, a_post, a_question
from tests.approvals.slack.test_clicks import STRANGER, add_stranger
from tests.counterparts.blockkit import refusals_of_view

if TYPE_CHECKING:
    from tests.approvals.slack.conftest import Team

ALICE, READER = "U01ALICE", "U03CAROL"
BUSY = Overview(
    open=23,
    oldest=tuple(
        replace(question, number=number) for number, question in enumerate(FACES.values(), 1) if question.open
    ),
    mine=(a_question(number=40, due_at=NOW - timedelta(hours=1)),),
    places={1: "C0CANDOR/1795527060.000100"},
    channels=(
        ChannelState(
            name="telegram",
            heard_at=NOW - timedelta(minutes=5),
            open={"asked": 20, "held": 2, "unknown": 1},
            trouble="401",
        ),
        ChannelState(name="webhook"),
    ),
    paused=True,
)


def drawn(seen: Overview, *, house: Any = HOUSE, desk_url: str | None = "https://desk.example") -> dict[str, Any]:
    places = {number: f"https://candor.slack.com/archives/{place}" for number, place in seen.places.items()}
    return home_view(seen, house=house, now=NOW, address_of=places.get, desk_url=desk_url)


def lines(view: dict[str, Any]) -> list[str]:
    """What stands there, from top to bottom."""
    said = [block.get("text") or block.get("elements", [{}])[0] for block in view["blocks"]]
    return [text["text"] for text in said if "text" in text]


@pytest.mark.parametrize("house", [HOUSE, GERMAN_HOUSE])
@pytest.mark.parametrize("seen", [BUSY, Overview(open=0)])
def test_slack_takes_every_home(seen: Overview, house: Any) -> None:
    """The judge finds nothing."""
    assert refusals_of_view(drawn(seen, house=house)) == []
    assert refusals_of_view(drawn(seen, house=house, desk_url=None)) == []
    assert refusals_of_view(stranger_view(house)) == []


def test_the_fullest_home_still_fits() -> None:
    """Twenty questions of the longest names, twenty claims, eight channels."""
    many = tuple(a_question(number=10**9 + n, posts=(a_post(author="ÄÖ<&>" * 90),)) for n in range(20))
    channels = tuple(ChannelState(name=f"channel-{n}", trouble="why " * 400) for n in range(8))
    full = Overview(
        open=10_000, oldest=many, mine=many, channels=channels, places={q.number: "C0CANDOR/1.2" for q in many}
    )

    assert refusals_of_view(drawn(full)) == []


def test_a_home_tells_what_is_mine_who_waits_longest_and_how_channels_do() -> None:
    """In this order, under what matters most: whether anything is sent at all."""
    said = lines(drawn(BUSY))

    assert said[0].startswith("⏸️ *Sending is paused.*")
    assert said[1] == "On my table"
    assert said[2].startswith("*question 40* · Telegram · Mia K. · waits for a decision · heard <!date^")
    assert "*overdue*, was due <!date^" in said[2]
    assert said[3:5] == ["Waiting for an answer: 23", "the longest waiting first"]
    assert said[5].startswith("*<https://candor.slack.com/archives/C0CANDOR/1795527060.000100|question 1>* · Telegram")
    assert said[-4] == f"… and {23 - len(BUSY.oldest)} more · <https://desk.example|all of them on the desk>"
    assert said[-3] == "Channels"
    assert said[-2].startswith("🔴 *Telegram* · 401 · last heard <!date^")
    assert said[-2].endswith(" · 23 open · 2 held back · 1 perhaps sent, please look")
    assert said[-1] == "🟢 *Webhook* · nothing heard lately · 0 open"


def test_an_empty_home_says_what_there_is() -> None:
    """Nothing is hidden, nothing is left blank."""
    assert lines(drawn(Overview(open=0))) == [
        "Sending is on: what is approved goes out.", "On my table",
        "Nothing is on your table. Claim a question with the dots on its card, or with an eye below it.",
        "Waiting for an answer: 0", "Nobody waits for an answer.", "Channels", "No channel is connected.",
    ]  # fmt: skip


def test_the_house_speaks_german_where_german_comes_first() -> None:
    """Written, not translated."""
    said = lines(drawn(BUSY, house=GERMAN_HOUSE))

    assert said[1] == "Bei mir"
    assert said[2].startswith("*Vorgang 40* · Telegram · Mia K. · wartet auf Entscheidung · gehört <!date^")


def test_a_strangers_name_is_nobodys_markup() -> None:
    """Nor is what a channel says about its trouble; and the customer's words stay on the card."""
    hostile = a_question(posts=(a_post(HOSTILE, author=HOSTILE, channel=HOSTILE),))
    seen = Overview(open=1, oldest=(hostile,), channels=(ChannelState(name=HOSTILE, trouble=HOSTILE),))
    shown = json.dumps(drawn(seen), ensure_ascii=False)

    assert "<!channel" not in shown
    assert "<@U01" not in shown
    assert "*bold*" not in shown
    assert "hard as stone" not in json.dumps(drawn(Overview(open=1, oldest=(a_question(),))))


@pytest.mark.counterpart
async def test_looking_at_the_home_draws_it_and_looking_again_draws_it_afresh(team: Team) -> None:
    """For a reader as well: who is listed may read."""
    async with team.listening():
        team.slack.open_home(ALICE)
        await team.soon(lambda: team.slack.home(ALICE))
        team.seen = BUSY
        team.slack.open_home(ALICE)
        await team.soon(lambda: "question 40" in str(team.slack.home(ALICE).body))  # type: ignore[union-attr]  # drawn above
        team.slack.open_home(READER)
        await team.soon(lambda: team.slack.home(READER))

    home = team.slack.home(ALICE)
    assert home is not None
    assert "https://candor.slack.com/archives/C0CANDOR/p1795527060000100|question 1>" in str(home.body)
    assert [person.name for person in team.asked_by] == ["Alice", "Alice", "Carol"]
    assert [call.error for call in team.slack.calls if call.method == "views.publish"] == [None] * 3


@pytest.mark.counterpart
async def test_a_question_without_a_card_is_linked_to_the_desk(team: Team) -> None:
    """As long as there is one."""
    team.room = team.another_room(desk_url="https://desk.example/")
    team.seen = Overview(open=1, oldest=(a_question(),))
    async with team.listening():
        team.slack.open_home(ALICE)
        await team.soon(lambda: team.slack.home(ALICE))

    home = team.slack.home(ALICE)
    assert home is not None
    assert "<https://desk.example/q/12|question 12>" in str(home.body)


@pytest.mark.counterpart
async def test_a_stranger_sees_a_polite_line_and_nothing_of_the_house(team: Team) -> None:
    """Nobody even looks."""
    add_stranger(team.slack)
    team.seen = BUSY
    async with team.listening():
        team.slack.open_home(STRANGER)
        await team.soon(lambda: team.slack.home(STRANGER))

    home = team.slack.home(STRANGER)
    assert home is not None
    assert lines(home.body) == [speech_of(HOUSE).say("home.stranger")]
    assert team.asked_by == []


@pytest.mark.counterpart
async def test_a_home_that_cannot_be_drawn_is_one_line_in_the_log(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    """An app that was made before there was a home is told what to do; everything else goes on."""
    team.slack.fault_next("views.publish", error="not_enabled")
    async with team.listening():
        team.slack.open_home(ALICE)
        await team.soon(lambda: caplog.messages)

    assert caplog.messages == [
        "an App Home was not drawn: Slack refused the call: not_enabled; switch the Home tab on under App Home"
    ]


@pytest.mark.counterpart
async def test_the_tab_with_reminders_is_left_alone(team: Team) -> None:
    """Only the Home tab is drawn."""
    event = {"type": "app_home_opened", "user": ALICE, "channel": "D01ALICE"}
    async with team.listening():
        for tab in ("messages", "home"):
            team.slack.workspace.emit({**event, "tab": tab, "event_ts": team.slack.workspace.next_ts()}, None)
        await team.soon(lambda: team.slack.home(ALICE))
        await team.soon(lambda: len(team.slack.acks) == 2)

    assert len(team.asked_by) == 1
