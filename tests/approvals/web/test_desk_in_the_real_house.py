"""The desk and the real pipeline understand each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from bot.approvals.web.desk import desk
from bot.approvals.web.session import Doorkeeper
from tests.approvals.web.visit import HERE, in_page, seen
from tests.world import ALICE, BOB, a_mention

if TYPE_CHECKING:
    from bot.core.person import Person
    from tests.world import World


class AtTheDesk:
    """Alice and Bob, each in a browser of their own, at the desk of a real house."""

    def __init__(self, world: World) -> None:
        self._keeper = Doorkeeper(clock=lambda: world.now)
        self._app = desk(world.pipeline, house=world.house, keeper=self._keeper, clock=lambda: world.now)

    async def sits(self, person: Person) -> httpx.AsyncClient:
        browser = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app), base_url=HERE, headers={"origin": HERE}, verify=False
        )
        await browser.get(self._keeper.invite(person))
        return browser


async def sends(browser: httpx.AsyncClient, question: int, form: str, **fields: str) -> httpx.Response:
    page = (await browser.get(f"/q/{question}")).text
    shown = {name: in_page(page, name) for name in ("token", "version", "shown", "checked")}
    return await browser.post(f"/q/{question}/{form}", data={**shown, **fields})


async def test_what_is_approved_at_the_desk_stands_below_the_post(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war heute steinhart."))
    alice = await AtTheDesk(world).sits(ALICE)

    assert "Mein Brot war heute steinhart." in seen((await alice.get("/")).text)
    await sends(alice, number, "approve")
    await world.works()

    assert [said.text for said in world.channel.published] == [world.drafter.text]
    assert "Published on Telegram" in seen((await alice.get(f"/q/{number}")).text)


async def test_typed_words_are_checked_and_go_out_as_typed(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war heute steinhart."))
    alice = await AtTheDesk(world).sits(ALICE)

    stopped = await sends(alice, number, "rewrite", text="Das Brot war steinhart. Sie bekommen morgen 20 Euro zurück.")
    await sends(alice, number, "rewrite", text="Das Brot war steinhart. Das tut uns leid, wir gehen dem nach.")
    await world.works()

    assert stopped.status_code == 422
    assert "Stop" in seen(stopped.text)
    assert [said.text for said in world.channel.published] == [
        "Das Brot war steinhart. Das tut uns leid, wir gehen dem nach."
    ]


async def test_the_second_click_reads_who_was_first(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war heute steinhart."))
    room = AtTheDesk(world)
    alice, bob = await room.sits(ALICE), await room.sits(BOB)
    token = in_page((await bob.get(f"/q/{number}")).text, "token")

    await sends(alice, number, "approve")
    late = await bob.post(f"/q/{number}/rewrite", data={"token": token, "version": "1", "text": "Meine Worte."})

    assert late.status_code == 409
    assert "Alice decided" in seen(late.text)
    assert ">Meine Worte.</textarea>" in late.text


@pytest.mark.parametrize("form", ["claim", "edit", "escalate", "redraft"])
async def test_everything_else_leads_back_to_the_question(world: World, form: str) -> None:
    number = await world.hears(a_mention("Mein Brot war heute steinhart."))
    alice = await AtTheDesk(world).sits(ALICE)

    answer = await sends(alice, number, form)
    await world.works()

    assert answer.status_code == 303
    assert (await alice.get(f"/q/{number}")).status_code == 200


@pytest.mark.parametrize("after", ["x", "x/y", "/", "2026/99999999999999999999", "x/1", "\x00/1"])
async def test_a_cursor_that_nobody_gave_out_is_no_trouble(world: World, after: str) -> None:
    alice = await AtTheDesk(world).sits(ALICE)

    assert (await alice.get("/", params={"after": after})).status_code in (200, 404, 422)


async def test_after_a_decision_the_most_urgent_question_opens_that_still_waits_for_this_person(world: World) -> None:
    law = "Mein Anwalt wird sich melden!"
    await world.hears(a_mention("Wann habt ihr offen?", author_id="1"), a_mention(law, author_id="2"))
    await world.hears(a_mention("Mein Brot war hart.", author_id="3"))
    room = AtTheDesk(world)
    alice, bob = await room.sits(ALICE), await room.sits(BOB)

    ways = [(await sends(alice, 3, "approve")).headers["location"]]
    ways += [(await sends(alice, 2, "approve")).headers["location"]]
    ways += [(await sends(bob, 1, "approve")).headers["location"]]
    ways += [(await sends(bob, 2, "approve")).headers["location"]]

    assert ways == ["/q/2?done=3", "/q/1?done=2", "/q/2?done=1", "/?done=2"]


async def test_next_and_previous_walk_round_all_open_questions_by_due_time(world: World) -> None:
    alice = await AtTheDesk(world).sits(ALICE)
    assert (await alice.get("/q/1/next")).headers["location"] == "/"
    for person in range(3):
        await world.hears(a_mention("Mein Brot war hart.", author_id=str(person)))
    await world.leaves_alone(2)

    ways = [(await alice.get(f"/q/{number}/{way}")).headers["location"] for number, way in (
        (1, "next"), (3, "next"), (1, "previous"), (3, "previous"), (2, "next"), (2, "previous"),
    )]  # fmt: skip

    assert ways == ["/q/3", "/q/1", "/q/3", "/q/1", "/q/1", "/q/1"]
