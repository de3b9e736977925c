"""What customers do while a draft is being made or a reply is on its way changes neither what was said nor who said it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.core.decision import Approved
from bot.errors import NeedsLogin, OutcomeUnknown, Outdated
from tests.world import ALICE, BOB, PretendDrafter, PretendTelegram, World, a_mention

if TYPE_CHECKING:
    from bot.core.attempt import Attempt, Sent
    from bot.core.draft import Brief, Words


class PretendSlowDrafter(PretendDrafter):
    """Has read its brief, and goes on when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: asyncio.Queue[asyncio.Event] = asyncio.Queue()

    async def draft(self, brief: Brief) -> Words:
        words = await super().draft(brief)
        let_go_on = asyncio.Event()
        self.begun.put_nowait(let_go_on)
        await let_go_on.wait()
        return words


class PretendSlowTelegram(PretendTelegram):
    """While it says our words, the customer writes again, and that is drafted."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    async def publish(self, attempt: Attempt) -> Sent:
        self.world.pipeline.hear([a_mention("Und das Brötchen auch!")])
        await self.world.pipeline.prepare([2])
        return await super().publish(attempt)


async def test_a_promise_belongs_to_who_approved_it_although_the_customer_wrote_on(world: World) -> None:
    world.drafter.text = "Danke für den Hinweis. Wir melden uns hier wieder."
    number = await world.hears(a_mention())
    world.pipeline.channels = {"telegram": PretendSlowTelegram(world)}

    question = await world.approves(number)

    assert question.version == 3
    assert [promise.owner for promise in question.promises] == ["Alice"]


async def test_what_was_answered_meanwhile_is_not_answered_again(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war heute steinhart."))
    world.pipeline.channels = {"telegram": PretendSlowTelegram(world)}
    assert (await world.approves(number)).standing == "asked"

    both, rest = world.drafter.briefs[-2:]
    assert [post.text for post in both.posts] == ["Mein Brot war heute steinhart.", "Und das Brötchen auch!"]
    assert [post.text for post in rest.posts] == ["Und das Brötchen auch!"]
    assert rest.said_before == (world.drafter.text,)
    assert world.question(number).version == 3


async def test_a_draft_that_answers_too_much_cannot_be_approved_once_the_earlier_reply_is_out(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.channels = {"telegram": PretendSlowTelegram(world)}
    world.pipeline.decide(Approved(question=number, version=1, by=ALICE, surface="desk"))
    await world.pipeline.publish(number, 1)

    assert world.question(number).standing == "preparing"
    with pytest.raises(Outdated, match="a new draft is on its way"):
        world.pipeline.decide(Approved(question=number, version=2, by=ALICE, surface="desk"))


async def test_a_draft_begun_before_the_earlier_reply_was_out_is_made_anew(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.decide(Approved(question=number, version=1, by=ALICE, surface="desk"))
    slow = PretendSlowDrafter()
    world.pipeline.drafter = slow
    begun: list[asyncio.Task[None]] = []

    class Meanwhile(PretendTelegram):
        async def publish(self, attempt: Attempt) -> Sent:
            world.pipeline.hear([a_mention("Und das Brötchen auch!")])
            begun.append(asyncio.create_task(world.pipeline.prepare([2])))
            while slow.begun.empty():
                await asyncio.sleep(0.001)
            return await super().publish(attempt)

    world.pipeline.channels = {"telegram": Meanwhile()}
    await world.pipeline.publish(number, 1)
    (await slow.begun.get()).set()
    await begun[0]
    assert world.question(number).standing == "preparing"

    world.pipeline.drafter = world.drafter
    await world.works()
    assert [post.text for post in world.drafter.briefs[-1].posts] == ["Und das Brötchen auch!"]
    assert (world.question(number).standing, world.question(number).version) == ("asked", 3)


async def test_a_person_who_saw_that_a_reply_stands_there_leaves_only_the_rest_to_be_answered(world: World) -> None:
    number = await world.hears(a_mention())
    world.channel.fails = [OutcomeUnknown("timed out")]
    await world.approves(number)
    world.drafter.text = "Danke, auch das sehen wir uns an."
    await world.hears(a_mention("Und das Brötchen auch!"))
    in_doubt = world.question(number)
    assert in_doubt.standing == "unknown"
    assert in_doubt.trouble
    assert in_doubt.trouble.text == "Danke für den Hinweis. Wir gehen dem nach."
    assert in_doubt.draft
    assert in_doubt.draft.words.text != in_doubt.trouble.text

    world.pipeline.settle(number, there=True, by=BOB, surface="desk")
    await world.works()

    assert [post.text for post in world.drafter.briefs[-1].posts] == ["Und das Brötchen auch!"]
    assert (world.question(number).standing, world.question(number).version) == ("asked", 3)


async def test_of_two_posts_in_a_row_the_draft_that_answers_both_is_kept(world: World) -> None:
    drafter = PretendSlowDrafter()
    world.pipeline.drafter = drafter
    world.pipeline.hear([a_mention("Mein Brot war heute steinhart.")])
    first_job = asyncio.create_task(world.pipeline.prepare([1]))
    first = await drafter.begun.get()
    world.pipeline.hear([a_mention("Und die Verkäuferin war unfreundlich.")])
    second_job = asyncio.create_task(world.pipeline.prepare([2]))
    second = await drafter.begun.get()

    first.set()
    await first_job
    second.set()
    await second_job

    question = world.question(1)
    assert question.standing == "asked"
    assert question.draft is not None
    assert question.draft.covers == 2


async def test_a_draft_that_comes_too_late_does_not_replace_one_that_answers_as_much(world: World) -> None:
    drafter = PretendSlowDrafter()
    world.pipeline.drafter = drafter
    world.pipeline.hear([a_mention()])
    jobs = [asyncio.create_task(world.pipeline.prepare([1])) for _ in range(2)]
    for let_go_on in [await drafter.begun.get() for _ in jobs]:
        let_go_on.set()
    await asyncio.gather(*jobs)

    assert world.question(1).version == 1


async def test_only_a_wish_for_other_words_takes_the_next_wording(world: World) -> None:
    for text in ("Mein Brot war heute steinhart.", "Und das Brötchen auch.", "Hallo?"):
        number = await world.hears(a_mention(text))
    await world.declines(number)
    await world.hears(a_mention("Noch jemand da?"))
    await world.approves(number)
    await world.hears(a_mention("Danke, und nun?", answers="-100/9001"))

    assert [brief.version for brief in world.drafter.briefs] == [1, 1, 1, 2, 2, 1]


@pytest.mark.parametrize(("failure", "standing"), [(NeedsLogin("401"), "held"), (OutcomeUnknown("lost"), "unknown")])
async def test_a_reply_on_its_way_is_not_hidden_by_a_draft_that_broke(
    world: World, failure: Exception, standing: str
) -> None:
    world.channel.fails = [failure]
    number = await world.hears(a_mention())
    await world.approves(number)
    world.drafter.in_line = [RuntimeError("broken")]

    await world.hears(a_mention("Und?", aimed="follows_up"))
    world.pipeline.hear([a_mention("Hallo?", aimed="follows_up")])

    assert (world.question(number).standing, world.rows("waiting")[0]["standing"]) == (standing, standing)


async def test_a_reply_that_was_taken_back_and_then_not_drafted_waits_for_a_person(world: World) -> None:
    world.channel.fails = [NeedsLogin("401")]
    number = await world.hears(a_mention())
    await world.approves(number)
    world.drafter.in_line = [RuntimeError("broken")]
    await world.hears(a_mention("Und?", aimed="follows_up"))

    world.now = world.now.replace(hour=9)
    await world.pipeline.sweep()
    await world.works()

    assert world.channel.published == []
    assert (world.question(number).standing, world.rows("waiting")[0]["standing"]) == ("needs_words", "needs_words")
