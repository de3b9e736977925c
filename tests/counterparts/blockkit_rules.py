"""The rules of Block Kit as a table: every length, count and uniqueness that Slack's reference names."""

from __future__ import annotations

from typing import Any

from tests.counterparts.blockkit_schema import Check, Shape, by_type, flag, items, number, one_of, refuse, string, text

Json = dict[str, Any]

ID = string(255)
URL = string(3000)
CONFIRM = Shape(
    required={
        "title": text(100, plain=True),
        "text": text(300),
        "confirm": text(30, plain=True),
        "deny": text(30, plain=True),
    },
    optional={"style": one_of("primary", "danger")},
)
MENU_OPTION = Shape(
    required={"text": text(75, plain=True), "value": string(150)}, optional={"description": text(75, plain=True)}
)
MARKED_OPTION = Shape(required={"text": text(75), "value": string(150)}, optional={"description": text(75)})
OVERFLOW_OPTION = Shape(required=MENU_OPTION.required, optional={**MENU_OPTION.optional, "url": URL})
GROUP = Shape(required={"label": text(75, plain=True), "options": items(MENU_OPTION, 100)})
ACTION: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
PLACEHOLDER: dict[str, Check] = {"placeholder": text(150, plain=True)}


def _choice(element: Json, path: str) -> list[str]:
    groups = [element, *element.get("option_groups", [])]
    options = [option for group in groups for option in group.get("options", [])]
    if ("options" in element) == ("option_groups" in element):
        return refuse("needs either options or option_groups", path)
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    return (
        []
        if all(option in options for option in chosen)
        else refuse("the initial option must be one of the options", path)
    )


def _length(element: Json, path: str) -> list[str]:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if least > most:
        return refuse("min_length must not be over max_length", path)
    return (
        []
        if len(element.get("initial_value", "")) <= most
        else refuse("initial_value must not be over max_length", path)
    )


def _entry(**extra: Check) -> Shape:
    return Shape(
        optional={
            **ACTION,
            **PLACEHOLDER,
            "dispatch_action_config": Shape(optional={"trigger_actions_on": _any}),
            **extra,
        },
        also=_length,
    )


def _any(_value: Any, _path: str) -> list[str]:
    return []


def _menu(**extra: Check) -> Shape:
    lists = {"options": items(MENU_OPTION, 100), "option_groups": items(GROUP, 100)}
    return Shape(optional={**ACTION, **PLACEHOLDER, **lists, **extra}, also=_choice)


def _marks(**extra: Check) -> Shape:
    return Shape(required={"options": items(MARKED_OPTION, 10)}, optional={**ACTION, **extra}, also=_choice)


BUTTON = Shape(
    required={"text": text(75, plain=True)},
    optional={
        **ACTION,
        "value": string(2000),
        "url": URL,
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
IMAGE = Shape(required={"image_url": URL, "alt_text": string(2000)})
PICKERS: dict[str, Check] = {
    "static_select": _menu(initial_option=MENU_OPTION),
    "multi_static_select": _menu(initial_options=items(MENU_OPTION, 100), max_selected_items=number(1, 100)),
    "users_select": Shape(optional={**ACTION, **PLACEHOLDER, "initial_user": ID}),
    "radio_buttons": _marks(initial_option=MARKED_OPTION),
    "checkboxes": _marks(initial_options=items(MARKED_OPTION, 10)),
    "datepicker": Shape(optional={**ACTION, **PLACEHOLDER, "initial_date": string(10)}),
    "timepicker": Shape(optional={**ACTION, **PLACEHOLDER, "initial_time": string(5), "timezone": string(255)}),
}
ENTRIES: dict[str, Check] = {
    "plain_text_input": _entry(
        initial_value=string(3000, least=0), multiline=flag, min_length=number(0, 3000), max_length=number(1, 3000)
    ),
    "url_text_input": _entry(initial_value=string(3000)),
    "email_text_input": _entry(initial_value=string(3000)),
}
OVERFLOW = Shape(required={"options": items(OVERFLOW_OPTION, 5)}, optional={"action_id": ID, "confirm": CONFIRM})
PRESSED: dict[str, Check] = {**PICKERS, "button": BUTTON, "overflow": OVERFLOW}
SMALL_PRINT = by_type({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)})


def _ids_differ(block: Json, path: str) -> list[str]:
    ids = [element["action_id"] for element in block["elements"] if "action_id" in element]
    return [] if len(ids) == len(set(ids)) else refuse("`action_id` is used twice in one block", path)


def _says_something(block: Json, path: str) -> list[str]:
    return [] if block.get("text") or block.get("fields") else refuse("needs text or fields", path)


def _block(*, also: Check = _any, optional: dict[str, Check] | None = None, **required: Check) -> Shape:
    return Shape(required=required, optional={"block_id": ID, **(optional or {})}, also=also)


BLOCKS: dict[str, Check] = {
    "actions": _block(elements=items(by_type(PRESSED), 25), also=_ids_differ),
    "context": _block(elements=items(SMALL_PRINT, 10)),
    "divider": _block(),
    "header": _block(text=text(150, plain=True)),
    "image": _block(image_url=URL, alt_text=string(2000), optional={"title": text(2000, plain=True)}),
    "input": _block(
        label=text(2000, plain=True),
        element=by_type({**PICKERS, **ENTRIES}),
        optional={"hint": text(2000, plain=True), "optional": flag, "dispatch_action": flag},
    ),
    "markdown": _block(text=string(12000)),
    "section": _block(
        optional={
            "text": text(3000),
            "fields": items(text(2000), 10),
            "accessory": by_type({**PRESSED, "image": IMAGE}),
            "expand": flag,
        },
        also=_says_something,
    ),
}
ONLY_IN_MESSAGES = {"markdown"}


def of_block(block: Json, path: str, *, surface: str) -> list[str]:
    """What is wrong with one block of a message, modal or home."""
    if surface != "message" and block.get("type") in ONLY_IN_MESSAGES:
        return refuse(f"not available here: {block['type']}", path)
    return by_type(BLOCKS)(block, path)


def _can_be_sent(view: Json, path: str) -> list[str]:
    blocks = [block for block in view["blocks"] if isinstance(block, dict)] if isinstance(view["blocks"], list) else []
    if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        return refuse("a modal with an input needs submit", path)
    focused = [
        block for block in blocks if isinstance(block.get("element"), dict) and block["element"].get("focus_on_load")
    ]
    return [] if len(focused) <= 1 else refuse("only one element may set focus_on_load", path)


COMMON: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
BAR = text(24, plain=True)
VIEWS: dict[str, Check] = {
    "modal": Shape(
        required={"title": BAR, "blocks": _any},
        optional={
            **COMMON,
            "submit": BAR,
            "close": BAR,
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
        also=_can_be_sent,
    ),
    "home": Shape(required={"blocks": _any}, optional=COMMON),
}


def of_view(view: Json) -> list[str]:
    """What is wrong with the frame of a modal or a home; its blocks are judged one by one."""
    return by_type(VIEWS)(view, "/view")
