"""A question hangs in Slack exactly once, whatever Slack does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.slack.outcomes import Gone
from bot.core.why import Why
from bot.errors import NeedsLogin, NotSent, OutcomeUnknown, Refused, SettingsError
from tests.approvals.slack.samples import FACES, HOSTILE, a_post, a_question

if TYPE_CHECKING:
    from bot.approvals.decisions import Decisions
    from bot.pipeline.ports import Approvals
    from tests.approvals.slack.conftest import Team

pytestmark = pytest.mark.counterpart

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def posted(team: Team) -> int:
    return sum(call.method == "chat.postMessage" for call in team.slack.calls)


async def test_a_question_hangs_once_and_is_redrawn_in_its_place(team: Team) -> None:
    """The first face is posted, every later one updates it."""
    place = await team.room.show(a_question(), None, again=False)
    team.decisions.holds(FACES["published"])

    again = await team.room.show(FACES["published"], place, again=False)

    [card] = team.slack.cards()
    assert place == again == f"C0CANDOR/{card.ts}"
    assert card.text.startswith("Published 12:1")
    assert not any("action_id" in element for block in card.blocks for element in block.get("elements", []))


async def test_links_are_never_unfolded(team: Team) -> None:
    """A stranger's link does not become a picture."""
    await team.room.show(a_question(), None, again=False)

    [call] = [call for call in team.slack.calls if call.method == "chat.postMessage"]
    assert str(call.arguments["unfurl_links"]).lower() in ("false", "0")
    assert str(call.arguments["unfurl_media"]).lower() in ("false", "0")


async def test_an_older_face_never_covers_a_newer_one(team: Team) -> None:
    """What the rows say when the call is made is what is drawn."""
    card = await team.hangs(a_question())
    team.decisions.holds(FACES["sending"])

    await team.room.show(a_question(), f"C0CANDOR/{card.ts}", again=False)

    assert card.text.startswith("Sending")


async def test_a_lost_answer_does_not_hang_a_second_card(team: Team) -> None:
    """Slack posted, the answer was cut off: with `again` the card is found by our own id."""
    team.slack.fault_next("chat.postMessage", cut="after")
    with pytest.raises(OutcomeUnknown):
        await team.room.show(a_question(opened_at=LONG_AGO), None, again=False)
    for number in range(20, 27):
        await team.room.show(a_question(number=number, opened_at=LONG_AGO), None, again=False)

    place = await team.room.show(a_question(opened_at=LONG_AGO), None, again=True)

    mine = [card for card in team.slack.cards() if card.metadata and card.metadata["event_payload"] == {"question": 12}]
    assert [f"C0CANDOR/{card.ts}" for card in mine] == [place]


async def test_looking_again_posts_when_nothing_arrived(team: Team) -> None:
    """The connection broke before Slack heard us."""
    team.slack.fault_next("chat.postMessage", cut="before")
    with pytest.raises(OutcomeUnknown):
        await team.room.show(a_question(), None, again=False)

    await team.room.show(a_question(), None, again=True)

    assert len(team.slack.cards()) == 1


async def test_a_strangers_metadata_is_not_our_card(team: Team) -> None:
    """Only what this bot posted counts."""
    forged = team.slack.say("U02BOB", "C0CANDOR", "hello")
    forged.metadata = {"event_type": "candor_question", "event_payload": {"question": 12}}

    place = await team.room.show(a_question(opened_at=LONG_AGO), None, again=True)

    assert place != f"C0CANDOR/{forged.ts}"


async def test_the_library_repeats_nothing(team: Team) -> None:
    """A server error is one call, and nobody knows what came of it."""
    team.slack.fault_next("chat.postMessage", status=500)

    with pytest.raises(OutcomeUnknown):
        await team.room.show(a_question(), None, again=False)
    assert posted(team) == 1


async def test_slack_may_ask_for_a_rest(team: Team) -> None:
    """The waiting time is passed on, and kept: nothing is even tried before it is over."""
    team.slack.fault_next("chat.postMessage", retry_after=30)
    with pytest.raises(NotSent) as first:
        await team.room.show(a_question(), None, again=False)
    with pytest.raises(NotSent) as second:
        await team.room.show(a_question(number=13), None, again=False)
    tried = posted(team)
    await team.time.sleep(30)
    await team.room.show(a_question(), None, again=False)

    assert (first.value.retry_after, second.value.retry_after, tried) == (30, 30, 1)
    assert len(team.slack.cards()) == 1


async def test_new_cards_are_paced_and_updates_are_not(team: Team) -> None:
    """About one post a second and channel."""
    card = await team.hangs(a_question())
    for number in (13, 14):
        await team.room.show(a_question(number=number), None, again=False)
    for _ in range(5):
        await team.room.show(a_question(), f"C0CANDOR/{card.ts}", again=False)

    assert [round(seconds, 1) for seconds in team.time.slept] == [1.1, 1.1]


@pytest.mark.parametrize("gone", ["deleted", "archived", "removed"])
async def test_a_card_that_is_gone_hangs_in_the_fall_back_channel(team: Team, gone: str) -> None:
    """The draft is never lost."""
    card = await team.hangs(a_question())
    {"deleted": lambda: team.slack.delete_card(card), "archived": lambda: team.slack.archive("C0CANDOR"),
     "removed": lambda: team.slack.remove_bot("C0CANDOR")}[gone]()  # fmt: skip

    place = await team.room.show(a_question(), f"C0CANDOR/{card.ts}", again=False)
    other = await team.room.show(a_question(number=13), None, again=False)

    moved = team.slack.cards("C0FALLBACK")
    assert place == f"C0FALLBACK/{moved[0].ts}"
    assert moved[0].text.startswith("Draft 12:1")
    if gone != "deleted":
        assert [card.text for card in moved if "Cards come here now" in card.text] != []
        assert other.startswith("C0FALLBACK/")


async def test_everybody_hears_once_why_cards_move(team: Team) -> None:
    """Five hundred cards are one alarm."""
    team.slack.archive("C0CANDOR")
    for number in range(5):
        await team.room.show(a_question(number=number), None, again=False)

    assert sum("Cards come here now" in card.text for card in team.slack.cards("C0FALLBACK")) == 1


async def test_without_a_fall_back_channel_the_mend_is_named(team: Team) -> None:
    """And a deleted card comes back where it hung."""
    room = team.another_room(fallback_channel=None)
    place = await room.show(a_question(), None, again=False)
    team.slack.delete_card(team.slack.cards()[0])
    again = await room.show(a_question(), place, again=False)
    team.slack.archive("C0CANDOR")

    assert again.startswith("C0CANDOR/")
    with pytest.raises(Refused, match=r"unarchive it.*fall-back"):
        await room.show(a_question(), again, again=False)


async def test_a_channel_may_be_named_by_name(team: Team) -> None:
    """And one that nobody knows is refused with the mend."""
    place = await team.another_room(channel="#candor").show(a_question(), None, again=False)

    assert place.startswith("C0CANDOR/")
    with pytest.raises(Refused, match="set SLACK_CHANNEL to its id"):
        await team.another_room(channel="#nowhere").show(a_question(), None, again=False)


async def test_a_dead_token_is_named(team: Team) -> None:
    """Classified by code, with the mend."""
    with pytest.raises(NeedsLogin, match=r"invalid_auth.*SLACK_BOT_TOKEN"):
        await team.another_room(bot_token="xoxb-dead").show(a_question(), None, again=False)


async def test_a_dead_app_token_ends_the_listening_at_once(team: Team) -> None:
    """Instead of knocking for ever."""
    with pytest.raises(NeedsLogin, match="SLACK_APP_TOKEN"):
        await team.another_room(app_token="xapp-dead").run()


async def test_a_missing_scope_is_named(team: Team) -> None:
    """Rights that are gone are a login, not a refusal."""
    team.slack.workspace.scopes.discard("chat:write")

    with pytest.raises(NeedsLogin, match="chat:write"):
        await team.room.show(a_question(), None, again=False)


async def test_a_slack_that_cannot_be_reached_took_nothing(team: Team) -> None:
    """No connection is proof."""
    with pytest.raises(NotSent):
        await team.another_room(api_url="http://127.0.0.1:9/api/").show(a_question(), None, again=False)


async def test_alarms_reach_the_channel_as_text(team: Team) -> None:
    """A stranger's words in an alarm do nothing; without our channel the fall-back hears it."""
    await team.room.alarm(f"A promise is overdue: {HOSTILE}")
    team.slack.archive("C0CANDOR")
    await team.room.alarm("again")

    assert "&lt;!channel&gt;" in team.slack.cards()[0].text
    assert team.slack.cards("C0FALLBACK")[0].text.endswith("again")
    with pytest.raises(Gone):
        await team.another_room(fallback_channel=None).alarm("nobody hears it")


async def test_a_reminder_reaches_one_person_as_text(team: Team) -> None:
    """The questions in it are named with their channels."""
    await team.room.tell("Alice", Why.still_waiting(questions=Why.question_named(named=f"12 ({HOSTILE})")))

    [reminder] = team.slack.posts(team.slack.workspace.direct("U01ALICE").id)
    assert "12 (&lt;!channel&gt;" in reminder.text


async def test_a_hostile_card_is_posted_without_calling_anybody(team: Team) -> None:
    """Slack stores what we sent; nothing in it is markup. In a file of old posts even a channel may be called anything."""
    card = await team.hangs(a_question(posts=(a_post(HOSTILE, author=HOSTILE, channel=HOSTILE),), note=HOSTILE))

    assert "<!channel" not in card.text + str(card.blocks)


async def test_updates_of_one_card_never_run_side_by_side(team: Team) -> None:
    """Twenty at once end with the newest face."""
    card = await team.hangs(a_question())
    place = f"C0CANDOR/{card.ts}"

    async def redraw(version: int) -> Any:
        question = team.decisions.holds(replace(a_question(), version=version))
        return await team.room.show(question, place, again=False)

    await asyncio.gather(*(redraw(version) for version in range(2, 22)))

    assert "12:21" in card.text


async def test_unsigned_knocks_have_no_address(team: Team) -> None:
    """HTTP without a signing secret does not open."""
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET"):
        team.room.http_routes()


async def test_the_room_fits_the_pipeline(team: Team) -> None:
    """The type checker proves it: the room is the pipeline's wall, and the pretended house is a house."""
    wall: Approvals = team.room
    house: Decisions = team.decisions

    assert (wall.name, house.paused) == ("slack", False)
