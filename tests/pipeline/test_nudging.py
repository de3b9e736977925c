"""No question expires in silence: a reminder, the deputy, then everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.late import stage_of
from bot.core.person import People, Person
from bot.errors import NeedsLogin
from tests.world import MORNING, World, a_house, a_mention

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KIM = Person(name="Kim", slack="U04KIM", login="kim")
JO = Person(name="Jo", slack="U05JO", login="jo", deputy_of=("Kim",))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    """Kim answers, Jo stands in for her."""
    world = World(tmp_path, house=a_house(people=People((KIM, JO))), cards=True)
    yield world
    world.history.close()


async def test_who_claimed_a_question_is_reminded_then_their_deputy_then_everybody(shop: World) -> None:
    number = await shop.hears(a_mention())
    shop.pipeline.hand_over(number, "claim", by=KIM, surface="slack")
    begun, due_at = shop.now, shop.question(number).due_at
    assert shop.cards

    for share in (0.4, 0.6, 0.6, 0.9, 1.1, 1.1):
        shop.now = begun + share * (due_at - begun)
        await shop.pipeline.nudge()

    assert [person for person, _ in shop.cards.told] == ["Kim", "Jo"]
    assert [text[:20] for text in shop.cards.alarms] == [f"Overdue: question {number} "]


async def test_nobody_is_nudged_about_what_has_its_ending(shop: World) -> None:
    number = await shop.hears(a_mention())
    await shop.approves(number, KIM)
    shop.now += timedelta(days=3)
    await shop.pipeline.nudge()

    assert shop.cards
    assert shop.cards.alarms == []


async def test_a_flood_of_overdue_questions_is_one_line(shop: World) -> None:
    for person in range(30):
        await shop.hears(a_mention(author_id=str(person)))
    shop.now += timedelta(days=3)
    await shop.pipeline.nudge()

    assert shop.cards
    assert len(shop.cards.alarms) == 1
    assert "and 20 more" in shop.cards.alarms[0]


async def test_a_key_that_no_longer_fits_is_told_once_until_something_goes_out_again(shop: World) -> None:
    numbers = [await shop.hears(a_mention(author_id=str(person))) for person in range(3)]
    shop.channel.fails = [NeedsLogin("401: set a new TELEGRAM_BOT_TOKEN")] * 2
    for number in numbers:
        await shop.approves(number, KIM)

    assert shop.cards
    assert shop.cards.alarms == ["Replies to Telegram are held: 401: set a new TELEGRAM_BOT_TOKEN"]


async def test_a_house_without_slack_is_nudged_by_its_desk_alone(world: World) -> None:
    await world.hears(a_mention())
    world.now += timedelta(days=3)
    await world.pipeline.nudge()

    assert world.pipeline.open_count() == 1


async def test_a_question_shows_how_late_it_is_by_the_same_shares_as_people_are_nudged(shop: World) -> None:
    number = await shop.hears(a_mention())
    question = shop.question(number)
    time = question.due_at - shop.now

    stages = [question.late(shop.now + time * share) for share in (0, 0.49, 0.5, 0.79, 0.8, 0.99, 1.0)]

    assert stages == [0, 0, 1, 1, 2, 2, 3]


async def test_what_waits_for_nobody_is_not_late(shop: World) -> None:
    number = await shop.hears(a_mention())
    question = await shop.approves(number, KIM)

    assert question.late(question.due_at + timedelta(days=1)) == 0


async def test_a_reopened_question_waits_anew(shop: World) -> None:
    number = await shop.hears(a_mention())
    await shop.approves(number, KIM)
    shop.now += timedelta(days=3)
    await shop.hears(a_mention("Und nun?", answers="-100/9001"))
    question = shop.question(number)

    assert (question.waits_since, question.late(shop.now)) == (shop.now, 0)


async def test_a_clock_that_jumped_back_makes_nothing_late() -> None:
    assert stage_of(MORNING, MORNING, MORNING - timedelta(hours=1)) == 0
