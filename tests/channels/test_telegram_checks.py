"""`candor doctor` says what is wrong with Telegram, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram_checks import telegram_checks
from tests.counterparts.telegram_mailbox import Webhook
from tests.counterparts.telegram_server import TelegramServer

if TYPE_CHECKING:
    from bot.core.check import Check

pytestmark = pytest.mark.counterpart


async def looked(
    telegram: TelegramServer, token: str | None = None, webhook_url: str | None = None
) -> dict[str, Check]:
    found = await telegram_checks(token=token or telegram.token, api_url=telegram.url, webhook_url=webhook_url)
    return {check.name: check for check in found}


async def test_all_is_well() -> None:
    async with TelegramServer.running(reads_everything=True) as telegram:
        found = await looked(telegram)

    assert {name: check.state for name, check in found.items()} == {
        "Telegram token of @candor_bot": "ok",
        "Telegram groups: everything said there is heard": "ok",
    }


async def test_in_webhook_mode_our_own_address_is_well_and_another_is_not() -> None:
    async with TelegramServer.running(reads_everything=True) as telegram:
        ours = "https://candor.example"
        unset = (await looked(telegram, webhook_url=ours))[f"Telegram webhook to {ours}"]
        telegram.mailbox.set_webhook(Webhook(url=f"{ours}/telegram"))
        well = (await looked(telegram, webhook_url=ours))[f"Telegram webhook to {ours}"]
        telegram.mailbox.set_webhook(Webhook(url="https://elsewhere.example/telegram"))
        other = (await looked(telegram, webhook_url=ours))["Telegram webhook"]

    assert (unset.state, unset.mend) == ("ok", "`candor run` sets it")
    assert (well.state, well.mend) == ("ok", "")
    assert other.state == "warn"


async def test_without_a_network_nobody_reads_the_words_of_a_library() -> None:
    [check] = await telegram_checks(token="4200:a-token-that-is-long-enough-to-be", api_url="http://127.0.0.1:9")

    assert check.state == "fail"
    assert check.mend.startswith("Telegram does not answer (network, TELEGRAM_API_URL?): there is no connection")
    assert "httpx" not in check.mend


async def test_privacy_mode_is_warned_of() -> None:
    async with TelegramServer.running() as telegram:
        check = (await looked(telegram))["Telegram groups"]

    assert check.state == "warn"
    assert "/setprivacy" in check.mend
    assert "add it again" in check.mend
    assert "@candor_bot" in check.mend


async def test_a_webhook_in_the_way_is_warned_of_and_left_alone() -> None:
    async with TelegramServer.running() as telegram:
        telegram.mailbox.set_webhook(Webhook(url="http://127.0.0.1:9/"))
        check = (await looked(telegram))["Telegram webhook"]
        standing = telegram.mailbox.webhook

    assert check.state == "warn"
    assert standing is not None


async def test_a_wrong_token_is_told_without_showing_it() -> None:
    token = "4200:another-token-that-opens-no-door"
    async with TelegramServer.running() as telegram:
        found = await looked(telegram, token)

    assert list(found) == ["Telegram token"]
    assert found["Telegram token"].state == "fail"
    assert "TELEGRAM_BOT_TOKEN" in found["Telegram token"].mend
    assert token not in found["Telegram token"].mend


async def test_a_telegram_that_does_not_answer_is_told() -> None:
    async with TelegramServer.running() as telegram:
        telegram.cut_before("getMe")
        check = (await looked(telegram))["Telegram token"]

    assert check.state == "fail"
    assert "TELEGRAM_API_URL" in check.mend
