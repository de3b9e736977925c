"""A house that closes in the middle of telling tells the rest, once, when it is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.town import ALICE, a_town

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.counterpart


async def test_a_house_opened_again_in_the_middle_of_telling_tells_it_once(tmp_path: Path) -> None:
    async with a_town(tmp_path, open_it=False) as town:
        async with town.opened():
            await town.until(lambda: len(town.slack.sockets.open) == 2)
            customer, card = await town.asked()
            await town.settled()
            town.slack.fault_next("chat.postMessage", cut="after", times=1)
            await town.click(ALICE, card, "approve")
            await town.until(lambda: town.slack.thread(card))
        async with town.opened():
            await customer.card(standing="Published")
            await town.settled()

        assert len(town.slack.thread(card)) == 1
