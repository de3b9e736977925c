"""What a person can press, pick and fill in on a card or a modal: never anything that is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.counterparts.slack_workspace import Json, View

ENTRIES = ("plain_text_input", "url_text_input", "email_text_input")
PICKS = ("static_select", "radio_buttons", "overflow")
MANY = ("checkboxes", "multi_static_select")


class NotThere(LookupError):
    """A person cannot press what the card does not show."""


class CannotSend(ValueError):
    """Slack itself holds the form back: something needed is empty, too short or too long."""


@dataclass(frozen=True, kw_only=True)
class Picked:
    """One element, and the option that was chosen on it."""

    block: Json
    element: Json
    option: Json | None

    def action(self, at: str) -> Json:
        """The entry in `actions` that Slack sends for it."""
        element = self.element
        said = {
            key: element[key]
            for key in ("type", "action_id", "text", "value", "style", "placeholder")
            if key in element
        }
        return said | _choice(element, self.option) | {"block_id": self.block["block_id"], "action_ts": at}


def pick(blocks: list[Json], name: str, value: str | None = None) -> Picked:
    """Find a button by its action id, or an option by its value or the beginning of it (up to a colon)."""
    for block, element in elements(blocks):
        if element.get("action_id") == name and value is None and element["type"] not in (*PICKS, *MANY):
            return Picked(block=block, element=element, option=None)
        wanted = value if element.get("action_id") == name else name if value is None else None
        for option in options(element) if wanted is not None else ():
            if option["value"] == wanted or option["value"].startswith(f"{wanted}:"):
                return Picked(block=block, element=element, option=option)
    shown = ", ".join(str(element.get("action_id")) for _, element in elements(blocks))
    raise NotThere(f"nothing called {name} {value or ''} is shown, only: {shown}")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Everything that can be pressed or filled in, with its block."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if element and "action_id" in element:
                yield block, element


def options(element: Json) -> list[Json]:
    """All options of a select or menu."""
    return [option for group in [element, *element.get("option_groups", [])] for option in group.get("options", [])]


def state_of(blocks: list[Json], picked: Picked) -> Json:
    """What all selects of a card show after the click."""
    state: Json = {}
    for block, element in elements(blocks):
        if element["type"] in ("static_select", "radio_buttons", *MANY):
            chosen = picked.option if element is picked.element else element.get("initial_option")
            state.setdefault(block["block_id"], {})[element["action_id"]] = {
                "type": element["type"],
                **_choice(element, chosen),
            }
    return state


def fill_in(view: View, values: Json) -> Json:
    """The state of a modal after a person filled in `values`, a mapping of block to action to words or option value."""
    fields = {(str(block.get("block_id")), element["action_id"]): (block, element) for block, element in _fields(view)}
    filled = {(block, action): value for block, actions in values.items() for action, value in actions.items()}
    if missing := filled.keys() - fields.keys():
        raise NotThere(f"the modal has no field {missing}")
    state: Json = {}
    for (name, action), (block, element) in fields.items():
        before = view.typed.get(name, {}).get(action) or _initial(element)
        now = _filled(element, filled[name, action]) if (name, action) in filled else before
        _check(block, element, now)
        state.setdefault(name, {})[action] = now
    return state


def _fields(view: View) -> Iterator[tuple[Json, Json]]:
    kinds = {*ENTRIES, *PICKS, *MANY} - {"overflow"}
    return ((block, element) for block, element in elements(view.body["blocks"]) if element["type"] in kinds)


def _initial(element: Json) -> Json:
    if element["type"] in ENTRIES:
        return {"type": element["type"], "value": element.get("initial_value") or None}
    return {"type": element["type"], **_choice(element, element.get("initial_option"))}


def _filled(element: Json, value: str | None) -> Json:
    if element["type"] in ENTRIES:
        return {"type": element["type"], "value": value or None}
    found = next((option for option in options(element) if option["value"] == value), None)
    if found is None:
        raise NotThere(f"{element['action_id']} has no option {value}")
    return {"type": element["type"], **_choice(element, found)}


def _choice(element: Json, option: Json | None) -> Json:
    if element["type"] in MANY:
        return {"selected_options": [option] if option else element.get("initial_options", [])}
    return {"selected_option": option} if element["type"] in PICKS else {}


def _check(block: Json, element: Json, now: Json) -> None:
    content = now.get("value") or now.get("selected_option") or now.get("selected_options")
    if block["type"] == "input" and not content and not block.get("optional"):
        raise CannotSend(f"{block.get('block_id')} must be filled in")
    words = str(now.get("value") or "")
    if words and not element.get("min_length", 0) <= len(words) <= element.get("max_length", 3000):
        raise CannotSend(f"{block.get('block_id')} is too short or too long: {len(words)} characters")
