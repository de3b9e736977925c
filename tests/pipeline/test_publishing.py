"""Nothing is said twice, nothing is silently lost, and in doubt a person is asked."""

from __future__ import annotations

import pytest

from bot.core.attempt import Sent
from bot.core.decision import Approved
from bot.errors import NeedsLogin, NotSent, OutcomeUnknown, Outdated, Refused
from tests.world import ALICE, BOB, World, a_mention


async def test_the_attempt_is_written_down_before_the_call(world: World) -> None:
    seen: list[int] = []
    world.channel.before = lambda _attempt: seen.append(len(world.rows("attempts")))
    await world.approves(await world.hears(a_mention()))

    assert seen == [1]


async def test_what_was_proved_not_sent_is_tried_again_after_its_waiting_time(world: World) -> None:
    world.channel.fails = [NotSent("429", retry_after=3)]
    question = await world.approves(await world.hears(a_mention()))

    assert question.standing == "published"
    assert world.waits == [3]
    assert [row["kind"] for row in world.rows("outcomes")] == ["not_sent", "sent"]


async def test_a_channel_that_stays_busy_leaves_the_reply_held_and_the_sweeper_goes_on(world: World) -> None:
    world.channel.fails = [NotSent("429", retry_after=1)] * 3
    number = await world.hears(a_mention())
    question = await world.approves(number)
    assert question.standing == "held"

    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert world.question(number).standing == "published"
    assert len(world.channel.published) == 1


async def test_an_unknown_outcome_is_never_sent_again_by_itself(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out")]
    number = await world.hears(a_mention())
    question = await world.approves(number)
    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert question.standing == world.question(number).standing == "unknown"
    assert world.channel.published == []
    assert world.question(number).open


async def test_somebody_who_saw_the_reply_settles_it(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out")]
    number = await world.hears(a_mention())
    await world.approves(number)
    question = world.pipeline.settle(number, there=True, by=ALICE, surface="slack")

    assert question.standing == "published"
    assert world.pipeline.open_count() == 0


async def test_somebody_who_did_not_find_the_reply_sends_it_again(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out")]
    number = await world.hears(a_mention())
    await world.approves(number)
    world.pipeline.settle(number, there=False, by=ALICE, surface="slack")
    await world.works()

    assert world.question(number).standing == "published"
    assert len(world.channel.published) == 1


async def test_a_refused_reply_is_shown_to_a_person_who_can_still_write(world: World) -> None:
    world.channel.fails = [Refused("message to be replied not found")]
    number = await world.hears(a_mention())
    question = await world.approves(number)
    assert question.standing == "failed"
    assert question.trouble is not None
    assert question.trouble.why == "message to be replied not found"

    assert (await world.types(number, "Wir haben Ihren Beitrag gesehen und gehen dem nach.")).standing == "published"


async def test_a_refused_reply_can_be_left_alone(world: World) -> None:
    world.channel.fails = [Refused("blocked")]
    number = await world.hears(a_mention())
    await world.approves(number)

    assert (await world.leaves_alone(number)).standing == "left_alone"


async def test_a_dead_key_holds_the_reply_until_it_fits_again(world: World) -> None:
    world.channel.fails = [NeedsLogin("401")]
    number = await world.hears(a_mention())
    assert (await world.approves(number)).standing == "held"

    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert world.question(number).standing == "published"


async def test_an_attempt_without_an_outcome_is_looked_for_not_repeated(world: World) -> None:
    number = await world.hears(a_mention())
    with world.history.together() as rows:
        rows.sign(number, 1, "Alice", surface="desk")
        rows.rule(number, 1, "approved", by=["Alice"], surface="desk")
        rows.next_attempt(number, 1)

    await world.pipeline.publish(number, 1)

    assert world.channel.published == []
    assert world.question(number).standing == "unknown"


async def test_a_channel_that_can_read_back_finds_the_reply(world: World) -> None:
    number = await world.hears(a_mention())
    with world.history.together() as rows:
        rows.rule(number, 1, "approved", by=["Alice"], surface="desk")
        rows.next_attempt(number, 1)
    world.channel.finds = [Sent(id="-100/9", url=None)]

    await world.pipeline.publish(number, 1)

    assert world.question(number).standing == "published"


async def test_a_channel_that_can_read_back_and_finds_nothing_sends(world: World) -> None:
    number = await world.hears(a_mention())
    with world.history.together() as rows:
        rows.rule(number, 1, "approved", by=["Alice"], surface="desk")
        rows.next_attempt(number, 1)
    world.channel.finds = [None]

    await world.pipeline.publish(number, 1)

    assert len(world.channel.published) == 1


async def test_a_publish_job_that_runs_twice_says_it_once(world: World) -> None:
    number = await world.hears(a_mention())
    await world.approves(number)
    await world.pipeline.publish(number, 1)

    assert len(world.channel.published) == 1


async def test_a_decision_whose_job_was_lost_is_found_by_the_sweeper(world: World) -> None:
    number = await world.hears(a_mention())
    with world.history.together() as rows:
        rows.rule(number, 1, "approved", by=["Alice"], surface="desk")
        rows.note_standings([number])
    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert len(world.channel.published) == 1


async def test_the_customer_who_writes_again_before_sending_stops_it(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.decide(an_approval(number))
    world.pipeline.hear([a_mention("Hat sich erledigt, danke!", aimed="follows_up")])
    await world.works()

    assert world.channel.published == []
    question = world.question(number)
    assert (question.standing, question.version) == ("asked", 2)
    assert [row["kind"] for row in world.rows("outcomes")] == ["withdrawn"]


async def test_a_post_that_came_while_the_reply_went_out_still_waits(world: World) -> None:
    number = await world.hears(a_mention())
    world.channel.before = lambda _attempt: world.pipeline.hear([a_mention("Hallo?", aimed="follows_up")])
    await world.approves(number)

    question = world.question(number)
    assert len(world.channel.published) == 1
    assert (question.standing, question.version) == ("asked", 2)


async def test_while_paused_nothing_leaves_the_house(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.pause(by="Bob")
    assert (await world.approves(number)).standing == "held"
    assert world.channel.published == []

    world.pipeline.resume(by="Bob")
    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert world.question(number).standing == "published"


async def test_replayed_posts_are_answered_into_the_outbox(world: World) -> None:
    number = await world.hears(a_mention(replayed=True))
    question = await world.approves(number)

    assert (world.channel.published, len(world.outbox.published)) == ([], 1)
    assert question.said[0].outbox


async def test_a_channel_without_a_token_holds_its_replies(world: World) -> None:
    number = await world.hears(a_mention(channel="bluesky"))
    question = await world.approves(number)

    assert question.standing == "held"
    assert question.trouble is not None
    assert "not connected" in question.trouble.why


async def test_a_reply_that_promises_to_write_again_opens_a_promise(world: World) -> None:
    world.drafter.text = "Die Ursache kennen wir noch nicht. Wir schreiben hier weiter."
    number = await world.hears(a_mention())
    question = await world.approves(number)

    assert [(promise.text, promise.owner) for promise in question.promises] == [("Wir schreiben hier weiter.", "Alice")]
    assert question.promises[0].due_at == world.now + world.house.promise_within


def an_approval(number: int, version: int = 1) -> Approved:
    return Approved(question=number, version=version, by=ALICE, surface="slack")


@pytest.mark.parametrize("times", [2, 5])
async def test_a_reply_that_is_tried_several_times_has_a_row_for_each_try(world: World, times: int) -> None:
    world.channel.fails = [NotSent("busy", retry_after=1)] * (times - 1)
    number = await world.hears(a_mention())
    await world.approves(number)
    for hour in (9, 10, 11):
        world.now = world.now.replace(hour=hour)
        await world.pipeline.sweep()
        await world.works()

    assert world.question(number).standing == "published"
    assert [row["try"] for row in world.rows("attempts")] == list(range(1, times + 1))


async def test_who_looked_before_it_was_sent_again_looks_once_more(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out"), OutcomeUnknown("timed out again")]
    number = await world.hears(a_mention())
    first = (await world.approves(number)).trouble
    assert first is not None
    world.pipeline.settle(number, there=False, by=ALICE, surface="slack", attempt=first.attempt)
    await world.works()

    with pytest.raises(Outdated, match="look once more"):
        world.pipeline.settle(number, there=False, by=BOB, surface="desk", attempt=first.attempt)

    assert world.question(number).standing == "unknown"
