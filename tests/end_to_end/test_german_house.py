"""A house whose first language is German is German everywhere in Slack, from the card to the last note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.faces import words_on
from tests.end_to_end.town import ALICE, BOB, CAROL, RULES, Town, a_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.counterpart
GERMAN = RULES.replace('languages = ["en", "de"]', 'languages = ["de", "en"]')


@pytest.fixture
async def german_town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path, rules=GERMAN) as open_town:
        yield open_town


async def test_a_day_of_one_question_reads_german(german_town: Town) -> None:
    town = german_town
    customer, card = await town.asked()
    asked = words_on(card)
    await town.click(CAROL, card, "approve")
    stranger = await town.note(CAROL)
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Veröffentlicht")
    await town.click(BOB, card, "approve", face=0)
    late = await town.note(BOB)
    await town.settled()

    assert "schreibt uns auf Telegram" in asked
    assert "Freigeben & senden" in asked.replace("&amp;", "&")
    assert "gehört niemandem in candor.toml" in stranger
    assert "Schon entschieden: Fassung 1 freigegeben von Alice" in late
    assert [post.text.split("·")[0] for post in town.slack.thread(card) if post.by_bot] == ["*Veröffentlicht* "]


async def test_what_went_wrong_reads_german(german_town: Town) -> None:
    town = german_town
    customer, card = await town.asked()
    town.telegram.cut_after("sendMessage")
    await town.click(ALICE, card, "approve")
    await customer.card(standing="Ausgang ungewiss")

    assert "Ist unsere Antwort angekommen?" in words_on(card)
    assert "Telegram hat den Text vielleicht angenommen, vielleicht auch nicht" in words_on(card)
    assert "Sie fehlt: noch einmal senden" in words_on(card)


async def test_a_dead_key_is_told_in_german(tmp_path: Path) -> None:
    async with a_town(tmp_path, rules=GERMAN, open_it=False, TELEGRAM_BOT_TOKEN="4200:revoked") as town, town.opened():
        alarm = await town.until(lambda: next((post.text for post in town.slack.posts()), None))

    assert alarm.startswith(":rotating_light: Telegram: Telegram kennt das Token nicht")
