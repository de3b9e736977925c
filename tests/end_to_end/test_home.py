"""Whoever looks at the App Home sees the house as it is now; a stranger sees a polite line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.town import ALICE, BOB, CAROL, RITA, Town

if TYPE_CHECKING:
    from tests.counterparts.slack_workspace import View

pytestmark = [pytest.mark.counterpart, pytest.mark.asyncio(loop_scope="module")]


async def home(town: Town, user: str) -> str:
    """Look at it, and read it."""
    before: View | None = town.slack.home(user)
    faces = len(before.versions) if before else 0
    town.slack.open_home(user)
    seen = await town.until(lambda: view if (view := town.slack.home(user)) and len(view.versions) > faces else None)
    return str(seen.body)


async def test_a_home_follows_what_happens(town: Town) -> None:
    customer, card = await town.asked()
    town.slack.react(ALICE, card, "eyes")
    await town.until(lambda: "claimed by Alice" in str(card.blocks))
    link = f"https://candor.slack.com/archives/{card.channel}/p{card.ts.replace('.', '')}|question {customer.number}>"

    mine, his, hers = await home(town, ALICE), await home(town, BOB), await home(town, RITA)
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Published")
    await town.slack.command(BOB, "/candor", "pause")
    await town.until(lambda: town.house.pipeline.paused)
    later = await home(town, ALICE)
    town.house.pipeline.resume(by="Bob")

    assert (mine.count(link), his.count(link), hers.count(link)) == (2, 1, 1)
    assert "🟢 *Telegram* · last heard" in mine
    assert link not in later
    assert "Sending is paused" in later


async def test_a_stranger_is_greeted_and_sees_nothing(town: Town) -> None:
    await town.asked()

    seen = await home(town, CAROL)

    assert "not among the people of this house" in seen
    assert "question" not in seen
    assert "Telegram" not in seen
