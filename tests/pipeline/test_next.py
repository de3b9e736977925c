"""Whoever has decided one question comes to the next that waits for them; the list is walked as a ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import ALICE, BOB, a_mention

if TYPE_CHECKING:
    from tests.world import World

LEGAL = "Mein Anwalt wird sich bei Ihnen melden, das ist Betrug!"


async def test_the_most_urgent_question_comes_next_that_this_person_has_not_signed(world: World) -> None:
    calm = await world.hears(a_mention("Wann habt ihr offen?", author_id="1"))
    grave = await world.hears(a_mention(LEGAL, author_id="2"))
    assert world.pipeline.next_waiting(ALICE, but=calm) == grave

    await world.approves(grave, ALICE)

    assert world.pipeline.next_waiting(ALICE, but=0) == calm
    assert world.pipeline.next_waiting(ALICE, but=calm) is None
    assert world.pipeline.next_waiting(BOB, but=0) == grave


async def test_what_is_being_drafted_or_on_its_way_is_no_next_question(world: World) -> None:
    world.pipeline.hear([a_mention()])
    assert world.pipeline.next_waiting(ALICE, but=0) is None
    await world.works()
    await world.approves(1)

    assert world.pipeline.next_waiting(ALICE, but=0) is None


async def test_before_the_first_comes_the_last_and_after_the_last_the_first(world: World) -> None:
    assert world.pipeline.beside(1) is None
    for person in range(3):
        await world.hears(a_mention("Mein Brot war hart.", author_id=str(person)))

    assert [world.pipeline.beside(number) for number in (1, 2, 3)] == [2, 3, 1]
    assert [world.pipeline.beside(number, back=True) for number in (1, 2, 3)] == [3, 1, 2]
    await world.leaves_alone(2)
    assert [world.pipeline.beside(2), world.pipeline.beside(2, back=True)] == [1, 1]
