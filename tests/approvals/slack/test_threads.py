"""What is written below a card is feedback, never an approval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.approvals.slack.modals import edit_view
from tests.approvals.slack.samples import FACES, HOUSE, a_post, a_question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.approvals.slack.conftest import Team
    from tests.counterparts.slack_workspace import Message

pytestmark = pytest.mark.counterpart
ALICE, BOB, READER = "U01ALICE", "U02BOB", "U03CAROL"


@pytest.fixture
async def open_team(team: Team) -> AsyncIterator[Team]:
    async with team.listening():
        yield team


@pytest.fixture
async def card(open_team: Team) -> Message:
    return await open_team.hangs(a_question())


async def test_a_reply_asks_for_other_words(open_team: Team, card: Message) -> None:
    """As it was typed, not as Slack writes it; and it is answered."""
    open_team.slack.reply_in_thread(ALICE, card, "Say &lt;sorry&gt; &amp; name the bread")

    assert "Nothing was approved" in await open_team.note()
    assert open_team.decisions.wishes == [(12, "redraft: Say <sorry> & name the bread")]
    await open_team.soon(lambda: card.text.startswith("Preparing"))


@pytest.mark.parametrize("text", ["ok", "OK!", "approve", "send it", "👍"])
async def test_a_typed_ok_publishes_nothing(open_team: Team, card: Message, text: str) -> None:
    """Whoever types it."""
    open_team.slack.reply_in_thread(BOB, card, text)

    assert "Nothing was approved" in await open_team.note(BOB)
    assert open_team.decisions.decided == []


async def test_only_colleagues_who_decide_are_heard(open_team: Team, card: Message) -> None:
    """A reader's wish is refused, kept and answered."""
    open_team.slack.reply_in_thread(READER, card, "make it funnier")

    assert "not decide" in await open_team.note(READER)
    assert open_team.decisions.wishes == []
    assert open_team.decisions.refused[0][:2] == (12, READER)


async def test_other_talk_is_not_heard(open_team: Team, card: Message) -> None:
    """Posts in the channel, other threads, the bot's own answers and edits ask for nothing."""
    other = open_team.slack.say(ALICE, "C0CANDOR", "Lunch?")
    open_team.slack.reply_in_thread(BOB, other, "Yes!")
    await open_team.room.alarm("a promise is overdue")
    await open_team.room.show(a_question(), f"C0CANDOR/{card.ts}", again=False)
    open_team.slack.reply_in_thread(ALICE, card, "shorter, please")
    await open_team.note()

    assert open_team.decisions.wishes == [(12, "redraft: shorter, please")]
    assert open_team.decisions.refused == []


async def test_the_same_event_twice_is_one_wish(open_team: Team, card: Message) -> None:
    """Events come again when they were not acknowledged."""
    open_team.slack.reply_in_thread(ALICE, card, "shorter, please")
    await open_team.note()
    [event] = [sent for sent in open_team.slack.sent if sent.payload.get("event", {}).get("thread_ts")]
    open_team.decisions.holds(a_question())
    event.answered.clear()
    await open_team.slack.sockets.send(event)
    open_team.slack.reply_in_thread(ALICE, card, "and kinder")
    await open_team.soon(lambda: len(open_team.decisions.wishes) > 1)

    assert open_team.decisions.wishes == [(12, "redraft: shorter, please"), (12, "redraft: and kinder")]


async def test_feedback_that_comes_too_late_is_answered(open_team: Team, card: Message) -> None:
    """The reply is out already."""
    open_team.decisions.holds(FACES["published"])
    open_team.slack.reply_in_thread(BOB, card, "wait!")

    assert "Alice decided at 13:56" in await open_team.note(BOB)


async def test_what_we_do_not_know_is_acknowledged(open_team: Team) -> None:
    """Or Slack would send it again and again."""
    open_team.slack.open_home(ALICE)
    open_team.slack.say(ALICE, "C0CANDOR", "Hello <@U0CANDOR>!")
    await open_team.soon(lambda: len(open_team.slack.acks) > 2)

    assert {ack.name for ack in open_team.slack.acks} == {"app_home_opened", "message", "app_mention"}
    assert {envelope.attempts for envelope in open_team.slack.sent} == {1}


async def test_an_eye_claims(open_team: Team, card: Message) -> None:
    """Everybody sees who has it."""
    open_team.slack.react(ALICE, card, "eyes")
    await open_team.soon(lambda: "claimed by Alice" in str(card.blocks))

    held = open_team.decisions.questions[12].handover
    assert held is not None
    assert (held.kind, held.person) == ("claim", "Alice")
    assert open_team.decisions.decided == []


async def test_no_reaction_approves(open_team: Team, card: Message) -> None:
    """It is hit by accident and names no version."""
    for name in ("white_check_mark", "thumbsup", "rocket"):
        open_team.slack.react(ALICE, card, name)
    open_team.slack.react(BOB, card, "eyes")
    await open_team.soon(lambda: "claimed by Bob" in str(card.blocks))

    assert open_team.decisions.decided == []


async def test_an_eye_on_something_else_claims_nothing(open_team: Team, card: Message) -> None:
    """Only cards are claimed."""
    open_team.slack.react(ALICE, open_team.slack.say(BOB, "C0CANDOR", "look at this"), "eyes")
    open_team.slack.react(ALICE, card, "eyes")
    await open_team.soon(lambda: "claimed by Alice" in str(card.blocks))

    assert open_team.decisions.refused == []


async def test_open_lists_who_waits(open_team: Team, card: Message) -> None:
    """Most urgent first, for one person alone."""
    urgent = a_question(number=13, due_at=replace(a_question()).opened_at)
    open_team.decisions.holds(urgent)

    await open_team.slack.command(ALICE, "/candor", "open")

    note = await open_team.note()
    assert note.startswith(
        "*2 open*, most urgent first:\n• 13 · Telegram · Mia K. · waits for a decision · answer by 24 Nov, 14:30"
    )


async def test_a_name_in_the_list_is_no_markup(open_team: Team, card: Message) -> None:
    """Nor is it on top of a window."""
    bold = "*Approved* :white_check_mark: _now_"
    open_team.decisions.holds(a_question(number=13, posts=(a_post("Hart.", author=bold),)))

    await open_team.slack.command(ALICE, "/candor", "open")

    assert "∗Approved∗ ∶white_check_mark: ˍnowˍ" in await open_team.note()
    assert "∗Approved∗ ∶white_check_mark: ˍnowˍ" in str(
        edit_view(a_question(posts=(a_post("Hart.", author=bold),)), house=HOUSE, limit=4096)
    )


async def test_an_empty_queue_says_so(open_team: Team) -> None:
    """Empty pages say what there is."""
    await open_team.slack.command(ALICE, "/candor", "open")

    assert await open_team.note() == "Nobody waits for an answer."


async def test_pause_and_resume_stop_all_sending_and_everybody_hears_it(open_team: Team) -> None:
    """With the name of who did it."""
    await open_team.slack.command(ALICE, "/candor", "pause")
    await open_team.soon(lambda: open_team.decisions.paused)
    await open_team.slack.command(BOB, "/candor", " Resume ")
    await open_team.soon(lambda: not open_team.decisions.paused)
    await open_team.soon(lambda: len(open_team.slack.cards()) == 2)

    assert open_team.decisions.switched == [("pause", "Alice"), ("resume", "Bob")]
    assert "Alice paused all sending" in open_team.slack.cards()[0].text


async def test_a_reader_cannot_pause(open_team: Team) -> None:
    """The switch is a decision."""
    await open_team.slack.command(READER, "/candor", "pause")

    assert "not decide" in await open_team.note(READER)
    assert open_team.decisions.switched == []


@pytest.mark.parametrize("word", ["", "help", "fact add", "delete everything"])
async def test_other_words_get_the_list_of_what_is_there(open_team: Team, word: str) -> None:
    """What is not built is not listed."""
    await open_team.slack.command(ALICE, "/candor", word)

    note = await open_team.note()
    assert "`/candor open`" in note
    assert "fact" not in note
