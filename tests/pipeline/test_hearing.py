"""Nothing is ignored: what customers say is kept, counted once, and joins the right question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.mention import Delivery, Overheard
from tests.world import MORNING, a_mention

if TYPE_CHECKING:
    from tests.world import World


async def test_a_post_opens_a_question_with_a_draft(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war heute steinhart."))

    question = world.question(number)
    assert (question.standing, question.version) == ("asked", 1)
    assert question.posts[0].mention.text == "Mein Brot war heute steinhart."
    assert [open_one.number for open_one in world.open()] == [number]


async def test_a_redelivered_post_counts_once(world: World) -> None:
    post = a_mention()
    await world.hears(post)
    await world.hears(post)

    assert world.pipeline.open_count() == 1
    assert len(world.rows("mentions")) == 1


async def test_a_delivery_is_kept_raw_and_heard_in_one_go(world: World) -> None:
    delivery = Delivery(channel="telegram", id=5, body='{"update_id": 5}', heard=a_mention())

    world.pipeline.take([delivery])
    world.pipeline.take([delivery])

    assert [row["id"] for row in world.rows("raw")] == [5]
    assert len(world.rows("mentions")) == 1


async def test_a_later_post_of_the_same_person_joins_and_makes_the_draft_stale(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war hart.", id="-100/1"))
    await world.hears(a_mention("Und die Brezel auch.", id="-100/2", aimed="follows_up"))

    question = world.question(number)
    assert [post.mention.id for post in question.posts] == ["-100/1", "-100/2"]
    assert question.version == 2
    assert world.drafter.briefs[-1].newest.id == "-100/2"


async def test_another_person_in_the_same_thread_has_a_question_of_their_own(world: World) -> None:
    await world.hears(a_mention("Mein Brot war hart."))
    await world.hears(a_mention("Meins auch!", author="@lee", author_id="78"))

    assert world.pipeline.open_count() == 2


async def test_talk_that_is_not_with_us_is_not_kept(world: World) -> None:
    await world.hears(a_mention("Wer kommt mit ins Kino?", aimed="follows_up"))

    assert world.rows("words") == []


async def test_an_edited_post_makes_the_draft_stale(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war hart.", id="-100/1"))
    await world.hears(a_mention("Mein Brot war weich, alles gut!", id="-100/1", version=1764000000))

    question = world.question(number)
    assert [(post.mention.text, post.edited) for post in question.posts] == [("Mein Brot war weich, alles gut!", True)]
    assert question.version == 2


async def test_our_own_reply_coming_back_is_no_mention(world: World) -> None:
    number = await world.hears(a_mention())
    await world.approves(number)
    await world.hears(a_mention("Danke für den Hinweis.", id="-100/9001", author="@candor_bot"))

    assert len(world.rows("mentions")) == 1


async def test_the_customers_answer_to_our_reply_reopens_the_question_with_everything_in_view(world: World) -> None:
    number = await world.hears(a_mention())
    await world.approves(number)
    await world.hears(a_mention("Und wann kommt Ersatz?", answers="-100/9001"))

    question = world.question(number)
    assert question.reopened
    assert (question.standing, question.version, len(question.said)) == ("asked", 2, 1)
    assert world.drafter.briefs[-1].said_before == (world.drafter.text,)
    assert [post.text for post in world.drafter.briefs[-1].posts] == ["Und wann kommt Ersatz?"]


async def test_a_new_post_after_the_ending_is_a_new_question(world: World) -> None:
    first = await world.hears(a_mention())
    await world.approves(first)
    second = await world.hears(a_mention("Heute war das Brot wieder hart."))

    assert second != first


async def test_in_a_private_chat_writing_on_reopens_the_question(world: World) -> None:
    first = await world.hears(a_mention(public=False, thread="77"))
    await world.approves(first)
    again = await world.hears(a_mention("Noch eine Frage dazu", public=False, thread="77"))

    assert again == first
    assert world.question(first).open


async def test_a_colleagues_own_answer_makes_the_draft_stale(world: World) -> None:
    number = await world.hears(a_mention(id="-100/1"))
    heard = Overheard(
        channel="telegram",
        id="-100/50",
        thread="-100",
        answers="-100/1",
        by="Bob",
        text="Ich kümmere mich.",
        at=MORNING,
    )
    await world.hears(heard)
    await world.hears(heard)

    question = world.question(number)
    assert question.version == 2
    assert question.overheard == ("Ich kümmere mich.",)


async def test_half_characters_and_null_bytes_are_kept_without_breaking(world: World) -> None:
    number = await world.hears(a_mention("kaputt \ud83d \x00 und 100.000 Zeichen" + "x" * 100_000))

    assert world.question(number).open
    assert len(world.question(number).posts[0].mention.text) > 100_000
