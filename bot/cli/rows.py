"""JSON lines in, JSON lines out: one answer per row, in order, and a bad row never stops the rest."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TypeGuard, TypeVar

import click
from pydantic import AfterValidator, BaseModel, ConfigDict, Strict, ValidationError

from bot.cli.progress import watched
from bot.cli.streams import written
from bot.errors import CandorError, DraftingError
from bot.settings.wording import faults_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Answer = dict[str, Any]
_STEERING = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
Texts = Annotated[tuple[str, ...], Strict(strict=False)]
"""A list of texts; strict in what stands in it, not in what Python calls a list."""


def _named(name: object) -> object:
    if is_name(name):
        return name
    raise ValueError("must be text or a whole number")


def is_name(name: object) -> TypeGuard[str | int]:
    """Whether a row may be called this."""
    return isinstance(name, str | int) and not isinstance(name, bool)


class Row(BaseModel):
    """What every row carries; each filter adds its own fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Annotated[Any, AfterValidator(_named)]


class MentionRow(Row):
    """A row that may be a mention as it stands in an export: what a filter does not need, it does not mind."""

    text: str
    lang: str | None = None
    channel: str = ""
    author: str | None = None
    at: str | None = None
    url: str | None = None
    thread: str | None = None
    attachments: Texts = ()


AnyRow = TypeVar("AnyRow", bound=Row)


class RowError(CandorError):
    """The text says why a row cannot be answered, without repeating what stood in it."""

    def __init__(self, why: str, *, name: str | int | None = None) -> None:
        super().__init__(why)
        self.name = name


def answer_rows(
    source: BinaryIO,
    kind: type[AnyRow],
    answer: Callable[[AnyRow], Answer],
    tables: Mapping[str, type[BaseModel]] | None = None,
) -> None:
    """Answer each line as soon as it is read; leaves with status 1 when a row was refused.

    Args:
        source: Lines of JSON; empty lines are no rows, but they count.
        kind: The fields that a row may have.
        answer: What the filter says to a row, without its id.
        tables: The kinds of the objects inside a row, by field.
    """
    refused = False
    for number, line in enumerate(watched(source), start=1):
        if not line.strip():
            continue
        try:
            row = row_from(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, kind, tables)
            print_row({"id": row.id, **_answered(answer, row)})
        except RowError as error:
            print_row({"id": error.name, "line": number, "error": str(error)})
            refused = True
    if refused:
        click.get_current_context().exit(1)


def row_from(line: bytes, kind: type[AnyRow], tables: Mapping[str, type[BaseModel]] | None = None) -> AnyRow:
    """Read one line; a field that is null counts as not given. Raises RowError."""
    read = _json_from(line)
    given = {field: value for field, value in read.items() if value is not None}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        faults = [f"{path} {what}" for path, what in faults_from(error, kind, tables)]
        raise RowError("; ".join(faults), name=_name_in(given)) from error


def _json_from(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line.decode(), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise RowError(f"not UTF-8 text (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise RowError(f"not JSON: {error.msg} (character {error.pos + 1})") from error
    except ValueError as error:  # NaN, Infinity, and numbers of thousands of digits
        raise RowError("not JSON: a number that is none, or far too long") from error
    except RecursionError as error:
        raise RowError("not JSON that anybody could read: nested too deeply") from error
    if not isinstance(read, dict):
        raise RowError('not a JSON object like {"id": "1", "text": "…"}')
    return read


def _name_in(given: Mapping[str, Any]) -> str | int | None:
    name = given.get("id")
    return name if is_name(name) else None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _answered(answer: Callable[[AnyRow], Answer], row: AnyRow) -> Answer:
    try:
        return answer(row)
    except DraftingError as error:
        raise RowError(str(error), name=row.id) from error


def print_row(answer: Answer) -> None:
    """Write one row and let it go at once."""
    out = sys.stdout.buffer
    with written():
        out.write(line_of(answer) + b"\n")
        out.flush()


def line_of(row: Answer) -> bytes:
    """A row as one line; half a surrogate pair and signs that steer a terminal leave as the escapes that JSON has for them."""
    line = _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(row, ensure_ascii=False))
    return line.encode("utf-8", "backslashreplace")
