"""The people in the pretend Slack: they press, pick, write and fill in, and see what the app answers."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.counterparts import slack_chat, slack_views
from tests.counterparts.slack_elements import fill_in, pick, state_of
from tests.counterparts.slack_envelope import Ack, Delivery, Envelope
from tests.counterparts.slack_workspace import APP_ID, TEAM_ID, Ephemeral, Json, Message, SlackError, View, Workspace

if TYPE_CHECKING:
    from collections.abc import Coroutine


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a person saw after sending a modal: `close`, `errors`, `update`, `push`, `clear`, or `trouble` and why."""

    action: str
    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None
    why: str = ""


class People:
    """Everything that people do; `delivery` carries it to the app."""

    def __init__(self, workspace: Workspace, *, patience: float) -> None:
        self.workspace, self.patience = workspace, patience
        self.delivery: Delivery
        self.sent: list[Envelope] = []
        self.acks: list[Ack] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def click(
        self,
        user: str,
        card: Message | View,
        action_id: str,
        value: str | None = None,
        *,
        face: int = -1,
        wait: bool = True,
    ) -> Envelope:
        """Press a button, or choose the option `value`; `face=0` presses on the first face of a card redrawn since."""
        blocks = card.versions[face]["blocks"]
        picked = pick(blocks, action_id, value)
        payload = self._person(user) | self._surface(user, card, face) | {"type": "block_actions"}
        payload |= {"actions": [picked.action(f"{self.workspace.now():.6f}")]}
        if isinstance(card, Message):
            payload["state"] = {"values": state_of(blocks, picked)}
        return await self._hand_over(Envelope(kind="interactive", payload=payload), wait=wait)

    async def select(self, user: str, card: Message | View, action_id: str, value: str, **how: Any) -> Envelope:
        """Choose an option of a select or a menu."""
        return await self.click(user, card, action_id, value, **how)

    async def submit(self, user: str, view: View, values: Json | None = None) -> Seen:
        """Fill in a modal, send it, and see what happens."""
        if not view.is_open or view.user != user:
            return Seen(action="trouble", why="the modal is not on this screen")
        view.typed = fill_in(view, values or {})
        payload = self._person(user) | {"type": "view_submission", "view": view.json(), "response_urls": []}
        envelope = await self._hand_over(Envelope(kind="interactive", payload=payload), wait=True)
        if envelope.ack is None:
            return Seen(action="trouble", why="no answer within three seconds")
        return self._see(view, envelope.ack.payload)

    async def close(self, view: View) -> Envelope | None:
        """Cancel a modal; the app hears of it only when it asked to."""
        slack_views.close(view)
        if not view.body.get("notify_on_close"):
            return None
        payload = self._person(view.user) | {"type": "view_closed", "view": view.json(), "is_cleared": False}
        return await self._hand_over(Envelope(kind="interactive", payload=payload), wait=True)

    async def command(
        self, user: str, command: str, text: str = "", *, channel: str = "C0CANDOR", wait: bool = True
    ) -> Envelope:
        """Type a slash command; an answer that came with the receipt is shown to this person alone."""
        room, person = self.workspace.channels[channel], self.workspace.users[user]
        where = {"team_id": TEAM_ID, "team_domain": "candor", "channel_id": room.id, "channel_name": room.name}
        who = {"user_id": user, "user_name": person.name, "trigger_id": self.workspace.new_trigger(user)}
        what = {
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "token": "deprecated",
        }
        answer_to = self.workspace.new_response_url(channel=channel, user=user)
        payload = {**where, **who, **what, "response_url": answer_to}
        envelope = await self._hand_over(Envelope(kind="slash_commands", payload=payload), wait=wait)
        if envelope.ack and envelope.ack.payload.get("text"):
            self.workspace.ephemerals.append(Ephemeral(channel=channel, user=user, text=envelope.ack.payload["text"]))
        return envelope

    def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """Write in a channel."""
        said = {"text": text, "thread_ts": thread_ts} if thread_ts else {"text": text}
        return slack_chat.store(self.workspace, self.workspace.channels[channel], user, said)

    def reply_in_thread(self, user: str, card: Message, text: str) -> Message:
        """Write below a card."""
        return self.say(user, card.channel, text, thread_ts=card.thread_ts or card.ts)

    def react(self, user: str, card: Message, name: str) -> None:
        """React to a post with an emoji, named without colons."""
        slack_chat.react(self.workspace, card, user, name)

    def open_home(self, user: str) -> None:
        """Look at the App Home."""
        event = {"type": "app_home_opened", "user": user, "tab": "home", "channel": self.workspace.direct(user).id}
        self.workspace.emit({**event, "event_ts": self.workspace.next_ts()}, None)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on by itself."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hand_over(self, envelope: Envelope, *, wait: bool) -> Envelope:
        self.sent.append(envelope)
        self.start(self.delivery.send(envelope))
        if wait:
            with suppress(TimeoutError):
                await asyncio.wait_for(envelope.answered.wait(), self.patience)
        return envelope

    def _person(self, user: str) -> Json:
        person = self.workspace.users[user]
        who = {"id": user, "username": person.name, "name": person.name, "team_id": TEAM_ID}
        team = {"team": {"id": TEAM_ID, "domain": "candor"}, "enterprise": None, "is_enterprise_install": False}
        return {
            "user": who,
            **team,
            "api_app_id": APP_ID,
            "token": "deprecated",
            "trigger_id": self.workspace.new_trigger(user),
        }

    def _surface(self, user: str, card: Message | View, face: int) -> Json:
        if isinstance(card, View):
            return {"container": {"type": "view", "view_id": card.id}, "view": card.json()}
        room = self.workspace.channels[card.channel]
        shown = card.json(metadata=True) | {key: card.versions[face][key] for key in ("text", "blocks")}
        answer_to = self.workspace.new_response_url(channel=card.channel, user=user, ts=card.ts)
        place = {"type": "message", "message_ts": card.ts, "channel_id": card.channel, "is_ephemeral": False}
        thread = {"thread_ts": card.thread_ts} if card.thread_ts else {}
        named = {"channel": {"id": room.id, "name": room.name}, "response_url": answer_to}
        return {"container": place | thread, "message": shown, **named}

    def _see(self, view: View, said: Json) -> Seen:
        action = str(said.get("response_action", "close"))
        try:
            return self._carry_out(action, view, said)
        except SlackError as error:
            return Seen(action="trouble", why=f"{error.code} {error.details}")

    def _carry_out(self, action: str, view: View, said: Json) -> Seen:
        match action:
            case "close":
                slack_views.close(view)
                return Seen(action=action)
            case "clear":
                slack_views.clear(view)
                return Seen(action=action)
            case "errors":
                fields = {block.get("block_id") for block in view.body["blocks"] if block["type"] == "input"}
                wrong = not said.get("errors") or said["errors"].keys() - fields
                return (
                    Seen(action="trouble", why=f"no such field: {said}")
                    if wrong
                    else Seen(action=action, errors=said["errors"])
                )
            case "update":
                slack_views.judge(self.workspace, said["view"], kind="modal", instead_of=view)
                return Seen(action=action, view=slack_views.redraw(self.workspace, view, said["view"]))
            case "push":
                slack_views.judge(self.workspace, said["view"], kind="modal")
                return Seen(
                    action=action, view=slack_views.show(self.workspace, view.user, said["view"], on_top_of=view)
                )
            case _:
                return Seen(action="trouble", why=f"unknown response_action {action}")
