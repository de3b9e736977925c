"""The whole way in Slack: a customer complains, a card hangs, a person clicks, the reply stands below the post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.approvals.slack.conftest import Team
from tests.world import World, a_house, a_mention

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.counterparts.slack_server import SlackServer
    from tests.counterparts.slack_workspace import Message

pytestmark = pytest.mark.counterpart
ALICE, BOB = "U01ALICE", "U02BOB"


class Day:
    """The real pipeline and memory behind the real room; only the networks are pretended."""

    def __init__(self, slack: SlackServer, folder: Path) -> None:
        self.slack, self.world = slack, World(folder, house=a_house())
        self.team = Team(slack=slack, house=self.world.house)
        pipeline = self.world.pipeline
        self.team.room = self.team.another_room(decisions=pipeline, find=pipeline.question_at, seen=pipeline.first_seen)
        pipeline.approvals = self.team.room
        wall: Any = self.team.room
        self.world.cards = wall

    async def hears(self, text: str) -> Message:
        """A customer speaks, and a card hangs."""
        await self.world.hears(a_mention(text))
        return self.slack.cards()[-1]


@pytest.fixture
def day(slack: SlackServer, tmp_path: Path) -> Iterator[Day]:
    """One day, its memory in a file."""
    there = Day(slack, tmp_path)
    yield there
    there.world.history.close()


async def test_a_click_publishes_and_the_card_tells_it(day: Day) -> None:
    """Heard, asked, approved, published, remembered."""
    async with day.team.listening():
        card = await day.hears("Mein Brot war heute steinhart.")
        await day.slack.click(ALICE, card, "approve")
        await day.slack.until(lambda: card.text.startswith("Unterwegs"))
        await day.world.works()

    assert [attempt.text for attempt in day.world.channel.published] == ["Danke für den Hinweis. Wir gehen dem nach."]
    assert card.text.startswith("Veröffentlicht 1:1")
    assert len(day.slack.cards()) == 1


async def test_a_refusing_guard_and_a_typed_reply(day: Day) -> None:
    """Money that nobody confirmed cannot be lifted; honest words go out as they were typed."""
    async with day.team.listening():
        card = await day.hears("Mein Brot war heute steinhart.")
        await day.slack.click(ALICE, card, "edit")
        view = await day.slack.until(lambda: day.slack.view(ALICE))
        money = await day.slack.submit(ALICE, view, {"words": {"text": "Sie bekommen morgen 20 Euro zurück."}})
        honest = "Das tut uns leid. Warum das Brot so hart war, wissen wir noch nicht. Wir fragen die Backstube."
        closed = await day.slack.submit(ALICE, view, {"words": {"text": honest}})
        await day.world.works()

    assert "H6" in money.errors["words"]
    assert closed.action == "close", closed
    assert [attempt.text for attempt in day.world.channel.published] == [honest]


async def test_feedback_in_the_thread_redraws_the_same_card(day: Day) -> None:
    """A new version, old buttons refuse."""
    async with day.team.listening():
        card = await day.hears("Mein Brot war heute steinhart.")
        day.slack.reply_in_thread(BOB, card, "please name the bread")
        await day.team.note(BOB)
        await day.world.works()
        await day.slack.click(ALICE, card, "approve", face=0)

        assert "Fassung 1 ist überholt, jetzt gilt 2" in await day.team.note(ALICE)
    assert card.text.startswith("Entwurf 1:2")
    assert [brief.feedback for brief in day.world.drafter.briefs] == ["", "please name the bread"]
    assert day.world.channel.published == []
