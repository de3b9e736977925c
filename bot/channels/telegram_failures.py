"""What Telegram's refusals mean for a reply: not sent, refused, key does not fit, or nobody knows."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.errors import ChannelError, NeedsLogin, NotSent, OutcomeUnknown, Refused

# The only faults after which surely no byte of the call has left.
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
LONGEST_REASON = 200
UNREAD = ". Parsing the server response"

KEY_DOES_NOT_FIT = (
    "Telegram does not know our token: take the valid one from @BotFather (/mybots, API Token), "
    "put it into TELEGRAM_BOT_TOKEN and start again"
)
TWO_LISTENERS = (
    "something else listens with our Telegram token (another program, or a webhook): "
    "stop it, or make a new bot for it, and start again"
)
# Telegram's sentences that people meet most, said so that they know what happened.
PLAIN = {
    "message to be replied not found": "the customer's post is gone",
    "message is too long": "the text is longer than the 4096 characters Telegram takes",
    "chat not found": "Telegram does not know this chat (any more)",
    "topic_closed": "the topic is closed",
    "group migrated to supergroup": "the group has become a supergroup with a new address, where the customer's post "
    "cannot be answered any more: somebody should write there by hand",
}


def failure_from(error: TelegramError, *, token: str) -> ChannelError:
    """Translate what the library raised; an error that nobody has named leaves the outcome unknown.

    Source: the error table for Telegram, measured against python-telegram-bot 22.8.
    """
    reason = reason_of(error, token=token)
    match error:
        case RetryAfter():
            return NotSent(f"Telegram asks us to slow down: {reason}", retry_after=seconds(error.retry_after))
        case InvalidToken():
            return NeedsLogin(KEY_DOES_NOT_FIT)
        case Conflict():
            return NeedsLogin(TWO_LISTENERS)
        case BadRequest() | Forbidden() | ChatMigrated():  # BadRequest is a NetworkError too: it must be named first
            return Refused(f"Telegram refuses: {reason}")
        case _ if never_left(error):
            return NotSent(f"Telegram cannot be reached: {reason}")
        case _:
            return OutcomeUnknown(f"Telegram took our words perhaps, perhaps not: {reason}")


def never_left(error: TelegramError) -> bool:
    """Tell whether it is proved that nothing was sent; the library keeps the proof as the cause."""
    return isinstance(error.__cause__, NEVER_LEFT)


def reason_of(error: TelegramError, *, token: str) -> str:
    """Say why in one short line, without the token: it stands in every address, and a proxy may repeat that.

    Nor with the answer itself, which the library quotes when it cannot be read: it may hold what customers wrote.
    """
    said = " ".join(str(error).split()).replace(token, "…").partition(UNREAD)[0]
    plain = next((words for theirs, words in PLAIN.items() if theirs in said.casefold()), said)
    return plain[:LONGEST_REASON]


def seconds(wait: float | timedelta) -> float:
    """Read a waiting time, which the library gives in two ways depending on its version and settings."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
