"""What the Bot API answers when it refuses, in its own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.counterparts.telegram_chats import Json

NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class TelegramRefuses(Exception):
    """A refusal with Telegram's code, sentence and parameters."""

    def __init__(self, status: int, why: str = "", **parameters: int) -> None:
        """`why` without the prefix that belongs to the code."""
        super().__init__(why)
        self.status = status
        self.body = refusal(status, why, **parameters)


def refusal(status: int, why: str = "", **parameters: int) -> Json:
    """The JSON body of a refusal."""
    name = NAMES.get(status, "Error")
    body: Json = {"ok": False, "error_code": status, "description": f"{name}: {why}" if why else name}
    return body | ({"parameters": parameters} if parameters else {})


def too_many(seconds: int) -> TelegramRefuses:
    """The flood answer; `seconds` is what a client has to wait."""
    return TelegramRefuses(429, f"retry after {seconds}", retry_after=seconds)
