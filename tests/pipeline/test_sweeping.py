"""What a crash, a pause or a dead key left lying is picked up again, and what still waits is left in peace."""

from __future__ import annotations

import pytest

from bot.errors import NotAllowed, OutcomeUnknown
from tests.world import ALICE, World, a_mention


async def test_nothing_is_promised_again_and_again_while_sending_is_paused(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.pause(by="Bob")
    await world.approves(number)
    promised = len(world.jobs.promised)

    for _ in range(3):
        world.now = world.now.replace(hour=world.now.hour + 1)
        await world.pipeline.sweep()
        await world.works()

    assert len(world.jobs.promised) == promised


async def test_words_that_surely_do_not_stand_there_are_sent_even_when_their_job_is_lost(world: World) -> None:
    world.channel.fails = [OutcomeUnknown("timed out")]
    number = await world.hears(a_mention())
    await world.approves(number)
    world.pipeline.settle(number, there=False, by=ALICE, surface="slack")
    world.jobs.done.update(world.jobs.promised)  # the engine gave up on it

    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert world.question(number).standing == "published"


async def test_a_question_set_aside_after_a_wish_for_other_words_waits_for_a_person(world: World) -> None:
    number = await world.hears(a_mention())
    world.drafter.in_line = [RuntimeError("broken")]
    question = await world.declines(number)
    assert question.standing == "needs_words"
    assert question.note == "Drafting broke (RuntimeError): please write."

    with pytest.raises(NotAllowed, match="please write"):
        await world.approves(number)
    with pytest.raises(NotAllowed, match="please write"):
        await world.declines(number)
    assert (await world.types(number, "Wir haben Ihren Beitrag gesehen und gehen dem nach.")).standing == "published"
