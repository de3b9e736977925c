"""What `candor doctor` asks Telegram: does the token fit, do groups let us read, is nobody in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.channels.telegram_client import TelegramClient
from bot.channels.telegram_failures import failure_from, reason_of
from bot.core.check import Check
from bot.errors import NeedsLogin

if TYPE_CHECKING:
    from telegram import WebhookInfo

    from bot.channels.telegram_aim import Me

TOKEN, GROUPS, WEBHOOK = "Telegram token", "Telegram groups", "Telegram webhook"

PRIVACY = (
    "@{username} sees commands and answers to itself in groups, little else: @BotFather, /setprivacy, Disable; "
    "then remove the bot from each group and add it again (or make it an administrator there)"
)
IN_THE_WAY = "a webhook takes the updates; `candor run` removes it, and whoever set it hears nothing any more"

TAKEN_OVER = "it leads to another address; `candor run` makes it ours, and whoever set it hears nothing any more"


async def telegram_checks(
    *, token: str, api_url: str, webhook_url: str | None = None, patience: float = 5.0
) -> list[Check]:
    """Ask and tell in rows; nothing is changed at Telegram.

    `webhook_url` is the house's own address in webhook mode; `patience` is seconds per question.
    """
    client = TelegramClient(token=token, api_url=api_url, patience=patience)
    try:
        me = await client.introduce()
        webhook = await client.bot.get_webhook_info()
    except TelegramError as error:
        return [Check(name=TOKEN, state="fail", mend=_mend_of(error, token))]
    finally:
        await client.close()
    return [Check(name=f"{TOKEN} of @{me.username}", state="ok"), _groups(me), *_webhook(webhook, webhook_url)]


def _mend_of(error: TelegramError, token: str) -> str:
    failure = failure_from(error, token=token)
    if isinstance(failure, NeedsLogin):
        return str(failure)
    return f"Telegram does not answer (network, TELEGRAM_API_URL?): {reason_of(error, token=token)}"


def _groups(me: Me) -> Check:
    if me.reads_all:
        return Check(name=f"{GROUPS}: everything said there is heard", state="ok")
    return Check(name=GROUPS, state="warn", mend=PRIVACY.format(username=me.username))


def _webhook(found: WebhookInfo, ours: str | None) -> list[Check]:
    """Long polling needs no webhook, and then there is nothing to say about one."""
    if found.url and not (ours and found.url.startswith(ours)):
        return [Check(name=WEBHOOK, state="warn", mend=TAKEN_OVER if ours else IN_THE_WAY)]
    if ours:
        return [Check(name=f"{WEBHOOK} to {ours}", state="ok", mend="" if found.url else "`candor run` sets it")]
    return []
