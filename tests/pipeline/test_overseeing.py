"""The house at a glance: who waits longest, what is whose, and how each channel does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.mention import Delivery
from bot.errors import NeedsLogin, OutcomeUnknown
from tests.world import ALICE, BOB, MORNING, World, a_mention

if TYPE_CHECKING:
    from bot.core.overview import Overview
    from bot.core.person import Person


def glance(world: World, person: Person = ALICE) -> Overview:
    return world.pipeline.overview(person)


async def test_an_empty_house_has_nothing_to_show(world: World) -> None:
    seen = glance(world)

    assert (seen.open, seen.oldest, seen.mine, seen.places, seen.paused) == (0, (), (), {}, False)
    assert [(state.name, state.heard_at, state.open, state.trouble) for state in seen.channels] == [
        ("telegram", None, {}, "")
    ]


async def test_whoever_waits_longest_comes_first_and_no_more_than_a_page_is_read(world_with_cards: World) -> None:
    """Not whoever is due first."""
    world = world_with_cards
    for person in range(22):
        text = "Ich habe mich verletzt!" if person == 21 else "Mein Brot war heute steinhart."
        await world.hears(a_mention(text, author_id=str(person)))
        world.now += timedelta(minutes=1)

    seen = glance(world)

    assert seen.open == 22
    assert [question.number for question in seen.oldest] == list(range(1, 21))
    assert seen.places == {number: f"C1/{number}" for number in range(1, 21)}


async def test_a_customer_who_comes_back_waits_from_then_on(world: World) -> None:
    first = await world.hears(a_mention())
    await world.approves(first)
    world.now += timedelta(hours=1)
    second = await world.hears(a_mention("Meins auch.", author_id="78"))
    world.now += timedelta(hours=1)
    await world.hears(a_mention("Und nun?", answers="-100/9001"))

    assert [question.number for question in glance(world).oldest] == [second, first]


async def test_a_table_holds_what_was_claimed_or_handed_over_while_that_lasts(world: World) -> None:
    numbers = [await world.hears(a_mention(author_id=str(person))) for person in range(5)]
    claimed, edited, handed, put_back, done = numbers
    for number, kind, by in ((claimed, "claim", ALICE), (edited, "editing", ALICE), (handed, "escalate", ALICE),
                             (put_back, "claim", ALICE), (put_back, "release", ALICE), (done, "claim", ALICE)):  # fmt: skip
        world.pipeline.hand_over(number, kind, by=by, surface="slack")  # type: ignore[arg-type]  # a plain str
    await world.leaves_alone(done)

    assert [question.number for question in glance(world).mine] == [claimed, edited]
    assert [question.number for question in glance(world, BOB).mine] == [handed]
    world.now += timedelta(minutes=11)
    assert [question.number for question in glance(world).mine] == [claimed]
    world.now += timedelta(hours=4)
    assert glance(world).mine == ()


async def test_each_channel_tells_when_it_was_heard_and_what_stands_open(world: World) -> None:
    world.pipeline.take([Delivery(channel="telegram", id=7, body="{}")])
    await world.hears(a_mention(author_id="1"))
    unknown = await world.hears(a_mention(author_id="2"))
    world.channel.fails = [OutcomeUnknown("timed out")]
    await world.approves(unknown)
    world.pipeline.pause(by="Bob")

    seen = glance(world)

    [telegram] = seen.channels
    assert seen.paused
    assert (telegram.heard_at, telegram.open, telegram.trouble) == (MORNING, {"asked": 1, "unknown": 1}, "")


async def test_a_channel_in_trouble_says_why(world: World) -> None:
    number = await world.hears(a_mention())
    world.channel.fails = [NeedsLogin("401")]
    await world.approves(number)

    assert glance(world).channels[0].trouble == "401"
    assert [(report.room, report.work) for report in world.pipeline.health.troubles] == [("telegram", "replies")]


async def test_a_channel_that_takes_replies_again_is_well(world: World) -> None:
    number = await world.hears(a_mention())
    world.channel.fails = [NeedsLogin("401")]
    await world.approves(number)
    replayed = await world.hears(a_mention(author_id="2", replayed=True))
    await world.approves(replayed)
    still = glance(world).channels[0].trouble
    await world.approves(await world.hears(a_mention(author_id="3")))

    assert (still, glance(world).channels[0].trouble) == ("401", "")
