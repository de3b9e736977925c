"""The control address of the pretend Slack as a process of its own: `POST /__control/<verb>` with a JSON object.

The verbs and their arguments are those of SlackServer. A card is named by its `ts`, a modal by its id or by its user.
"""

from __future__ import annotations

from dataclasses import asdict
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.counterparts.slack_elements import CannotSend, NotThere
from tests.counterparts.slack_envelope import Envelope
from tests.counterparts.slack_people import Seen
from tests.counterparts.slack_workspace import Json, Message, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.counterparts.slack_server import SlackServer

VERBS = (
    "archive", "click", "close", "command", "delete_card", "deliver_by_http", "disconnect_frame", "drop_sockets",
    "fault_next", "open_home", "pass_time", "react", "remove_bot", "reply_in_thread", "say", "select", "submit",
)  # fmt: skip


def add_control(app: web.Application, slack: SlackServer) -> None:
    """Give an application the control addresses: `GET /__control/state`, `POST /__control/<verb>`."""

    async def state(_request: web.Request) -> web.Response:
        return web.json_response(state_of(slack))

    async def verb(request: web.Request) -> web.Response:
        try:
            return web.json_response(await _do(slack, request.match_info["verb"], await request.json()))
        except (LookupError, TypeError, ValueError) as error:
            status = 409 if isinstance(error, (NotThere, CannotSend)) else 400
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=status)

    app.router.add_get("/__control/state", state)
    app.router.add_post("/__control/{verb}", verb)


def state_of(slack: SlackServer) -> Json:
    """Everything that a test may want to see."""
    return {
        "posts": {name: [_message(post) for post in slack.posts(name)] for name in slack.workspace.channels},
        "messages": {
            name: [_message(post) for post in room.messages] for name, room in slack.workspace.channels.items()
        },
        "ephemerals": [asdict(note) for note in slack.ephemerals],
        "views": [_view(view) for view in slack.views],
        "homes": {user: _view(view) for user, view in slack.workspace.homes.items()},
        "calls": [asdict(call) for call in slack.calls],
        "acks": [asdict(ack) for ack in slack.acks],
        "sockets": len(slack.sockets.open),
        "posted": [asdict(posted) for posted in slack.webhooks.posted] if slack.webhooks else [],
    }


async def _do(slack: SlackServer, verb: str, arguments: Json) -> Json:
    if verb == "set":
        return _set(slack, arguments)
    if verb not in VERBS:
        raise LookupError(f"no such verb: {verb}")
    act: Callable[..., Any] = getattr(slack, verb)
    done = act(**{name: _found(slack, name, value) for name, value in arguments.items()})
    return _shown(await done if isawaitable(done) else done)


def _set(slack: SlackServer, arguments: Json) -> Json:
    """Change a setting: `scopes`, `page_size`, `post_interval`, or `signing` of the requests by HTTP."""
    for name, value in arguments.items():
        match name:
            case "scopes":
                slack.workspace.scopes = set(value)
            case "page_size" | "post_interval":
                setattr(slack.workspace, name, value)
            case "signing" if slack.webhooks:
                slack.webhooks.signing = value
            case _:
                raise LookupError(f"no such setting now: {name}")
    return {}


def _found(slack: SlackServer, name: str, value: Any) -> Any:
    """Turn names into what they stand for."""
    if name == "card":
        everything = (message for room in slack.workspace.channels.values() for message in room.messages)
        return next(
            thing
            for thing in [*everything, *slack.views]
            if value in (getattr(thing, "ts", ""), getattr(thing, "id", ""))
        )
    if name == "view":
        return slack.view(value) or slack.workspace.views[value]
    return value


def _shown(result: Any) -> Json:
    match result:
        case Envelope():
            ack = asdict(result.ack) if result.ack else None
            return {"envelope_id": result.id, "attempts": result.attempts, "lost": result.lost, "ack": ack}
        case Seen():
            return {"action": result.action, "errors": result.errors, "why": result.why, "view": _view(result.view)}
        case Message():
            return _message(result)
        case _:
            return {}


def _message(message: Message) -> Json:
    kept = {"channel": message.channel, "deleted": message.deleted, "versions": message.versions}
    return message.json(metadata=True) | kept


def _view(view: View | None) -> Json | None:
    return None if view is None else view.json() | {"user": view.user, "is_open": view.is_open}
