"""A quiet day and a dead line do not look alike: the desk says in red what does not go, and says when it goes again."""

from __future__ import annotations

import re

import pytest

from bot.core.health import TOLD_FOR, Health
from bot.core.why import Why
from tests.approvals.web.bakery import TOM, a_question
from tests.approvals.web.pretend import PretendDecisions
from tests.approvals.web.visit import Visit, seen

EN, DE = {"accept-language": "en"}, {"accept-language": "de"}


async def a_desk() -> tuple[Visit, Health]:
    """A desk with one question, and the health that it shows."""
    house = PretendDecisions()
    house.put(a_question(1))
    health = Health(clock=lambda: house.now)
    return await Visit(house, health=health).enters(TOM), health


def the_bar(page: str) -> str:
    found = re.search(r'<div role="status".*?</div>\s*</div>', page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("path", ["/", "/q/1"])
async def test_what_does_not_go_stands_in_red_on_every_page_for_those_who_see_and_those_who_listen(path: str) -> None:
    visit, health = await a_desk()
    quiet = the_bar(await visit.reads(path, **EN))
    health.ill("telegram", "hearing", Why.telegram_key())
    loud = the_bar(await visit.reads(path, **EN))

    assert 'class="ill"' not in quiet
    assert 'class="ill"' in loud
    assert "Telegram: new posts do not reach us, since" in seen(loud)
    assert "Telegram does not know our token" in seen(loud)


async def test_the_german_desk_says_it_in_german() -> None:
    visit, health = await a_desk()
    health.ill("telegram", "hearing", Why.telegram_two_listeners())
    health.ill("telegram", "replies", Why.telegram_key())
    health.ill("slack", "clicks", Why.slack_key(said="invalid_auth"))
    health.ill("slack", "cards", Why.slack_key(said="invalid_auth"))
    told = seen(the_bar(await visit.reads("/", **DE)))

    for words in (
        "Telegram: Neue Beiträge kommen nicht an, seit dem", "hört noch jemand zu", "Antworten gehen nicht hinaus",
        "Slack: Klicks dort bewirken nichts", "Slack: Dort erscheinen keine Karten", "Slack nimmt den Schlüssel nicht an",
    ):  # fmt: skip
        assert words in told


async def test_an_open_page_hears_of_a_trouble_and_of_its_end_and_is_left_alone_meanwhile() -> None:
    visit, health = await a_desk()

    async def asked(page: str) -> tuple[int, str]:
        found = re.search(r'hx-get="(/troubles\?drawn=[^"]*)"', page)
        assert found is not None
        answer = await visit.browser.get(found[1], headers=EN)
        return answer.status_code, answer.text or page

    first = await visit.reads("/", **EN)
    unchanged, first = await asked(first)
    health.ill("telegram", "hearing", Why.telegram_key())
    changed, ill = await asked(first)
    still, ill = await asked(ill)
    health.well("telegram", "hearing")
    over, well = await asked(ill)
    visit.decisions.now += TOLD_FOR
    later, quiet = await asked(well)

    assert (unchanged, changed, still, over, later) == (204, 200, 204, 200, 200)
    assert "new posts do not reach us" in ill
    assert "Telegram works again" in well
    assert "Telegram" not in seen(quiet)


async def test_strangers_are_told_nothing() -> None:
    visit, health = await a_desk()
    health.ill("telegram", "hearing", Why.telegram_key())
    answer = await visit.another_browser().get("/troubles")

    assert answer.status_code == 401
    assert "Telegram" not in answer.text
