"""Small words from which the rules of Block Kit are built: each takes a value and its place, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str], list[str]]


def refuse(why: str, path: str) -> list[str]:
    """One refusal, in Slack's own notation."""
    return [f"{why} [json-pointer:{path}]"]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """An object with these keys and no others; `also` sees the whole of it."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    also: Check = lambda _value, _path: []

    def __call__(self, value: Any, path: str) -> list[str]:
        """Check the keys first; the whole only when every key is right."""
        if not isinstance(value, dict):
            return refuse("must be an object", path)
        known = {"type": lambda _value, _path: [], **self.required, **self.optional}
        found = [
            line for key in self.required if key not in value for line in refuse(f"missing required field: {key}", path)
        ]
        found += [
            line for key in value if key not in known for line in refuse(f"no more properties allowed: {key}", path)
        ]
        found += [line for key in value if key in known for line in known[key](value[key], f"{path}/{key}")]
        return found or self.also(value, path)


def string(most: int, *, least: int = 1) -> Check:
    """Plain characters, counted as code points."""

    def check(value: Any, path: str) -> list[str]:
        if not isinstance(value, str):
            return refuse("must be a string", path)
        if len(value) < least:
            return refuse(f"must be more than {least - 1} characters", path)
        return [] if len(value) <= most else refuse(f"must be less than {most + 1} characters", path)

    return check


def flag(value: Any, path: str) -> list[str]:
    """True or false."""
    return [] if isinstance(value, bool) else refuse("must be a boolean", path)


def number(low: int, high: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any, path: str) -> list[str]:
        right = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return [] if right else refuse(f"must be a number from {low} to {high}", path)

    return check


def one_of(*choices: str) -> Check:
    """One of a few words."""

    def check(value: Any, path: str) -> list[str]:
        return [] if value in choices else refuse(f"must be one of {', '.join(choices)}", path)

    return check


def text(most: int, *, plain: bool = False) -> Check:
    """A text object; `plain` where Slack takes no mrkdwn."""
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")

    def check(value: Any, path: str) -> list[str]:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            return refuse(f"must be a text object of type {' or '.join(kinds)}", path)
        extra: dict[str, Check] = {"emoji": flag} if value["type"] == "plain_text" else {"verbatim": flag}
        return Shape(required={"text": string(most)}, optional=extra)(value, path)

    return check


def items(check: Check, most: int, *, least: int = 1) -> Check:
    """A list of so many."""

    def check_all(value: Any, path: str) -> list[str]:
        if not isinstance(value, list):
            return refuse("must be an array", path)
        found = [] if len(value) <= most else refuse(f"no more than {most} items allowed", path)
        found += [] if len(value) >= least else refuse(f"no fewer than {least} items allowed", path)
        return found + [line for place, item in enumerate(value) for line in check(item, f"{path}/{place}")]

    return check_all


def by_type(shapes: Mapping[str, Check]) -> Check:
    """An object whose `type` says which rules hold for it."""

    def check(value: Any, path: str) -> list[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in shapes:
            return refuse(f"unsupported type: {kind}", path)
        return shapes[kind](value, path)

    return check
