"""What a signed knock of Slack must look like before anything in it is believed to mean something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, Discriminator, Field, Tag, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

_Name = Annotated[str, Field(min_length=1)]


class _Someone(BaseModel):
    id: _Name


class _Option(BaseModel):
    value: str | None = None


class _Action(BaseModel):
    action_id: str
    block_id: str | None = None
    value: str | None = None
    selected_option: _Option | None = None


class _Place(BaseModel):
    id: str | None = None
    channel_id: str | None = None
    message_ts: str | None = None


class _State(BaseModel):
    values: dict[str, dict[str, dict[str, Any]]] = {}


class _View(BaseModel):
    type: _Name
    callback_id: str
    private_metadata: str = ""
    state: _State | None = None


class _Clicked(BaseModel):
    user: _Someone
    team: _Place | None = None
    channel: _Place | None = None
    container: _Place = _Place()
    actions: Annotated[list[_Action], Field(min_length=1)]


class _Filled(BaseModel):
    user: _Someone
    team: _Place | None = None
    view: _View


class _Item(BaseModel):
    channel: _Name
    ts: _Name


class _Said(BaseModel):
    channel: _Name
    user: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    text: str | None = None


class _Any(BaseModel):
    type: _Name


def _by_type(*known: str) -> Callable[[Any], str]:
    """Which shape a thing must have: that of its type when we listen to it, else any."""
    return lambda thing: thing["type"] if isinstance(thing, dict) and thing.get("type") in known else "other"


class _Reacted(BaseModel):
    user: _Name
    item: Annotated[
        Annotated[_Item, Tag("message")] | Annotated[_Any, Tag("other")], Discriminator(_by_type("message"))
    ]


class _Opened(BaseModel):
    user: _Name


class _Happened(BaseModel):
    event: Annotated[
        Annotated[_Said, Tag("message")]
        | Annotated[_Reacted, Tag("reaction_added")]
        | Annotated[_Opened, Tag("app_home_opened")]
        | Annotated[_Any, Tag("other")],
        Discriminator(_by_type("message", "reaction_added", "app_home_opened")),
    ]
    authorizations: list[dict[str, Any]] | None = None


class _Verified(BaseModel):
    challenge: str


class _Command(BaseModel):
    command: _Name
    user_id: _Name
    response_url: _Name
    team_id: str = ""
    text: str = ""


class _Checked(BaseModel):
    ssl_check: Literal["1"]


_KNOCK: TypeAdapter[object] = TypeAdapter(
    Annotated[
        Annotated[_Clicked, Tag("block_actions")]
        | Annotated[_Filled, Tag("view_submission")]
        | Annotated[_Filled, Tag("view_closed")]
        | Annotated[_Happened, Tag("event_callback")]
        | Annotated[_Verified, Tag("url_verification")]
        | Annotated[_Any, Tag("other")],
        Discriminator(
            _by_type("block_actions", "view_submission", "view_closed", "event_callback", "url_verification")
        ),
    ]
)
_FORM: TypeAdapter[object] = TypeAdapter(_Command | _Checked)
_FAULTS_NAMED = 3


def what_is_wrong(body: bytes, kind: str) -> str:
    """Why these bytes are no knock of Slack, with places and no words of anybody; empty when all is well."""
    try:
        _read(body.decode(), kind)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        return "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['type']}" for fault in found[:_FAULTS_NAMED]
        )
    except UnicodeDecodeError:
        return "body: no text"
    return ""


def _read(body: str, kind: str) -> None:
    """Read it as Bolt will."""
    if kind.partition(";")[0].strip() == "application/json" or body.startswith("{"):
        _KNOCK.validate_json(body)
        return
    fields = dict(parse_qsl(body, keep_blank_values=True))
    if "payload" in fields:
        _KNOCK.validate_json(fields["payload"])
    else:
        _FORM.validate_python(fields)
