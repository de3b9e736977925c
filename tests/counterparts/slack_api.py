"""The door of the Web API: knows every method, its token, scope and arguments, and refuses all else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.counterparts.slack_workspace import Json, SlackError, Workspace

Kind = type[str] | type[int] | type[bool] | type[list[Any]] | type[dict[str, Any]]
Call = Callable[[Workspace, Json], Json]

BOT_TOKEN = "xoxb-candor-test"
APP_TOKEN = "xapp-candor-test"
WORDS = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, kw_only=True)
class Method:
    """What one method takes; a scope such as `*:read` depends on the kind of channel it is called for."""

    call: Call
    scope: str | None = None
    needed: Mapping[str, Kind] = field(default_factory=dict)
    optional: Mapping[str, Kind] = field(default_factory=dict)
    token: Literal["bot", "app"] = "bot"


class Methods(dict[str, Method]):
    """The methods of one family, by name."""

    def enter(self, name: str, **about: Any) -> Callable[[Call], Call]:
        """Make a function one of them."""

        def enter(call: Call) -> Call:
            self[name] = Method(call=call, **about)
            return call

        return enter


def answer(methods: Mapping[str, Method], workspace: Workspace, name: str, token: str | None, raw: Json) -> Json:
    """Carry out one call; raises SlackError with the code that Slack would give."""
    if name not in methods:
        raise SlackError("unknown_method", req_method=name)
    called = methods[name]
    _check_token(called, token)
    arguments = _arguments(called, raw)
    _check_scope(workspace, called, arguments)
    return called.call(workspace, arguments)


def _check_token(called: Method, token: str | None) -> None:
    if not token:
        raise SlackError("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise SlackError("invalid_auth")
    if token != {"bot": BOT_TOKEN, "app": APP_TOKEN}[called.token]:
        raise SlackError("not_allowed_token_type")


def _check_scope(workspace: Workspace, called: Method, arguments: Json) -> None:
    if called.scope is None:
        return
    channel = workspace.channels.get(arguments.get("channel", ""))
    workspace.need_scope(called.scope.replace("*", channel.kind if channel else "channels"))


def _arguments(called: Method, raw: Json) -> Json:
    known = {**called.needed, **called.optional}
    wrong = [f"[ERROR] no such argument [json-pointer:/{name}]" for name in raw if name not in known]
    wrong += [f"[ERROR] missing required field: {name}" for name in called.needed if raw.get(name) in (None, "")]
    arguments = {}
    for name in known.keys() & raw.keys():
        try:
            arguments[name] = _read(raw[name], known[name])
        except (TypeError, ValueError):
            if name == "blocks":
                raise SlackError("invalid_blocks_format") from None
            wrong.append(f"[ERROR] must be of type {known[name].__name__} [json-pointer:/{name}]")
    if wrong:
        raise SlackError("invalid_arguments", response_metadata={"messages": wrong})
    return arguments


def _read(value: Any, kind: Kind) -> Any:
    """Forms carry everything as words; JSON bodies must already have the right type."""
    if isinstance(value, str) and kind is not str:
        value = WORDS.get(value) if kind is bool else json.loads(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(value)
    return value
