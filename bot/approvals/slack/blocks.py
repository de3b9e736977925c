"""The few building blocks that our cards and modals are made of."""

from __future__ import annotations

from typing import Any

from bot.approvals.slack.wording import TEXT_LIMIT, foreign
from bot.core.text import shortened

Json = dict[str, Any]


def plain(text: str) -> Json:
    """Text in which nothing is markup; the caller has escaped what is not ours."""
    return {"type": "plain_text", "text": text, "emoji": False}


def marked(text: str) -> Json:
    """Text with our own markup, and nobody else's: a customer called „bank.example“ is no link."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Json:
    """The first line of a card, at most 150 characters."""
    return {"type": "header", "text": plain(foreign(text, 150))}


def section(text: Json) -> Json:
    """A paragraph."""
    return {"type": "section", "text": text}


def small(*parts: str) -> Json:
    """Small print: what is there, joined by dots."""
    return {"type": "context", "elements": [marked(shortened(" · ".join(part for part in parts if part), TEXT_LIMIT))]}


def divider() -> Json:
    """A thin line."""
    return {"type": "divider"}


def actions(block_id: str, *elements: Json) -> Json:
    """A row of controls."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(label: str, action_id: str, value: str, **more: Any) -> Json:  # noqa: ANN401  # Slack's own fields
    """A button that says what it does."""
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value, **more}


def option(label: str, value: str) -> Json:
    """One choice of a menu."""
    return {"text": plain(label), "value": value}


def menu(action_id: str, placeholder: str, options: list[Json], chosen: str | None = None) -> Json:
    """A select; `chosen` is the value it starts with."""
    start = next((choice for choice in options if choice["value"] == chosen), None)
    known = {"initial_option": start} if start else {}
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "options": options,
        **known,
    }


def field(block_id: str, label: str, element: Json, *, hint: str = "", optional: bool = False) -> Json:
    """One question of a modal; Slack takes one element in each."""
    more: Json = {"hint": plain(hint)} if hint else {}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        "optional": optional,
        **more,
    }


def writing(action_id: str, *, most: int, least: int = 0, start: str = "") -> Json:
    """A field to write in; what stands in it is nobody's markup, so it is not escaped."""
    more: Json = ({"initial_value": start} if start else {}) | ({"min_length": least} if least else {})
    return {"type": "plain_text_input", "action_id": action_id, "multiline": True, "max_length": most, **more}
