"""Whatever was left lying is picked up again, however long it lay there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.decision import Approved
from bot.core.draft import Words
from bot.core.mention import Delivery, Overheard
from bot.core.why import Why, kept_form
from bot.errors import AlreadyDecided, NeedsLogin, NotAllowed, OutcomeUnknown, Outdated, Refused, Stopped
from tests.world import ALICE, MORNING, a_mention

if TYPE_CHECKING:
    from tests.world import World


async def sweeps(world: World, **later: float) -> None:
    """Time passes, the sweeper comes, and what it promised is done."""
    world.now += timedelta(**later)
    await world.pipeline.sweep()
    await world.works()


async def test_a_question_whose_job_was_lost_is_drafted_after_all(world: World) -> None:
    world.pipeline.hear([a_mention()])
    world.jobs.done |= set(world.jobs.promised)
    await sweeps(world, seconds=31)

    assert world.question(1).standing == "asked"


async def test_a_question_that_was_heard_just_now_is_left_to_its_own_job(world: World) -> None:
    world.pipeline.hear([a_mention()])
    await world.pipeline.sweep()
    world.now += timedelta(minutes=1)
    await world.pipeline.sweep()

    assert list(world.jobs.promised) == ["prepare:1:0"]


async def test_a_question_that_stops_the_program_twice_is_set_aside_for_a_person(world: World) -> None:
    world.pipeline.hear([a_mention()])
    world.jobs.ends("prepare:1:0", "alone:1:0", "alone:1:1")
    await sweeps(world, minutes=1)

    question = world.question(1)
    assert question.standing == "needs_words"
    assert question.note == "Drafting this one stopped the program twice: please write."


async def test_a_wish_whose_draft_stops_the_program_twice_is_set_aside_too(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.redraft(number, 1, by=ALICE, surface="desk")
    world.jobs.ends(*world.jobs.promised, "alone:1:0", "alone:1:1")
    await sweeps(world, minutes=1)

    assert world.question(number).standing == "needs_words"
    assert (await world.types(number, "Wir sehen nach, was passiert ist.")).standing == "published"


async def test_a_held_reply_is_tried_again_after_days_though_the_engine_forgot_its_older_jobs(world: World) -> None:
    number = await world.hears(a_mention())
    world.channel.fails = [NeedsLogin("401")] * 5
    await world.approves(number)
    for _ in range(4):
        await sweeps(world, minutes=6)
    world.jobs.forgets("publish:1:1:0")  # rows of the engine go after a day, the oldest first
    await sweeps(world, minutes=6)

    assert world.question(number).standing == "published"


@pytest.mark.parametrize("failure", [Refused("gone"), OutcomeUnknown("timed out")])
async def test_a_late_job_during_a_pause_puts_nothing_on_the_list_that_needs_no_call(
    world: World, failure: Exception
) -> None:
    world.channel.fails = [failure]
    number = await world.hears(a_mention())
    await world.approves(number)
    world.pipeline.pause(by="Bob")
    await world.pipeline.publish(number, 1)
    world.pipeline.resume(by="Bob")
    await sweeps(world, minutes=6)
    await sweeps(world, minutes=6)

    assert world.rows("unsettled") == []
    assert len([name for name in world.jobs.promised if "again" in name]) == 1


async def test_raw_deliveries_and_the_engines_rows_are_tidied_away(world: World) -> None:
    world.pipeline.take([Delivery(channel="telegram", id=number, body="{}") for number in (1, 2)])
    world.now += timedelta(days=8)
    await world.pipeline.tidy()

    assert [row["id"] for row in world.rows("raw")] == [2]
    assert world.jobs.tidied == [world.now - timedelta(days=1)]


async def test_the_sweeper_comes_every_few_seconds_and_tidies_every_hour(world: World) -> None:
    world.pipeline.hear([a_mention()])
    world.jobs.done |= set(world.jobs.promised)
    end = 60.0 * 61

    class Over(BaseException):
        """The house closes."""

    async def until_the_end(seconds: float) -> None:
        world.now += timedelta(seconds=seconds)
        if (world.now - MORNING).total_seconds() > end:
            raise Over

    world.pipeline.sleep = until_the_end
    with pytest.raises(Over):
        await world.pipeline.sweep_for_ever()

    assert "alone:1:0" in world.jobs.promised
    assert len(world.jobs.tidied) == 2


async def test_who_decided_is_told_also_when_other_words_were_drafted_meanwhile(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out")]
    number = await world.hears(a_mention(id="-100/1"))
    await world.approves(number)
    echo = Overheard(
        channel="telegram", id="-100/50", thread="-100", answers="-100/1", by="Bob", text="Bin dran.", at=MORNING
    )
    await world.hears(echo)
    question = world.pipeline.settle(number, there=True, by=ALICE, surface="slack")

    assert question.standing == "published"
    assert question.ruling is not None
    assert (question.ruling.version, question.ruling.by) == (1, ("Alice",))


async def test_a_reply_that_is_on_its_way_is_not_promised_again(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.decide(Approved(question=number, version=1, by=ALICE, surface="desk"))
    world.now += timedelta(minutes=6)
    await world.pipeline.sweep()

    assert [name for name in world.jobs.promised if "again" in name] == []


async def test_a_colleagues_own_answer_before_the_reply_goes_out_stops_it(world: World) -> None:
    number = await world.hears(a_mention(id="-100/1"))
    world.pipeline.decide(Approved(question=number, version=1, by=ALICE, surface="desk"))
    heard = Overheard(
        channel="telegram", id="-100/50", thread="-100", answers="-100/1", by="Bob", text="Bin dran.", at=MORNING
    )
    world.pipeline.hear([heard])
    await world.pipeline.publish(number, 1)

    assert world.channel.published == []
    assert [row["why"] for row in world.rows("outcomes")] == [kept_form(Why.colleague_answered())]


async def test_a_reply_in_doubt_on_a_channel_that_is_gone_is_looked_for_by_a_person(world: World) -> None:
    number = await world.hears(a_mention())
    with world.history.together() as rows:
        rows.sign(number, 1, "Alice", surface="desk")
        rows.rule(number, 1, "approved", by=["Alice"], surface="desk")
        rows.next_attempt(number, 1)
    world.pipeline.channels = {}
    await world.pipeline.publish(number, 1)

    question = world.question(number)
    assert question.standing == "unknown"
    assert question.trouble is not None
    assert "look for attempt 1 yourself" in question.trouble.why


async def test_who_looked_before_a_later_try_knows_nothing_of_it(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out"), OutcomeUnknown("timed out")]
    number = await world.hears(a_mention())
    first = (await world.approves(number)).trouble
    assert first is not None
    world.pipeline.settle(number, there=False, by=ALICE, surface="slack", attempt=first.attempt)
    await world.works()

    with pytest.raises(Outdated, match="please look once more"):
        world.pipeline.settle(number, there=True, by=ALICE, surface="slack", attempt=first.attempt)
    assert world.question(number).standing == "unknown"


async def test_words_that_a_channel_refused_are_not_approved_again(world: World) -> None:
    world.channel.fails = [Refused("blocked")]
    number = await world.hears(a_mention())
    await world.approves(number)

    with pytest.raises(AlreadyDecided, match="refused these words for good"):
        await world.approves(number)


def test_a_delivery_is_seen_first_only_once(world: World) -> None:
    assert [world.pipeline.first_seen("Ev01") for _ in range(2)] == [True, False]


async def test_what_nobody_doubts_needs_no_settling(world: World) -> None:
    number = await world.hears(a_mention())

    with pytest.raises(AlreadyDecided, match="Somebody settled this already"):
        world.pipeline.settle(number, there=True, by=ALICE, surface="slack")


async def test_while_a_reply_is_in_doubt_nothing_else_is_decided(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out")]
    number = await world.hears(a_mention())
    await world.approves(number)

    with pytest.raises(NotAllowed, match="look at the channel first"):
        await world.leaves_alone(number)


async def test_a_draft_that_is_stopped_cannot_be_approved_by_a_click_from_an_older_card(world: World) -> None:
    world.drafter.in_line = [Words(text="Wir erstatten Ihnen 50 Euro.", drafter="llm", lang="de")] * 3
    number = await world.hears(a_mention())

    with pytest.raises(Stopped, match="H6"):
        await world.approves(number)
    assert world.channel.published == []


async def test_everybody_can_see_that_sending_is_paused(world: World) -> None:
    assert not world.pipeline.paused
    world.pipeline.pause(by="Bob")
    assert world.pipeline.paused
    assert [row["by"] for row in world.rows("switches")] == ["Bob"]
