"""Faults told in words that a person can act on: where, what is wrong, and what was probably meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

_A_TIME = "must be a time with its offset, like 2026-11-24T15:00:00+01:00"
_WANTED = {
    "string_type": "must be text",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "dict_type": "must be a table of names and values",
    "model_type": "must be a table of names and values",
    "model_attributes_type": "must be a table of names and values",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "missing": "is missing",
    "datetime_type": _A_TIME,
    "datetime_parsing": _A_TIME,
    "datetime_from_date_parsing": _A_TIME,
    "datetime_object_invalid": _A_TIME,
    "timezone_aware": _A_TIME,
}
_SHOWN = 40
"""Characters of an unknown key that are shown."""


def did_you_mean(word: str, known: Collection[str], *, cutoff: float = 0.6) -> str:
    """Name the nearest right word, or all of them when none is near."""
    near = nearest(word, known, cutoff=cutoff)
    return f"did you mean {near!r}?" if near else f"known here: {', '.join(known)}"


def nearest(word: str, known: Collection[str], *, cutoff: float = 0.6) -> str | None:
    """The known word that looks most like this one, whatever its case."""
    by_lower = {one.lower(): one for one in known}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None


def faults_from(
    error: ValidationError, model: type[BaseModel], tables: Mapping[str, type[BaseModel]] | None = None
) -> Iterator[tuple[str, str]]:
    """Translate each fault into the path of the key (`people[0].roles`) and what is wrong with it.

    No value is ever repeated: it may be a secret or a customer's words.

    Args:
        error: What pydantic found.
        model: The model of the outermost table.
        tables: The models of the tables inside it, by key.
    """
    for fault in error.errors(include_url=False, include_input=True):
        inside = (tables or {}).get(str(fault["loc"][0])) if len(fault["loc"]) > 1 else None
        yield path_of(fault["loc"]), _in_words(fault, (inside or model).model_fields)


def path_of(place: tuple[int | str, ...]) -> str:
    """How a key is written down: `people[0].roles`."""
    path = ""
    for part in place:
        path += f"[{part}]" if isinstance(part, int) else f".{part[:_SHOWN]}"
    return path.removeprefix(".")


def _in_words(fault: ErrorDetails, known: Collection[str]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return f"is not known; {did_you_mean(str(fault['loc'][-1]), known)}"
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "value_error":
        return str(context["error"])
    return _WANTED.get(kind) or fault["msg"].replace("Input should", "must").replace("Value should", "must")
