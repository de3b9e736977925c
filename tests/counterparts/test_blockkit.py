"""The judge must refuse what Slack refuses, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.counterparts.blockkit import refusals_of_message, refusals_of_view

Json = dict[str, Any]


def plain(words: str = "x") -> Json:
    return {"type": "plain_text", "text": words}


def marked(words: str = "x") -> Json:
    return {"type": "mrkdwn", "text": words}


def section(words: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": marked(words), **more}


def button(words: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": "approve", "text": plain(words), "value": "42:1", **more}


def option(name: object = 1, **more: Any) -> Json:
    return {"text": plain(f"option {name}"), "value": str(name), **more}


def select(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "fault", "placeholder": plain(), "options": list(options), **more}


def grouped() -> Json:
    return {"type": "static_select", "action_id": "fault", "option_groups": [{"label": plain(), "options": [option()]}]}


def overflow(*options: Json) -> Json:
    return {"type": "overflow", "action_id": "more", "options": list(options)}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def entry(label: Json | None = None, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "text", **more}
    return {"type": "input", "block_id": "words", "label": label or plain("Reply"), "element": element}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Edit"), "submit": plain("Send"), "blocks": list(blocks), **more}


def sure(**more: Any) -> Json:
    return {"title": plain("Sure?"), "text": marked("Really?"), "confirm": plain("Yes"), "deny": plain("No"), **more}


IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a parcel"}

GOOD_CARDS: dict[str, list[Json]] = {
    "a whole card": [
        {"type": "header", "text": {**plain("Draft"), "emoji": True}},
        section("Grüße, *Alice* &amp; Bob", block_id="words", accessory=button(action_id="fact")),
        {"type": "section", "fields": [marked("*Tone*"), plain("angry")]},
        context(marked("v2 · 1 of 2 · 3 h left"), IMAGE),
        {"type": "divider"},
        actions(
            button(style="primary"),
            button(action_id="decline", style="danger", confirm=sure(style="danger")),
            select(option("open"), option("confirmed"), initial_option=option("open")),
            overflow(option("escalate:42:1"), option("claim:42:1"), option("leave_alone:42:1")),
            block_id="controls",
        ),
        IMAGE,
    ],
    "the longest texts": [
        section("x" * 3000),
        {"type": "header", "text": plain("x" * 150)},
        actions(button("x" * 75, value="x" * 2000, action_id="x" * 255), block_id="x" * 255),
    ],
    "fifty blocks": [section() for _ in range(50)],
    "a select with groups": [actions(grouped())],
    "a link": [actions(button(url="https://example.com"))],
    "markdown": [{"type": "markdown", "text": "**bold**"}],
}

BAD_CARDS: dict[str, Any] = {
    "no array": {"type": "section"},
    "no object": ["section"],
    "51 blocks": [section() for _ in range(51)],
    "section of 3001": [section("x" * 3001)],
    "empty section": [{"type": "section"}],
    "empty text": [section("")],
    "11 fields": [{"type": "section", "fields": [marked() for _ in range(11)]}],
    "field of 2001": [{"type": "section", "fields": [marked("x" * 2001)]}],
    "header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "header in mrkdwn": [{"type": "header", "text": marked()}],
    "11 context elements": [context(*[marked() for _ in range(11)])],
    "button in context": [context(button())],
    "26 actions": [actions(*[button(action_id=f"a{place}") for place in range(26)])],
    "no actions": [actions()],
    "button of 76": [actions(button("x" * 76))],
    "button in mrkdwn": [actions({**button(), "text": marked()})],
    "green button": [actions(button(style="green"))],
    "value of 2001": [actions(button(value="x" * 2001))],
    "empty value": [actions(button(value=""))],
    "action_id of 256": [actions(button(action_id="x" * 256))],
    "action_id twice": [actions(button(), button())],
    "block_id of 256": [section(block_id="x" * 256)],
    "block_id twice": [section(block_id="s"), section(block_id="s")],
    "unknown block": [{"type": "sectoin", "text": marked()}],
    "unknown element": [actions({**button(), "type": "buton"})],
    "unknown key": [section(colour="red")],
    "a number for a text": [{"type": "section", "text": 42}],
    "101 options": [actions(select(*[option(place) for place in range(101)]))],
    "select without options": [actions(select())],
    "initial option that is none": [actions(select(option("a"), initial_option=option("b")))],
    "option in mrkdwn": [actions(select({"text": marked(), "value": "1"}))],
    "option value of 151": [actions(select(option("x" * 151)))],
    "option text of 76": [actions(select({"text": plain("x" * 76), "value": "1"}))],
    "6 options in a menu": [actions(overflow(*[option(place) for place in range(6)]))],
    "text input among actions": [actions({"type": "plain_text_input", "action_id": "text"})],
    "confirm of 301": [actions(button(confirm=sure(text=marked("x" * 301))))],
    "confirm without deny": [actions(button(confirm={"title": plain(), "text": plain(), "confirm": plain()}))],
    "image without words": [{"type": "image", "image_url": "https://example.com/a.png"}],
    "markdown of 12001": [{"type": "markdown", "text": "x" * 12001}],
    "verbatim plain text": [{"type": "section", "text": {**plain(), "verbatim": True}}],
}

GOOD_VIEWS: dict[str, Json] = {
    "edit": modal(
        section(),
        entry(multiline=True, initial_value="", max_length=3000),
        callback_id="edit",
        close=plain("Cancel"),
        private_metadata="42:1",
        notify_on_close=True,
    ),
    "decline": modal(
        {
            **entry(),
            "block_id": "kind",
            "element": {"type": "radio_buttons", "action_id": "kind", "options": [option("wrong tone")]},
        },
        entry(),
    ),
    "a hundred blocks": modal(*[{"type": "divider"} for _ in range(100)]),
    "home": {"type": "home", "blocks": [section(), actions(button())]},
    "nothing to send": {"type": "modal", "title": plain("Too late"), "blocks": [section()]},
}

BAD_VIEWS: dict[str, Any] = {
    "no object": "modal",
    "101 blocks": modal(*[{"type": "divider"} for _ in range(101)]),
    "title of 25": modal(entry(), title=plain("x" * 25)),
    "title in mrkdwn": modal(entry(), title=marked()),
    "no title": {"type": "modal", "blocks": []},
    "submit of 25": modal(entry(), submit=plain("x" * 25)),
    "metadata of 3001": modal(entry(), private_metadata="x" * 3001),
    "callback_id of 256": modal(entry(), callback_id="x" * 256),
    "no submit": {"type": "modal", "title": plain("Edit"), "blocks": [entry()]},
    "no label": modal({"type": "input", "element": {"type": "plain_text_input", "action_id": "text"}}),
    "label in mrkdwn": modal(entry(label=marked())),
    "label of 2001": modal(entry(label=plain("x" * 2001))),
    "prefilled with 3001": modal(entry(initial_value="x" * 3001)),
    "prefilled over its own limit": modal(entry(initial_value="x" * 301, max_length=300)),
    "max_length 3001": modal(entry(max_length=3001)),
    "min over max": modal(entry(min_length=11, max_length=10)),
    "placeholder of 151": modal(entry(placeholder=plain("x" * 151))),
    "two elements in one input": modal({**entry(), "elements": [button()]}),
    "button in an input": modal({**entry(), "element": button()}),
    "markdown in a modal": modal({"type": "markdown", "text": "x"}),
    "same block twice": modal(entry(), entry()),
    "home with a title": {"type": "home", "title": plain(), "blocks": []},
    "neither modal nor home": {"type": "dialog", "blocks": []},
    "no blocks": {"type": "home"},
}


@pytest.mark.parametrize("name", GOOD_CARDS)
def test_a_good_card_passes(name: str) -> None:
    assert refusals_of_message(GOOD_CARDS[name]) == []


@pytest.mark.parametrize("name", BAD_CARDS)
def test_a_bad_card_is_refused_with_its_place(name: str) -> None:
    assert "[json-pointer:/blocks" in refusals_of_message(BAD_CARDS[name])[0]


@pytest.mark.parametrize("name", GOOD_VIEWS)
def test_a_good_view_passes(name: str) -> None:
    assert refusals_of_view(GOOD_VIEWS[name]) == []


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_a_bad_view_is_refused_with_its_place(name: str) -> None:
    assert "[json-pointer:/view" in refusals_of_view(BAD_VIEWS[name])[0]
