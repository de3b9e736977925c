"""Reads the fields of a call as strictly as they are documented: an unknown field is refused, not ignored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.counterparts.telegram_errors import TelegramRefuses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from tests.counterparts.telegram_chats import Json


async def fields_of(request: web.Request) -> Json:
    """From the query and a form or JSON body, whatever the method (GET and POST are alike to Telegram)."""
    fields: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError as error:
            raise TelegramRefuses(400, "can't parse request JSON") from error
        if not isinstance(body, dict):
            raise TelegramRefuses(400, "object expected as request JSON")
        return fields | body
    return fields | dict(await request.post())


def read(fields: Json, readers: Mapping[str, Callable[[Any], Any]]) -> Json:
    """Each given field as its reader understands it."""
    if unknown := sorted(set(fields) - set(readers)):
        raise TelegramRefuses(400, f"this server knows no field {', '.join(unknown)} here")
    understood = {}
    for name, value in fields.items():
        try:
            understood[name] = readers[name](value)
        except (ValueError, TypeError, KeyError) as error:
            raise TelegramRefuses(400, f"can't parse {name}: {error}") from error
    return understood


def integer(value: object) -> int:
    """A number, or one written as a string."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(value)
    return int(value)


def words(value: object) -> str:
    """A string and nothing else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def flag(value: object) -> bool:
    """True and false, as JSON or as the words that forms carry."""
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "false": False, "0": False}[words(value).lower()]


def chat_reference(value: object) -> int | str:
    """A chat id, or an @username."""
    if isinstance(value, str) and value.startswith("@"):
        return value
    return integer(value)


def names(value: object) -> list[str]:
    """A JSON list of strings."""
    return [words(name) for name in _listed(_parsed(value))]


def marks(value: object) -> list[Json]:
    """A JSON list of message entities."""
    found = [
        _table(mark, {"type", "offset", "length"}, {"url", "user", "language"}) for mark in _listed(_parsed(value))
    ]
    for mark in found:
        integer(mark["offset"]), integer(mark["length"]), words(mark["type"])
    return found


def reply_parameters(value: object) -> Json:
    """Which post is answered; quotes and replies across chats are not modelled, so they are refused."""
    found = _table(_parsed(value), {"message_id"}, {"chat_id", "allow_sending_without_reply"})
    integer(found["message_id"])
    return found


def link_preview_options(value: object) -> Json:
    """How links are shown."""
    known = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
    return _table(_parsed(value), set(), known)


def _parsed(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _table(value: object, needed: set[str], known: set[str]) -> Json:
    if not isinstance(value, dict) or not needed <= set(value) <= needed | known:
        raise TypeError(value)
    return value
