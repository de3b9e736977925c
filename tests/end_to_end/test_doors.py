"""Other ways in and out: Slack over signed HTTP, Telegram's webhook, keys that do not fit, and a house that reopens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from bot.app import OpenHouse, until_stopped
from bot.errors import Refused
from bot.settings import load
from tests.counterparts.npm_process import free_port
from tests.counterparts.telegram_webhook import SECRET_HEADER
from tests.end_to_end.faces import words_on
from tests.end_to_end.town import ALICE, BOB, RULES, a_town

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.counterpart
SECRET = "a-webhook-secret-for-tests"


async def test_over_signed_http_the_same_clicks_do_the_same(tmp_path: Path) -> None:
    async with a_town(tmp_path, SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET="candor-test-signing-secret") as town:
        hooks = town.slack.deliver_by_http(f"{town.address}/slack/events", pauses=(0.05,))
        assert await hooks.verify_url()
        customer, card = await town.asked()
        hooks.signing = "forged"
        await town.click(BOB, card, "approve")
        hooks.signing = "old"
        await town.click(BOB, card, "approve")
        await town.settled()
        refused = (customer.replies, [posted.status for posted in hooks.posted[-2:]])

        hooks.signing = "valid"
        view = await town.modal(ALICE, card, "edit")
        wrong = await town.slack.submit(ALICE, view, {"words": {"text": "Wir erstatten Ihnen 50 Euro."}})
        seen = await town.slack.submit(
            ALICE, view, {"words": {"text": "Das tut uns leid. Wir sehen nach und melden uns hier."}}
        )
        await customer.card(standing="Published")
        town.slack.reply_in_thread(ALICE, card, "danke")
        await town.slack.command(BOB, "/candor", "open")
        await town.note(BOB, "Nobody waits")

    assert refused == ([], [401, 401])
    assert (wrong.action, seen.action) == ("errors", "close")
    assert len(customer.replies) == 1
    assert "approved by Alice" in words_on(card)


async def test_telegram_may_knock_by_itself_with_the_right_secret(tmp_path: Path) -> None:
    port = free_port()
    hook = {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}", "TELEGRAM_WEBHOOK_SECRET": SECRET}
    async with a_town(tmp_path, open_it=False, **hook) as town:
        town.port = port
        town.telegram.delivers_twice(2)
        async with town.opened():
            customer, card = await town.asked()
            forged = {"update_id": 1, "message": {"message_id": 1, "text": "@candor_bot hi"}}
            async with httpx.AsyncClient() as stranger:
                knocks = [
                    await stranger.post(f"{town.address}/telegram", json=forged, headers=headers)
                    for headers in ({}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""})
                ]
                got = await stranger.get(f"{town.address}/telegram")
            await town.click(ALICE, card, "approve")
            await customer.card(standing="Published")
            await town.settled()

            assert [knock.status_code for knock in knocks] == [403, 403, 403]
            assert got.status_code != 200
            assert len(town.rows("mentions")) == 1
            assert len(customer.replies) == 1


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_telegram_token_that_does_not_fit_is_told_in_slack_and_everything_else_goes_on(
    tmp_path: Path, *, webhook: bool
) -> None:
    port = free_port()
    hook = {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}", "TELEGRAM_WEBHOOK_SECRET": SECRET} if webhook else {}
    async with a_town(
        tmp_path, open_it=False, TELEGRAM_BOT_TOKEN="4200:a-token-that-was-revoked-long-ago", **hook
    ) as town:
        town.port = port
        async with town.opened():
            told = await town.until(
                lambda: next((post.text for post in town.slack.posts() if "Telegram" in post.text), None)
            )
            await town.until(lambda: len(town.slack.sockets.open) == 2)
            await town.slack.command(ALICE, "/candor", "open")
            await town.note(ALICE, "Nobody waits")
            async with httpx.AsyncClient() as visitor:
                health = await visitor.get(f"{town.address}/healthz")

            town.telegram.changes_token("4200:a-token-that-was-revoked-long-ago")
            customer = town.customer()
            customer.says("Mein Brot war heute steinhart.")
            await customer.card(version=1)
            await town.until(lambda: [post for post in town.slack.posts() if "Telegram works again." in post.text])
            async with httpx.AsyncClient() as visitor:
                later = await visitor.get(f"{town.address}/healthz")
            alarms = [post.text for post in town.slack.posts() if "@BotFather" in post.text]

    assert alarms == [told]
    assert "TELEGRAM_BOT_TOKEN" in told
    assert "revoked-long-ago" not in told
    assert health.status_code == 503
    [trouble] = health.json()["troubles"]
    assert (trouble["room"], trouble["work"]) == ("telegram", "hearing")
    assert "TELEGRAM_BOT_TOKEN" in trouble["why"]
    assert "revoked-long-ago" not in health.text
    assert (later.status_code, later.json()["troubles"]) == (200, [])


async def test_a_token_that_is_revoked_while_a_reply_waits_holds_it_until_the_key_fits_again(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        customer, card = await town.asked()
        old = town.telegram.token
        town.telegram.changes_token("4200:another-token-for-tests-that-fits")

        await town.click(ALICE, card, "approve")
        await customer.card(standing="Held")
        held = words_on(card)
        town.time_passes(minutes=6)
        await town.sweeps()
        sent = len(customer.replies)
        town.telegram.changes_token(old)
        town.time_passes(minutes=6)
        await town.sweeps()
        await customer.card(standing="Published")

    assert "TELEGRAM_BOT_TOKEN" in held
    assert sent == 0
    assert len(customer.replies) == 1


async def test_a_slack_token_that_does_not_fit_leaves_customers_heard_and_drafted_for_the_desk(tmp_path: Path) -> None:
    async with a_town(tmp_path, open_it=False, SLACK_BOT_TOKEN="xoxb-0-revoked") as town, town.opened() as house:
        customer = town.customer()
        customer.says("Mein Brot war heute steinhart.")
        await town.until(lambda: house.pipeline.open_count(standing="asked") == 1)
        async with httpx.AsyncClient() as visitor:
            health = await visitor.get(f"{town.address}/healthz")

        assert town.slack.posts() == []
        assert health.json()["open"] == 1
        assert health.status_code == 503
        assert {trouble["room"] for trouble in health.json()["troubles"]} == {"slack"}


async def test_an_app_token_that_does_not_fit_is_told_in_the_channel(tmp_path: Path) -> None:
    async with a_town(tmp_path, open_it=False, SLACK_APP_TOKEN="xapp-1-revoked") as town, town.opened():
        customer = town.customer()
        customer.says("Mein Brot war heute steinhart.")
        card = await customer.card(version=1)
        told = await town.until(
            lambda: next((post.text for post in town.slack.posts() if "SLACK_APP_TOKEN" in post.text), None)
        )

        assert card
        assert "xapp-1-revoked" not in told


async def test_a_slack_channel_that_does_not_exist_is_told_in_one_line_when_the_house_opens(tmp_path: Path) -> None:
    async with a_town(tmp_path, open_it=False, SLACK_CHANNEL="#nowhere") as town:
        house = OpenHouse(load(town.folder, town.env))
        house.engine.patience = 0

        with pytest.raises(Refused, match="SLACK_CHANNEL") as told:
            await until_stopped(house.run(port=0, on_ready=lambda _address: None))

    assert "\n" not in str(told.value)


async def test_a_slack_that_is_down_at_the_start_gets_its_cards_when_it_is_back(tmp_path: Path) -> None:
    async with a_town(tmp_path, open_it=False) as town:
        town.slack.fault_next("*", status=503, times=3)
        async with town.opened():
            customer, card = await town.asked()
            await town.until(lambda: len(town.slack.sockets.open) == 2)
            await town.click(ALICE, card, "approve")
            await customer.card(standing="Published")

    assert customer.cards == [card]
    assert len(customer.replies) == 1


async def test_a_house_that_was_closed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with a_town(tmp_path, open_it=False) as town:
        async with town.opened() as house:
            asked, card = await town.asked()
            held, held_card = await town.asked()
            house.pipeline.pause(by="Alice")
            await town.until(lambda: len(town.slack.sockets.open) == 2)
            await town.click(ALICE, held_card, "approve")
            await held.card(standing="Held")
        missed = town.customer()
        missed.says("Und meins war auch hart.")
        async with town.opened() as house:
            await missed.card(version=1)
            await town.until(lambda: len(town.slack.sockets.open) == 2)
            await town.click(BOB, card, "approve")
            house.pipeline.resume(by="Alice")
            town.time_passes(seconds=40)
            await town.sweeps()
            await held.card(standing="Published")
            await asked.card(standing="Published")

    assert (len(held.replies), len(asked.replies)) == (1, 1)
    assert (held.cards, asked.cards) == ([held_card], [card])


async def test_a_house_of_one_signs_twice_with_a_reason_and_a_pause(tmp_path: Path) -> None:
    alone = RULES.replace('brand_words = ["Krume"]', 'second_person = "none"')
    async with a_town(tmp_path, rules=alone) as town:
        customer, card = await town.asked("Ich schalte jetzt meinen Anwalt ein und verklage euch wegen dem Brot.")
        reason = {"reason": {"text": "Mit der Anwältin besprochen."}}

        first = await town.slack.submit(ALICE, await town.modal(ALICE, card, "approve"), reason)
        await town.until(lambda: "1 of 2* · Alice, a second look please" in words_on(card))
        at_once = await town.slack.submit(ALICE, await town.modal(ALICE, card, "approve"), reason)
        town.time_passes(seconds=61)
        later = await town.slack.submit(ALICE, await town.modal(ALICE, card, "approve"), reason)
        await customer.card(standing="Published")

    assert (first.action, at_once.action, later.action) == ("close", "errors", "close")
    assert "second look is possible from" in at_once.errors["reason"]
    assert len(customer.replies) == 1
