"""The same verbs over HTTP, for tests that run the bot as a process of its own: `POST /__control/VERB` with JSON.

A chat is given by its id, a person by theirs, a post as `{"chat": id, "id": number}`; posts come back in the same way.
`GET /__control/sent` and `/__control/calls` tell what the bot did, `/__control/waiting` what it has not fetched yet.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.counterparts.telegram_chats import Chat, Json, Person, Post

if TYPE_CHECKING:
    from tests.counterparts.telegram_world import World

VERBS = frozenset(
    {
        "a_day_passes",
        "add_channel",
        "add_group",
        "add_member",
        "add_person",
        "add_private",
        "add_topic",
        "bot_becomes",
        "changes_token",
        "closes_topic",
        "cut_after",
        "cut_before",
        "delay",
        "deletes",
        "delivers_twice",
        "edits",
        "fault_next",
        "limits_posts",
        "posts_album",
        "publishes",
        "rival_polls",
        "says",
        "sets_privacy",
        "upgrades",
    }
)
CHATS, PEOPLE, POSTS = ("chat", "group", "channel"), ("person", "by", "via_bot"), ("post", "reply_to")


def add_control(app: web.Application, world: World) -> None:
    """Put the endpoints beside the Bot API."""

    async def drive(request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        if verb not in VERBS:
            return web.json_response({"error": f"no such verb: {verb}"}, status=404)
        try:
            given = {name: _meant(world, name, value) for name, value in (await _body(request)).items()}
            done = getattr(world, verb)(**given)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": repr(error)}, status=400)
        return web.json_response(_told(done))

    async def look(request: web.Request) -> web.Response:
        match request.match_info["what"]:
            case "sent":
                return web.json_response(_told(world.sent))
            case "calls":
                return web.json_response([{"method": method, "fields": fields} for method, fields in world.calls])
            case "waiting":
                return web.json_response(world.mailbox.updates)
            case "faults":
                return web.json_response([asdict(fault) for fault in world.faults])
            case what:
                return web.json_response({"error": f"nothing to see: {what}"}, status=404)

    app.router.add_post("/__control/{verb}", drive)
    app.router.add_get("/__control/{what}", look)


async def _body(request: web.Request) -> Json:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise TypeError(body)
    return body


def _meant(world: World, name: str, value: Any) -> Any:
    """Turn ids into the things that they name."""
    if value is None:
        return None
    if name in CHATS:
        return world.chats[value]
    if name in PEOPLE:
        return world.people[value]
    if name == "who":
        return world.people.get(value) or world.chats[value]
    if name in POSTS:
        return world.chats[value["chat"]].posts[value["id"]]
    return value


def _told(done: object) -> object:
    match done:
        case Person():
            return done.as_json()
        case Chat():
            return done.as_json()
        case Post():
            target = {"chat": done.reply_to.chat.id, "id": done.reply_to.id} if done.reply_to else None
            return {"chat": done.chat.id, "id": done.id, "text": done.text, "link": done.link, "reply_to": target}
        case list():
            return [_told(one) for one in done]
        case int():
            return {"id": done}
        case _:
            return {"ok": True}
