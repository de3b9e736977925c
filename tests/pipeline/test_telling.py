"""What happens to a question is told once in the thread of its card, and never before the card itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.mention import Overheard
from bot.errors import NeedsLogin, NotSent, OutcomeUnknown, Refused
from bot.history.store import History
from tests.world import ALICE, BOB, MORNING, PretendCards, World, a_mention

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.news import News


def news_of(world: World) -> list[News]:
    assert world.cards
    return world.cards.news


def whys(world: World) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(news.name, news.why, news.by, news.said) for news in news_of(world)]


async def test_the_first_words_stand_on_the_card_alone(world_with_cards: World) -> None:
    world = world_with_cards

    await world.hears(a_mention(), a_mention("Meins auch.", author_id="78"))

    assert news_of(world) == []
    assert world.rows("untold") == []


async def test_a_flood_leaves_no_news_to_tell(world_with_cards: World) -> None:
    """Not even when somebody writes twice before their card hangs."""
    world = world_with_cards
    world.pipeline.hear([a_mention(author_id=str(person)) for person in range(300)])
    world.pipeline.hear([a_mention("Und noch etwas.", author_id=str(person)) for person in range(0, 300, 3)])

    await world.jobs.run(world.pipeline)

    assert world.rows("untold") == []


@pytest.mark.parametrize("feedback", ["bitte kürzer", ""])
async def test_other_words_say_who_asked_for_them_and_what_they_wrote(world_with_cards: World, feedback: str) -> None:
    world = world_with_cards
    number = await world.hears(a_mention())
    world.drafter.text = "Danke, das sehen wir uns an."

    world.pipeline.redraft(number, 1, by=BOB, surface="slack", feedback=feedback)
    await world.works()

    [news] = news_of(world)
    assert (news.text, news.drafter, news.card) == ("Danke, das sehen wir uns an.", "template", "C1/1")
    assert whys(world) == [("version:2", "redraft", ("Bob",), feedback)]


async def test_each_reason_for_other_words_is_told(world_with_cards: World) -> None:
    world = world_with_cards
    post = a_mention()
    number = await world.hears(post)
    by: Any = {"by": ALICE, "surface": "slack"}

    world.pipeline.set_fault(number, 1, "confirmed", **by)
    await world.works()
    world.pipeline.correct_tone(number, 2, "neutral", **by)
    await world.works()
    await world.declines(number)
    await world.hears(a_mention("Und die Brezel auch.", aimed="follows_up"))
    await world.hears(a_mention("Mein Brot war steinhart und alt.", id=post.id, version=9))
    await world.hears(Overheard(
        channel="telegram", id="-100/900", thread="-100", answers=post.id, by="Bob", text="Bin dran.", at=MORNING
    ))  # fmt: skip

    assert whys(world) == [
        ("version:2", "fault", ("Alice",), ""),
        ("version:3", "tone", ("Alice",), ""),
        ("version:4", "declined", ("Alice",), "too vague"),
        ("version:5", "new_post", (), ""),
        ("version:6", "edited_post", (), ""),
        ("version:7", "overheard", ("Bob",), ""),
    ]


async def test_typed_words_and_what_became_of_them_are_told(world_with_cards: World) -> None:
    world = world_with_cards
    number = await world.hears(a_mention("Ekmek çok sertti, bir daha gelmem."))  # nothing is drafted in Turkish

    await world.types(number, "Das tut uns leid. Wir gehen dem nach.")

    typed, published = news_of(world)
    assert (typed.why, typed.by, typed.text) == ("typed", ("Alice",), "Das tut uns leid. Wir gehen dem nach.")
    assert (published.kind, published.version, published.by, published.url) == (
        "published", typed.version, ("Alice",), "https://t.me/c/1/9001",
    )  # fmt: skip


async def test_an_empty_version_without_a_reason_is_no_news(world_with_cards: World) -> None:
    """It only carries the decision to leave alone what was declined before."""
    world = world_with_cards
    number = await world.hears(a_mention())
    world.drafter.in_line = [RuntimeError("broken")]
    await world.declines(number)

    await world.leaves_alone(number)

    assert whys(world) == [("left_alone:1", "other", ("Alice",), "")]


async def test_each_ending_is_told_with_who_and_why(world_with_cards: World) -> None:
    world = world_with_cards
    number = await world.hears(a_mention())
    await world.leaves_alone(number, kind="spam", reason="Werbung für Matratzen")
    replayed = await world.hears(a_mention("Meins auch.", author_id="78", replayed=True))
    await world.approves(replayed, by=BOB)

    left, out = news_of(world)
    assert (left.kind, left.why, left.by, left.said) == ("left_alone", "spam", ("Alice",), "Werbung für Matratzen")
    assert (out.kind, out.by, out.outbox) == ("published", ("Bob",), True)


async def test_trouble_is_told_at_once_and_its_end_again(world_with_cards: World) -> None:
    world = world_with_cards
    number = await world.hears(a_mention())
    world.channel.fails = [OutcomeUnknown("timed out")]
    await world.approves(number)
    world.pipeline.settle(number, there=True, by=BOB, surface="slack")
    other = await world.hears(a_mention("Meins auch.", author_id="78"))
    world.channel.fails = [Refused("the post is gone")]
    await world.approves(other)

    assert [(news.question, news.kind, news.said) for news in news_of(world)] == [
        (number, "unknown", "timed out"),
        (number, "published", ""),
        (other, "failed", "the post is gone"),
    ]


async def test_a_reply_that_is_held_is_no_news(world_with_cards: World) -> None:
    """It goes on by itself; the card shows it."""
    world = world_with_cards
    world.channel.fails = [NeedsLogin("401")]

    await world.approves(await world.hears(a_mention()))

    assert news_of(world) == []


async def test_cards_come_first_and_their_own_card_before_the_news(world_with_cards: World) -> None:
    world = world_with_cards
    number = await world.hears(a_mention())
    world.pipeline.redraft(number, 1, by=BOB, surface="slack")
    await world.jobs.run(world.pipeline)

    assert await world.pipeline.tell_next() is None  # the card still shows version 1
    await world.pipeline.paint_next()
    world.pipeline.hear([a_mention("Meins auch.", author_id="78")])
    await world.jobs.run(world.pipeline)
    assert await world.pipeline.tell_next() is None  # somebody else's card waits
    await world.pipeline.paint_next()
    assert await world.pipeline.tell_next() is True


async def test_news_of_a_card_that_cannot_be_drawn_wait_for_it_and_keep_nobody_elses(world_with_cards: World) -> None:
    world = world_with_cards
    first = await world.hears(a_mention())
    second = await world.hears(a_mention("Meins auch.", author_id="78"))
    assert world.cards
    world.pipeline.redraft(first, 1, by=BOB, surface="slack")
    await world.jobs.run(world.pipeline)
    world.cards.fails = [OutcomeUnknown("timed out")]
    assert await world.pipeline.paint_next() is False

    with world.history.together() as rows:
        rows.tell_later(second, "version", 1)

    assert await world.pipeline.tell_next() is True
    assert await world.pipeline.tell_next() is None
    assert [news.question for news in news_of(world)] == [second]


async def test_an_answer_that_was_lost_makes_no_second_post(world_with_cards: World) -> None:
    world = world_with_cards
    number = await world.hears(a_mention())
    assert world.cards
    world.pipeline.redraft(number, 1, by=BOB, surface="slack")
    await world.jobs.run(world.pipeline)
    await world.pipeline.paint_next()
    world.cards.lose_answer = True

    assert [await world.pipeline.tell_next() for _ in range(3)] == [False, True, None]

    assert [news.name for news in news_of(world)] == ["version:2"]
    assert [(row["card"], row["post"]) for row in world.rows("told")] == [("C1/1", None), ("C1/1", "C1/1.1")]


async def test_a_house_opened_again_tells_nothing_twice(tmp_path: Path) -> None:
    before = World(tmp_path, cards=True)
    await before.approves(await before.hears(a_mention()))
    before.history.close()

    after = World(tmp_path, cards=True)
    after.cards = after.pipeline.approvals = PretendCards()
    await after.works()

    assert [news.kind for news in news_of(before)] == ["published"]
    assert news_of(after) == []
    after.history.close()


@pytest.mark.parametrize("failure", [NotSent("429", retry_after=7), OutcomeUnknown("timed out"), KeyError("steinhart")])
async def test_news_that_cannot_be_told_now_come_after_the_others(
    world_with_cards: World, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    world = world_with_cards
    assert world.cards
    first = await world.hears(a_mention("steinhart"))
    second = await world.hears(a_mention("Meins auch.", author_id="78"))
    for number in (first, second):
        world.pipeline.redraft(number, 1, by=BOB, surface="slack")
    await world.jobs.run(world.pipeline)
    while await world.pipeline.paint_next():
        pass
    world.cards.fails = [failure]

    assert [await world.pipeline.tell_next() for _ in range(4)] == [False, True, True, None]

    assert [news.question for news in news_of(world)] == [second, first]
    assert (7 in world.waits) == isinstance(failure, NotSent)
    assert "steinhart" not in caplog.text


async def test_news_of_one_question_keep_their_order_when_the_first_had_to_wait(world_with_cards: World) -> None:
    world = world_with_cards
    assert world.cards
    number = await world.hears(a_mention())
    world.pipeline.redraft(number, 1, by=BOB, surface="slack")
    await world.jobs.run(world.pipeline)
    await world.pipeline.paint_next()
    world.cards.fails = [OutcomeUnknown("timed out")]
    assert await world.pipeline.tell_next() is False

    await world.approves(number)

    assert [news.kind for news in news_of(world)] == ["version", "published"]


async def test_when_a_thread_refuses_the_card_is_looked_at_again(world_with_cards: World) -> None:
    """Perhaps it was deleted: drawing it finds that out and hangs it elsewhere."""
    world = world_with_cards
    assert world.cards
    number = await world.hears(a_mention())
    world.pipeline.redraft(number, 1, by=BOB, surface="slack")
    await world.jobs.run(world.pipeline)
    await world.pipeline.paint_next()
    world.cards.fails = [Refused("somebody deleted the card")]

    assert await world.pipeline.tell_next() is False
    assert [row["question"] for row in world.rows("stale_cards")] == [number]
    await world.works()

    assert [news.name for news in news_of(world)] == ["version:2"]


class Over(BaseException):
    """The house closes."""


async def test_the_pauses_between_failing_tries_grow_and_end_at_half_a_minute(world_with_cards: World) -> None:
    world = world_with_cards
    assert world.cards
    await world.approves(await world.hears(a_mention()))
    with world.history.together() as rows:
        rows.tell_later(1, "version", 1)
    world.cards.fails = [NeedsLogin("token revoked")] * 9
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)
        if len(pauses) > 11:
            raise Over

    world.pipeline.sleep = sleep
    with suppress(Over):
        await world.pipeline.tell_news()

    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 0.0, 0.25, 0.25]


async def test_without_a_wall_there_is_nothing_to_tell(world: World) -> None:
    await world.approves(await world.hears(a_mention()))

    assert await world.pipeline.tell_next() is None
    await world.pipeline.tell_news()
    assert world.rows("untold") == []


def test_a_memory_from_before_there_were_news_tells_nothing_of_the_past(tmp_path: Path) -> None:
    """Its cards tell it already."""
    world = World(tmp_path, cards=True)
    with world.history.together() as rows:
        rows.db.execute("drop table told")
        rows.db.execute("drop table untold")
        rows.db.execute("pragma user_version=3")
    world.history.close()

    again = History(f"sqlite:///{tmp_path / 'candor.db'}", clock=lambda: MORNING)
    with again.reading() as rows:
        assert rows.next_news() is None
    again.close()
