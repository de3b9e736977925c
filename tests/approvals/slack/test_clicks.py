"""The life of a click: acknowledged at once, decided once, and never answered with silence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.decision import Approved
from bot.core.question import Signature
from bot.errors import HistoryError
from tests.approvals.slack.conftest import Team
from tests.approvals.slack.samples import ALONE, APPROVED, FACES, NOW, PUBLISHED, STOP, a_draft, a_question, high_risk
from tests.counterparts.slack_envelope import Envelope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.counterparts.slack_server import SlackServer
    from tests.counterparts.slack_workspace import Message

pytestmark = pytest.mark.counterpart
ALICE, BOB, READER, STRANGER = "U01ALICE", "U02BOB", "U03CAROL", "U09NOBODY"


@pytest.fixture
async def open_team(team: Team) -> AsyncIterator[Team]:
    async with team.listening():
        yield team


@pytest.fixture
async def card(open_team: Team) -> Message:
    return await open_team.hangs(a_question())


async def test_one_click_approves_and_the_card_says_so(open_team: Team, card: Message) -> None:
    """Signed are the words that were shown; the controls are gone at once."""
    await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: card.text.startswith("Sending"))

    [decision] = open_team.decisions.decided
    assert isinstance(decision, Approved)
    assert (decision.question, decision.version, decision.by.name, decision.shown) == (12, 1, "Alice", "c0ffee")
    assert "*Sending* · Alice" in str(card.blocks)
    assert "approve" not in str(card.blocks)


async def test_every_receipt_is_quick(open_team: Team, card: Message) -> None:
    """Half a second, while the house is slow."""
    open_team.slack.fault_next("chat.update", delay=0.8, times=9)
    for action_id in ("redraft", "approve", "decline", "edit"):
        await open_team.slack.click(ALICE, card, action_id, face=0)
    await open_team.slack.select(BOB, card, "fault", "confirmed", face=0)

    delays = [ack.delay for ack in open_team.slack.acks]
    assert max(delays) < 0.5


async def test_a_double_click_is_one_signature(open_team: Team, card: Message) -> None:
    """The second one reads that it is done."""
    await open_team.slack.click(ALICE, card, "approve")
    await open_team.slack.click(ALICE, card, "approve", face=0)

    assert "Alice decided at 14:00" in await open_team.note()
    assert len(open_team.decisions.decided) == 1


async def test_the_same_envelope_twice_is_one_decision(open_team: Team, card: Message) -> None:
    """Slack delivers again what it thinks was lost; nobody is told off for it."""
    envelope = await open_team.slack.click(ALICE, card, "redraft")
    envelope.answered.clear()
    await open_team.slack.sockets.send(envelope)
    await open_team.slack.click(BOB, card, "more", "claim:12:1", face=0)
    await open_team.soon(lambda: "claimed by Bob" in str(card.blocks))

    assert envelope.attempts > 1
    assert open_team.decisions.wishes == [(12, "redraft")]
    assert open_team.slack.ephemerals == []


async def test_two_people_at_once_the_first_wins_and_the_second_reads_who(open_team: Team, card: Message) -> None:
    """Privately, with the time and a link."""
    await asyncio.gather(open_team.slack.click(ALICE, card, "approve"), open_team.slack.click(BOB, card, "approve"))
    [decision] = await open_team.slack.until(lambda: open_team.decisions.decided)
    loser = BOB if decision.by.name == "Alice" else ALICE

    note = await open_team.note(loser)
    assert f"{decision.by.name} decided at 14:00" in note
    assert "|See the card>" in note
    assert len(open_team.slack.ephemerals) == 1


async def test_fifty_clicks_at_once_are_one_decision(open_team: Team, card: Message) -> None:
    """Whoever clicks, however often."""
    clicks = [open_team.slack.click((ALICE, BOB)[number % 2], card, "approve", face=0) for number in range(50)]
    await asyncio.gather(*clicks)
    await open_team.soon(lambda: len(open_team.slack.ephemerals) == 49)

    assert len(open_team.decisions.decided) == 1


async def test_two_people_sign_a_high_risk_card(open_team: Team) -> None:
    """One of two is shown; the same person twice is refused; the second person sends it."""
    card = await open_team.hangs(high_risk())
    await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: "1 of 2* · Alice, second person please" in str(card.blocks))
    await open_team.slack.click(ALICE, card, "approve")
    assert "signed this version already" in await open_team.note()
    await open_team.slack.click(BOB, card, "approve")
    await open_team.soon(lambda: "*Sending* · Alice and Bob" in str(card.blocks))

    assert [decision.by.name for decision in open_team.decisions.decided] == ["Alice", "Bob"]


async def test_a_late_click_on_an_old_version_sends_nothing(open_team: Team, card: Message) -> None:
    """Never the newest in place of the one that was read."""
    open_team.decisions.holds(a_question(version=4, draft=a_draft(version=4)))

    await open_team.slack.click(ALICE, card, "approve")

    assert "Version 1 is out of date, 4 is current" in await open_team.note()
    assert open_team.decisions.decided == []
    await open_team.soon(lambda: card.text.startswith("Draft 12:4"))


async def test_words_that_changed_under_the_same_version_are_not_signed(open_team: Team, card: Message) -> None:
    """The card brings back the commitment to what it showed."""
    open_team.decisions.holds(a_question(draft=a_draft("Other words.", commitment="changed")))

    await open_team.slack.click(ALICE, card, "approve")

    assert "changed since they were shown" in await open_team.note()
    assert open_team.decisions.decided == []


async def test_a_reader_reads_and_decides_nothing(open_team: Team, card: Message) -> None:
    """A private note, a kept refusal, nothing else."""
    await open_team.slack.click(READER, card, "approve")

    assert "not decide" in await open_team.note(READER)
    assert [(number, account) for number, account, _ in open_team.decisions.refused] == [(12, READER)]
    assert open_team.decisions.decided == []


@pytest.mark.parametrize("action_id", ["approve", "edit", "redraft", "decline"])
async def test_who_cannot_be_matched_to_a_person_may_not_decide(open_team: Team, card: Message, action_id: str) -> None:
    """Every button asks."""
    add_stranger(open_team.slack)

    await open_team.slack.click(STRANGER, card, action_id)

    assert "belongs to nobody" in await open_team.note(STRANGER)
    assert open_team.slack.view(STRANGER) is None
    assert open_team.decisions.decided == []
    assert open_team.decisions.wishes == []


async def test_another_workspace_decides_nothing(open_team: Team, card: Message) -> None:
    """A click that names another team is refused and kept."""
    honest = await open_team.slack.click(READER, card, "approve")
    foreign = honest.payload | {"user": {"id": ALICE}, "team": {"id": "T0OTHER"}}
    await open_team.slack.sockets.send(Envelope(kind="interactive", payload=foreign | {"trigger_id": "1.2.other"}))
    await open_team.soon(lambda: len(open_team.decisions.refused) == 2)

    assert "another workspace" in open_team.decisions.refused[1][2]
    assert open_team.decisions.decided == []


async def test_a_card_in_a_foreign_channel_decides_nothing(open_team: Team) -> None:
    """The right channel is the one in the settings, or its fall-back."""
    open_team.slack.channel("C0GENERAL").members.add("U0CANDOR")
    elsewhere = open_team.another_room(channel="C0GENERAL")
    open_team.decisions.holds(a_question())
    await elsewhere.show(a_question(), None, again=False)

    await open_team.slack.click(ALICE, open_team.slack.cards("C0GENERAL")[0], "approve")

    assert "not taken in this channel" in await open_team.note()
    assert open_team.decisions.decided == []


async def test_a_stop_cannot_be_approved_by_an_old_button(open_team: Team, card: Message) -> None:
    """A finding came in after the card was drawn."""
    open_team.decisions.holds(a_question(draft=a_draft(findings=(STOP,))))

    await open_team.slack.click(ALICE, card, "approve")

    assert (
        "cannot go out as they stand (H6: no confirmed fact says this). Please choose Edit." in await open_team.note()
    )


async def test_a_database_that_is_locked_decides_nothing_and_says_so(open_team: Team, card: Message) -> None:
    """The buttons are still there."""
    open_team.decisions.breaks = HistoryError("the database is locked")

    await open_team.slack.click(ALICE, card, "approve")

    assert "please click again (the database is locked)" in await open_team.note()
    await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: len(open_team.decisions.decided) == 1)


async def test_decided_elsewhere_reads_with_a_link_to_the_reply(open_team: Team, card: Message) -> None:
    """The desk was faster; this card had not been redrawn yet."""
    open_team.decisions.holds(FACES["published"])

    await open_team.slack.click(BOB, card, "approve")

    assert f"<{PUBLISHED.url}|See our reply>" in await open_team.note(BOB)
    await open_team.soon(lambda: card.text.startswith("Published"))


async def test_an_answer_to_a_click_survives_a_429(open_team: Team, card: Message) -> None:
    """A click never ends in silence."""
    open_team.slack.fault_next("chat.postEphemeral", retry_after=7)

    await open_team.slack.click(READER, card, "approve")

    assert await open_team.note(READER)
    assert 7 in open_team.time.slept


async def test_a_lost_redraw_is_no_lost_decision(open_team: Team, card: Message) -> None:
    """The minute's round heals the card."""
    open_team.slack.fault_next("chat.update", cut="before")

    await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: len(open_team.decisions.decided) == 1)
    await open_team.room.show(a_question(), f"C0CANDOR/{card.ts}", again=False)

    assert card.text.startswith("Sending")


async def test_redraft_asks_for_other_words_at_once(open_team: Team, card: Message) -> None:
    """The card shows that they are on their way."""
    await open_team.slack.click(ALICE, card, "redraft")
    await open_team.soon(lambda: card.text.startswith("Preparing"))

    assert open_team.decisions.wishes == [(12, "redraft")]


async def test_fault_and_tone_draft_anew(open_team: Team, card: Message) -> None:
    """A select that changes makes the draft stale."""
    await open_team.slack.select(ALICE, card, "fault", "confirmed")
    await open_team.soon(lambda: open_team.decisions.wishes == [(12, "fault: confirmed")])
    open_team.decisions.holds(a_question(version=2, draft=a_draft(version=2)))
    await open_team.room.show(a_question(), f"C0CANDOR/{card.ts}", again=False)
    await open_team.slack.select(ALICE, card, "tone", "neutral")
    await open_team.soon(lambda: len(open_team.decisions.wishes) > 1)
    await open_team.soon(lambda: card.text.startswith("Preparing"))

    assert open_team.decisions.wishes == [(12, "fault: confirmed"), (12, "tone: neutral")]
    assert open_team.decisions.decided == []


async def test_a_select_on_an_old_card_changes_nothing(open_team: Team, card: Message) -> None:
    """Its block names the version."""
    open_team.decisions.holds(a_question(version=2, draft=a_draft(version=2)))

    await open_team.slack.select(ALICE, card, "fault", "not_ours")

    assert "out of date" in await open_team.note()
    assert open_team.decisions.wishes == []


async def test_claim_and_escalate_leave_the_question_open(open_team: Team, card: Message) -> None:
    """Handovers are no decisions."""
    await open_team.slack.select(ALICE, card, "more", "claim:12:1")
    await open_team.soon(lambda: "claimed by Alice" in str(card.blocks))
    await open_team.slack.select(ALICE, card, "more", "escalate:12:1")
    await open_team.soon(lambda: "escalated by Alice to Bob" in str(card.blocks))

    assert "approve" in str(card.blocks)


@pytest.mark.parametrize(
    ("action_id", "there", "told"),
    [("there", True, "Alice decided at 13:56"), ("not_there", False, "Somebody settled this already")],
)
async def test_somebody_looked(open_team: Team, action_id: str, told: str, *, there: bool) -> None:  # both answers
    """Only a person who looked settles an unknown outcome."""
    card = await open_team.hangs(FACES["unknown"])

    await open_team.slack.click(BOB, card, action_id)
    await open_team.soon(lambda: open_team.decisions.settled == [(12, there)])
    await open_team.slack.click(ALICE, card, action_id, face=0)

    assert told in await open_team.note()
    assert open_team.decisions.settled == [(12, there)]


async def test_a_dropped_line_comes_back(open_team: Team, card: Message) -> None:
    """Cut or asked to leave: two lines stand again and clicks arrive."""
    await open_team.slack.disconnect_frame()
    await open_team.slack.until(lambda: len(open_team.slack.sockets.open) == 2, 10)
    await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: card.text.startswith("Sending"))

    assert [decision.by.name for decision in open_team.decisions.decided] == ["Alice"]
    assert open_team.slack.ephemerals == []


async def test_one_cut_line_loses_no_click(open_team: Team, card: Message) -> None:
    """The other one takes it."""
    open_team.slack.sockets.open[0].cut()
    await open_team.slack.until(lambda: len(open_team.slack.sockets.open) == 1)

    envelope = await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: card.text.startswith("Sending"))

    assert [decision.by.name for decision in open_team.decisions.decided] == ["Alice"]
    assert (envelope.lost, envelope.attempts) == (False, 1)


async def test_alone_the_first_click_asks_for_a_reason(slack: SlackServer) -> None:
    """A reason and a second look replace the second person."""
    team = Team(slack=slack, house=ALONE)
    async with team.listening():
        card = await team.hangs(high_risk())
        await slack.click(ALICE, card, "approve")
        view = await slack.until(lambda: slack.view(ALICE))
        await slack.submit(ALICE, view, {"reason": {"text": "it is right"}})
        await team.soon(lambda: "1 of 2* · Alice, a second look please" in str(card.blocks))

        await slack.click(ALICE, card, "approve")
        again = await slack.until(lambda: slack.view(ALICE))
        assert "second look" in str(again.body)
        await slack.submit(ALICE, again, {"reason": {"text": "read it twice, it is right"}})
        await team.soon(lambda: card.text.startswith("Sending"))

    assert [decision.reason for decision in team.decisions.decided] == ["it is right", "read it twice, it is right"]


async def test_a_published_card_in_the_hands_of_two_machines_stays_published(open_team: Team) -> None:
    """A stale face of before is never drawn over the ending."""
    signed = Signature(person="Alice", at=NOW, surface="slack")
    card = await open_team.hangs(a_question(signatures=(signed,)))
    open_team.decisions.holds(replace(FACES["published"], ruling=APPROVED))

    await open_team.slack.click(ALICE, card, "approve")
    await open_team.soon(lambda: card.text.startswith("Published"))

    assert "action_id" not in str(
        [element for block in card.blocks for element in block.get("elements", []) if element["type"] == "button"]
    )


def add_stranger(slack: SlackServer) -> None:
    """Somebody who is in the channel and in nobody's settings."""
    slack.workspace.users[STRANGER] = replace(slack.workspace.users[ALICE], id=STRANGER, name="nobody")
    slack.channel().members.add(STRANGER)
