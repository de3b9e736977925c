"""What a person sees when they look at a card in Slack."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from tests.counterparts.slack_elements import elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.counterparts.slack_workspace import Json, Message, View

LINK = re.compile(r"<([^<>|!][^<>|]*)\|([^<>]*)>")


def words_on(face: Message | View | list[Json]) -> str:
    """Every word that stands there, a line each, as Slack would show it; link targets and dates as they are marked up."""
    return unescape("\n".join(_texts(_blocks_of(face))))


def raw_words_on(card: Message) -> str:
    """The same, still in Slack's own notation."""
    return "\n".join(_texts(card.blocks))


def buttons_on(card: Message) -> set[str]:
    """The names of everything that can be pressed or picked."""
    return {str(element["action_id"]) for _, element in elements(card.blocks)}


def version_on(card: Message) -> int:
    """The version that the card's buttons carry; -1 when it has none."""
    values = [str(element["value"]) for _, element in elements(card.blocks) if element.get("value")]
    return int(values[0].rpartition(":")[2]) if values else -1


def chosen_on(card: Message, select: str) -> str:
    """What a select shows as chosen."""
    found = next(element for _, element in elements(card.blocks) if element["action_id"] == select)
    return str(found.get("initial_option", {}).get("value", ""))


def links_on(card: Message) -> dict[str, str]:
    """Label and target of everything that can be followed: only our own markup makes links."""
    found = (LINK.findall(text) for text in _texts(card.blocks, only="mrkdwn"))
    return {label: target for links in found for target, label in links}


def _blocks_of(face: Message | View | list[Json]) -> list[Json]:
    if isinstance(face, list):
        return face
    return list(face.blocks) if hasattr(face, "blocks") else list(face.body["blocks"])


def _texts(part: object, only: str = "") -> Iterator[str]:
    match part:
        case {"type": "plain_text" | "mrkdwn" as kind, "text": str(text)}:
            if kind.startswith(only):
                yield text
        case dict():
            for inner in part.values():
                yield from _texts(inner, only)
        case list():
            for inner in part:
                yield from _texts(inner, only)
