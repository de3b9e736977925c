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

from bot.core.why import Why
from bot.errors import ChannelError, NeedsLogin, NotSent, OutcomeUnknown, Refused

# The only faults after which surely no byte of the call has left.
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
LONGEST_REASON = 200
UNREAD = ". Parsing the server response"

# Telegram's sentences that people meet most, said so that they know what happened.
PLAIN = {
    "message to be replied not found": Why.post_gone,
    "message is too long": Why.text_too_long,
    "chat not found": Why.chat_unknown,
    "topic_closed": Why.topic_closed,
    "group migrated to supergroup": Why.chat_moved,
}


def failure_from(error: TelegramError, *, token: str) -> ChannelError:
    """Translate what the library raised; an error that nobody has named leaves the outcome unknown.

    Source: the error table for Telegram, measured against python-telegram-bot 22.8.
    """
    reason = reason_of(error, token=token)
    match error:
        case RetryAfter():
            return NotSent(Why.telegram_slow(said=reason), retry_after=seconds(error.retry_after))
        case InvalidToken():
            return NeedsLogin(Why.telegram_key())
        case Conflict():
            return NeedsLogin(Why.telegram_two_listeners())
        case BadRequest() | Forbidden() | ChatMigrated():  # BadRequest is a NetworkError too: it must be named first
            return Refused(Why.telegram_refuses(said=reason))
        case _ if never_left(error):
            return NotSent(Why.telegram_away(said=reason))
        case _:
            return OutcomeUnknown(Why.telegram_perhaps(said=reason))


def never_left(error: TelegramError) -> bool:
    """Tell whether it is proved that nothing was sent; the library keeps the proof as the cause."""
    return isinstance(error.__cause__, NEVER_LEFT)


def reason_of(error: TelegramError, *, token: str) -> str:
    """Say why in one short line, without the token: it stands in every address, and a proxy may repeat that.

    Nor with the answer itself, which the library quotes when it cannot be read: it may hold what customers wrote.
    """
    if isinstance(error.__cause__, httpx.ConnectError):
        return Why.no_connection()
    said = " ".join(str(error).split()).replace(token, "…").partition(UNREAD)[0]
    plain = next((why for theirs, why in PLAIN.items() if theirs in said.casefold()), None)
    return plain() if plain else said[:LONGEST_REASON]


def seconds(wait: float | timedelta) -> float:
    """Read a waiting time, which the library gives in two ways depending on its version and settings."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
