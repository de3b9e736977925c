"""Windows: nothing typed is lost, and what was typed is exactly what is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.core.decision import Declined, LeftAlone, Rewritten
from bot.core.question import Handover
from tests.approvals.slack.conftest import Team
from tests.approvals.slack.samples import (
    ALONE,
    FACES,
    FORBIDDEN,
    HOSTILE,
    NOW,
    STOP,
    a_draft,
    a_post,
    a_question,
    high_risk,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.counterparts.slack_server import SlackServer
    from tests.counterparts.slack_workspace import Message, View

pytestmark = pytest.mark.counterpart
ALICE, BOB, READER = "U01ALICE", "U02BOB", "U03CAROL"
REASON = "the driver confirmed it on the phone"


@pytest.fixture
async def open_team(team: Team) -> AsyncIterator[Team]:
    async with team.listening():
        yield team


@pytest.fixture
async def card(open_team: Team) -> Message:
    return await open_team.hangs(a_question())


async def window(team: Team, card: Message, action_id: str, value: str | None = None, *, user: str = ALICE) -> View:
    await team.slack.click(user, card, action_id, value)
    return await team.slack.until(lambda: team.slack.view(user))


def field(view: View, block_id: str) -> Any:
    return next(block for block in view.body["blocks"] if block.get("block_id") == block_id)


async def test_edit_opens_prefilled_below_the_customers_words(open_team: Team, card: Message) -> None:
    """The window carries question and version; everybody sees who is editing."""
    view = await window(open_team, card, "edit")
    await open_team.soon(lambda: "Alice is editing" in str(card.blocks))

    assert view.body["private_metadata"] == "12:1"
    assert field(view, "words")["element"]["initial_value"] == "We are sorry, Mia. We will write here again."
    assert field(view, "words")["element"]["max_length"] == 3_000
    assert "My bread was hard as stone today." in str(view.body)


async def test_what_was_typed_is_what_is_signed(open_team: Team, card: Message) -> None:
    """To the last character; the card follows."""
    view = await window(open_team, card, "edit")

    seen = await open_team.slack.submit(ALICE, view, {"words": {"text": "Sorry <Mia> & all,\n *really*"}})
    await open_team.soon(lambda: card.text.startswith("Sending"))

    [decision] = open_team.decisions.decided
    assert seen.action == "close"
    assert isinstance(decision, Rewritten)
    assert (decision.text, decision.version) == ("Sorry <Mia> & all,\n *really*", 1)


async def test_a_stop_that_nobody_lifts_names_the_place(open_team: Team, card: Message) -> None:
    """The window stays, the words stay, a line says why."""
    open_team.decisions.guard = lambda text: [FORBIDDEN, STOP] if "5 €" in text else []
    view = await window(open_team, card, "edit")

    seen = await open_team.slack.submit(ALICE, view, {"words": {"text": "You get 5 € back."}})

    assert seen.errors == {"words": "⛔ Stop (H6) “You”: money needs a confirmed fact. Better: leave it out"}
    assert open_team.decisions.decided == []


async def test_a_stop_that_can_be_lifted_asks_for_a_reason(open_team: Team, card: Message) -> None:
    """The same window, the typed words kept; the second submit carries the reason."""
    open_team.decisions.guard = lambda _: [STOP]
    view = await window(open_team, card, "edit")

    seen = await open_team.slack.submit(ALICE, view, {"words": {"text": "Your parcel comes on Friday."}})
    assert seen.action == "update"
    assert seen.view is not None
    assert field(seen.view, "words")["element"]["initial_value"] == "Your parcel comes on Friday."
    assert seen.view.body["private_metadata"] == "12:1"

    both = {"words": {"text": "Your parcel comes on Friday."}, "override": {"text": REASON}}
    assert (await open_team.slack.submit(ALICE, seen.view, both)).action == "close"
    assert [decision.reason for decision in open_team.decisions.decided] == [REASON]


async def test_a_reason_lifts_exactly_the_words_it_was_given_for(open_team: Team, card: Message) -> None:
    """Other words are checked afresh, and ask again."""
    open_team.decisions.guard = lambda _: [STOP]
    view = await window(open_team, card, "edit")
    asked = (await open_team.slack.submit(ALICE, view, {"words": {"text": "It comes on Friday."}})).view
    assert asked is not None

    other = {"words": {"text": "It comes on Monday."}, "override": {"text": REASON}}
    again = await open_team.slack.submit(ALICE, asked, other)

    assert again.action == "update"
    assert open_team.decisions.decided == []


async def test_a_short_reason_is_no_reason(open_team: Team, card: Message) -> None:
    """Ten blanks are nothing."""
    open_team.decisions.guard = lambda _: [STOP]
    view = await window(open_team, card, "edit")
    asked = (await open_team.slack.submit(ALICE, view, {"words": {"text": "Friday."}})).view
    assert asked is not None

    seen = await open_team.slack.submit(
        ALICE, asked, {"words": {"text": "Friday."}, "override": {"text": "ok" + " " * 12}}
    )

    assert seen.errors == {"override": "Please write at least 10 characters."}


async def test_somebody_was_faster_and_the_typed_words_are_shown(open_team: Team, card: Message) -> None:
    """So that they can be copied."""
    view = await window(open_team, card, "edit")
    open_team.decisions.holds(FACES["sending"])

    seen = await open_team.slack.submit(ALICE, view, {"words": {"text": f"My long answer {HOSTILE}"}})

    assert seen.action == "update"
    assert seen.view is not None
    assert "Alice decided at 13:56" in str(seen.view.body)
    assert "My long answer &lt;!channel&gt;" in str(seen.view.body)
    await open_team.soon(lambda: card.text.startswith("Sending"))


async def test_a_newer_version_is_not_overwritten(open_team: Team, card: Message) -> None:
    """The compare-and-set runs again at submit."""
    view = await window(open_team, card, "edit")
    open_team.decisions.holds(a_question(version=2, draft=a_draft(version=2)))

    seen = await open_team.slack.submit(ALICE, view, {"words": {"text": "typed on version 1"}})

    assert seen.action == "update"
    assert "Version 1 is out of date, 2 is current" in str(seen.view and seen.view.body)


async def test_a_late_edit_button_opens_nothing(open_team: Team, card: Message) -> None:
    """The person reads what stands."""
    open_team.decisions.holds(FACES["published"])

    await open_team.slack.click(BOB, card, "edit")

    assert "Alice approved version 1 at 14:56." in await open_team.note(BOB)
    assert open_team.slack.view(BOB) is None


async def test_others_are_told_who_is_editing_and_may_still_write(open_team: Team) -> None:
    """No hard locks: people go to lunch."""
    card = await open_team.hangs(a_question(handover=Handover(kind="editing", person="Bob", to=None, at=NOW)))

    view = await window(open_team, card, "edit")

    assert "Bob is editing this, too" in str(view.body)


async def test_somebody_who_lost_the_right_meanwhile_signs_nothing(open_team: Team, card: Message) -> None:
    """Every submit asks again."""
    view = await window(open_team, card, "edit")
    view.user = READER

    seen = await open_team.slack.submit(READER, view, {"words": {"text": "hello"}})

    assert "not decide" in seen.errors["words"]
    await open_team.soon(lambda: open_team.decisions.refused)
    assert open_team.decisions.decided == []


async def test_a_draft_longer_than_slack_takes_is_not_cut_in_half(open_team: Team) -> None:
    """Half a draft would be sent as a whole one: the field is empty and says why."""
    card = await open_team.hangs(a_question(draft=a_draft("word " * 700)))

    view = await window(open_team, card, "edit")

    assert "initial_value" not in field(view, "words")["element"]
    assert "longer than Slack can show" in field(view, "words")["hint"]["text"]


async def test_a_question_without_words_is_written_by_a_person(open_team: Team) -> None:
    """Version 0, in a language we do not draft in."""
    card = await open_team.hangs(FACES["needs-words"])
    view = await window(open_team, card, "edit")

    await open_team.slack.submit(ALICE, view, {"words": {"text": "Çok üzgünüz."}})

    assert field(view, "words")["label"]["text"] == "Your reply (Turkish)"
    assert [decision.version for decision in open_team.decisions.decided] == [0]


async def test_decline_asks_what_is_wrong(open_team: Team, card: Message) -> None:
    """A kind and words; the customer still waits."""
    view = await window(open_team, card, "decline")

    await open_team.slack.submit(ALICE, view, {"kind": {"kind": "too_vague"}, "reason": {"text": "name the bread"}})
    await open_team.soon(lambda: card.text.startswith("Needs words"))

    [decision] = open_team.decisions.decided
    assert isinstance(decision, Declined)
    assert (decision.kind, decision.reason, view.body["private_metadata"]) == ("too_vague", "name the bread", "12:1")


async def test_leaving_alone_takes_a_name_and_a_reason(open_team: Team, card: Message) -> None:
    """Something else needs words."""
    view = await window(open_team, card, "more", "leave_alone:12:1")
    unclear = await open_team.slack.submit(ALICE, view, {"kind": {"kind": "other"}})
    assert unclear.errors == {"reason": "Please say in a few words why."}

    await open_team.slack.submit(ALICE, view, {"kind": {"kind": "spam"}})
    await open_team.soon(lambda: "*Left alone* by Alice (spam)" in str(card.blocks))

    assert isinstance(open_team.decisions.decided[0], LeftAlone)


async def test_an_answer_to_a_window_is_quick_although_slack_is_slow(open_team: Team, card: Message) -> None:
    """It comes from local rows and rules alone."""
    view = await window(open_team, card, "edit")
    open_team.slack.fault_next("*", delay=0.8, times=20)

    await open_team.slack.submit(ALICE, view, {"words": {"text": "Sorry."}})

    assert open_team.slack.acks[-1].delay < 0.5


async def test_a_trigger_is_used_before_it_dies(open_team: Team, card: Message) -> None:
    """The window opens first; whatever can wait comes after."""
    open_team.slack.fault_next("chat.update", delay=0.5)

    await window(open_team, card, "edit")

    opened = [call for call in open_team.slack.calls if call.method == "views.open"]
    assert [call.error for call in opened] == [None]


async def test_alone_an_edit_needs_a_reason_and_the_reason_lifts_no_stop(slack: SlackServer) -> None:
    """What replaces the second person is not an override: a stop is shown and asks for its own."""
    team = Team(slack=slack, house=ALONE)
    team.decisions.guard = lambda _: [STOP]
    async with team.listening():
        card = await team.hangs(high_risk())
        view = await window(team, card, "edit")
        typed = {"words": {"text": "On Friday."}, "reason": {"text": "nobody else is here today"}}
        seen = await slack.submit(ALICE, view, typed)
        assert seen.action == "update"
        assert seen.view is not None
        await slack.submit(ALICE, seen.view, typed | {"override": {"text": REASON}})

    assert [decision.reason for decision in team.decisions.decided] == [REASON]


@pytest.mark.parametrize("text", [HOSTILE, "x" * 9_000, "&" * 9_000, "\u0301" * 4_000, "", "😀" * 3_000])
async def test_any_customer_can_be_answered(open_team: Team, text: str) -> None:
    """Every window is valid for Slack, whatever the customer wrote and whoever they are."""
    posts = tuple(a_post(text, number, author=HOSTILE) for number in (1, 2, 3, 4))
    card = await open_team.hangs(a_question(posts=posts, draft=a_draft(text or "x")))
    for action_id, value in (("edit", None), ("decline", None), ("more", "leave_alone:12:1")):
        view = await window(open_team, card, action_id, value)
        await open_team.slack.close(view)

    assert {call.error for call in open_team.slack.calls if call.method == "views.open"} == {None}
