"""Updates that wait for the bot until it confirms them, whether it polls or has a webhook."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.counterparts.telegram_errors import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET, TelegramRefuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.counterparts.telegram_chats import Json

KINDS = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member")
KINDS_NOT_MODELLED = (
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
)
FIRST_UPDATE = 870_000_001


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where updates go instead of being polled, and how that went last."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Mailbox:
    """The queue of one bot. Everything runs on one event loop; there are no locks."""

    def __init__(self) -> None:
        """Empty, polled, and with every kind that is modelled allowed."""
        self.updates: list[Json] = []
        self.webhook: Webhook | None = None
        self.allowed: tuple[str, ...] = KINDS
        self.stirred = asyncio.Event()
        self._next = FIRST_UPDATE
        self._poll: asyncio.Future[None] | None = None
        self._rivals = 0

    def put(self, kind: str, content: Json) -> None:
        """Queue an update, unless its kind is not allowed now: a later change does not bring it back."""
        if kind not in self.allowed:
            return
        self.updates.append({"update_id": self._next, kind: content})
        self._next += 1
        self.stirred.set()
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Keep the last setting when nothing is given; an empty list means all kinds by default."""
        if kinds is None:
            return
        if unknown := [kind for kind in kinds if kind not in KINDS + KINDS_NOT_MODELLED]:
            raise TelegramRefuses(400, f"unknown allowed_updates {unknown}")
        self.allowed = tuple(kinds) or KINDS

    async def take(self, *, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm what lies below `offset`, then hand out the rest, waiting up to `seconds` when there is none."""
        if self.webhook:
            raise TelegramRefuses(409, WEBHOOK_ACTIVE)
        if self._rivals:
            self._rivals -= 1
            raise TelegramRefuses(409, OTHER_POLLER)
        self._interrupt(OTHER_POLLER)
        self._confirm(offset)
        if not self.updates and seconds:
            await self._wait(seconds)
        return self.updates[:limit]

    def rival_polls(self) -> None:
        """Let another process poll with the same token: the poll that waits ends, or else the next one."""
        if not self._interrupt(OTHER_POLLER):
            self._rivals += 1

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Send updates to this address from now on, or let them be polled again."""
        if webhook:
            self._interrupt(WEBHOOK_SET)
        self.webhook = webhook
        self.stirred.set()

    async def next_for_webhook(self) -> tuple[Webhook, Json]:
        """Wait until there is an update and somewhere to send it."""
        while not (self.webhook and self.updates):
            self.stirred.clear()
            await self.stirred.wait()
        return self.webhook, self.updates[0]

    def forget(self, update: Json) -> None:
        """Drop an update that was delivered, if it is still there."""
        self.updates = [other for other in self.updates if other is not update]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset > 0:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None

    def _interrupt(self, why: str) -> bool:
        if not self._poll or self._poll.done():
            return False
        self._poll.set_exception(TelegramRefuses(409, why))
        self._poll = None
        return True
