"""What Slack says when somebody clicks, picks, writes or fills in a form, in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.approvals.slack.addresses import Version, place_of, version_from
from bot.approvals.slack.modals import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.approvals.slack.blocks import Json

NOWHERE = Version(0, -1)
"""What a click means that names none of our versions; no question has this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Somebody wants something: who, from which workspace, standing where."""

    account: str
    team: str
    channel: str | None
    """None in a modal, which hangs in no channel."""
    about: Version = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Click(Knock):
    """A button, a menu or a select of a card."""

    place: str
    trigger: str
    chosen: str
    """The option of a select, or the word before the version in a menu."""
    shown: str
    """The commitment to the words on the card that was clicked."""
    key: str
    """The same when Slack delivers the same click again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Knock):
    """A modal that was filled in."""

    words: str
    kind: str
    reasons: Mapping[str, str]
    """What was written in each block but the reply itself."""
    bound_to: str
    """The fingerprint of the words for which an override was asked."""

    @property
    def override(self) -> str:
        """The reason to publish in spite of what was found; it counts for exactly the words it was asked for."""
        return self.reasons.get("override", "") if self.bound_to == fingerprint(self.words) else ""

    @property
    def reason(self) -> str:
        """The reason that goes into the record."""
        others = (said for block, said in self.reasons.items() if block != "override" and said.strip())
        return self.override or next(others, "")


def click_from(body: Json) -> Click:
    """Read `block_actions`."""
    action: Json = body["actions"][0]
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    block = str(action.get("block_id", ""))
    channel = str((body.get("channel") or {}).get("id") or body.get("container", {}).get("channel_id", ""))
    ts = str(body.get("container", {}).get("message_ts") or (body.get("message") or {}).get("ts", ""))
    return Click(
        **_who(body),
        channel=channel,
        about=version_from(value) or version_from(block) or NOWHERE,
        place=place_of(channel, ts),
        trigger=str(body.get("trigger_id", "")),
        chosen=value.partition(":")[0],
        shown=block.removeprefix("decide:").rsplit(":", 2)[0] if block.startswith("decide:") else "",
        key=f"slack:click:{body.get('trigger_id')}:{action.get('action_ts')}:{action.get('action_id')}:{value}",
    )


def form_from(body: Json) -> Form:
    """Read `view_submission`; kind and reason are found by action id, in whatever block they arrive."""
    view: Json = body["view"]
    fields: dict[str, Json] = view.get("state", {}).get("values", {})
    return Form(
        **_who(body),
        channel=None,
        about=version_from(str(view.get("private_metadata", ""))) or NOWHERE,
        words=_typed(fields.get("words", {})),
        kind=next((kind for kind in map(_chosen, fields.values()) if kind), ""),
        reasons={name: _typed(block) for name, block in fields.items() if name != "words" and "text" in block},
        bound_to=str(view.get("callback_id", "")).partition(":")[2],
    )


def _who(body: Json) -> dict[str, Any]:
    user: Json = body.get("user") or {}
    team: Json = body.get("team") or {}
    return {"account": str(user.get("id", "")), "team": str(team.get("id") or user.get("team_id") or "")}


def _typed(block: Json) -> str:
    return str((block.get("text") or {}).get("value") or "")


def _chosen(block: Json) -> str:
    return str(((block.get("kind") or {}).get("selected_option") or {}).get("value") or "")
