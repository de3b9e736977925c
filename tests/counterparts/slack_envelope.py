"""What Slack hands to the app, and the receipt it wants for it within three seconds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import uuid4

from tests.counterparts.slack_workspace import APP_ID, BOT_USER, TEAM_ID, Json

Kind = Literal["interactive", "events_api", "slash_commands"]


@dataclass(frozen=True, kw_only=True)
class Ack:
    """A receipt: what for, how many seconds after the first sending, and what the app said with it."""

    envelope_id: str
    kind: Kind
    name: str
    delay: float
    payload: Json


@dataclass(kw_only=True, eq=False)
class Envelope:
    """One thing that happened, on its way to the app; `attempts` counts how often it was handed over."""

    kind: Kind
    payload: Json
    id: str = field(default_factory=lambda: str(uuid4()))
    attempts: int = 0
    first_sent: float = 0.0
    ack: Ack | None = None
    lost: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        """What a person would call it: the action, the modal, the command or the event."""
        if self.kind == "interactive":
            view = self.payload.get("view") or {}
            return str(
                self.payload["actions"][0]["action_id"] if "actions" in self.payload else view.get("callback_id", "")
            )
        return str(self.payload["command"] if self.kind == "slash_commands" else self.payload["event"]["type"])

    def frame(self) -> Json:
        """The envelope as Socket Mode sends it."""
        frame = {"envelope_id": self.id, "type": self.kind, "payload": self.payload}
        if self.kind == "events_api":
            again = self.attempts - 1
            return frame | {
                "accepts_response_payload": False,
                "retry_attempt": again,
                "retry_reason": "timeout" if again else "",
            }
        return frame | {"accepts_response_payload": True}

    def sent(self) -> None:
        """It leaves the house, perhaps once more."""
        self.attempts += 1
        self.first_sent = self.first_sent or asyncio.get_running_loop().time()

    def acknowledge(self, payload: Json) -> Ack:
        """The app has it; only its first receipt counts."""
        delay = asyncio.get_running_loop().time() - self.first_sent
        ack = Ack(envelope_id=self.id, kind=self.kind, name=self.name, delay=delay, payload=payload)
        self.ack = self.ack or ack
        self.answered.set()
        return ack

    def give_up(self) -> None:
        """Nobody took it: the person sees a warning triangle."""
        self.lost = True
        self.answered.set()


class Delivery(Protocol):
    """A way to the app: Socket Mode, or signed HTTP."""

    acks: list[Ack]

    async def send(self, envelope: Envelope) -> None:
        """Hand it over, again if need be, until it is acknowledged or given up."""


def event(happened: Json, *, now: float) -> Envelope:
    """An event of the Events API."""
    about: dict[str, Any] = {"team_id": TEAM_ID, "api_app_id": APP_ID, "type": "event_callback", "event": happened}
    who = [
        {"team_id": TEAM_ID, "user_id": BOT_USER, "is_bot": True, "enterprise_id": None, "is_enterprise_install": False}
    ]
    numbered = {"event_id": f"Ev{uuid4().hex[:9].upper()}", "event_time": int(now), "authorizations": who}
    return Envelope(kind="events_api", payload={**about, **numbered, "is_ext_shared_channel": False})
