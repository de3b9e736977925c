"""`candor check`: what the guard says about replies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import click
from pydantic import BaseModel, ConfigDict, Strict

from bot.cli.rows import Answer, Row, Texts, answer_rows
from bot.core.case import Case
from bot.core.fact import Fact
from bot.guard.guard import Guard
from bot.settings import load_house

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.finding import Finding


class FactRow(BaseModel):
    """One confirmed sentence."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str
    kind: Literal["cause", "scope", "time", "action", "money", "legal"]
    text: str


Facts = Annotated[tuple[FactRow, ...], Strict(strict=False)]


class CaseRow(Row):
    """A reply, and what the guard may know about it."""

    text: str
    mention: str | None = None
    author: str | None = None
    thread: Texts = ()
    lang: str | None = None
    address: Literal["Sie", "du", "neutral"] = "neutral"
    fault: Literal["confirmed", "open", "not_ours"] = "open"
    facts: Facts = ()
    person_values: Texts = ()
    allow: Texts | None = None
    channel: str = ""
    public: bool = True
    crisis: bool = False
    edited: bool = False
    recent_replies: Texts = ()


@click.command
@click.argument("file", type=click.File("rb"), default="-")
def check(file: BinaryIO) -> None:
    """Read replies as the guard does, one JSON row per line, from FILE or from standard input.

    \b
    In:  {"id", "text", "mention"?, "author"?, "thread"?, "lang"?, "address"?, "fault"?, "facts"?,
          "person_values"?, "allow"?, "channel"?, "public"?, "crisis"?, "edited"?, "recent_replies"?}
    Out: {"id", "findings": [{"item", "severity", "start", "end", "why", "hint"}]}

    Findings are no error. Offsets count code points. Without "allow", that of candor.toml counts.
    """
    guard, allow = Guard(), load_house(Path.cwd()).allow
    answer_rows(
        file, CaseRow, lambda row: {"findings": rows_of(guard.check(case_from(row, allow)))}, {"facts": FactRow}
    )


def case_from(row: CaseRow, allow: tuple[str, ...]) -> Case:
    """What the guard is given; `allow` is what the house allows where the row does not say."""
    return Case(
        text=row.text,
        mention=row.mention,
        author=row.author,
        thread=row.thread,
        lang=row.lang,
        address=row.address,
        fault=row.fault,
        facts=facts_from(row.facts),
        person_values=row.person_values,
        allow=allow if row.allow is None else row.allow,
        channel=row.channel,
        public=row.public,
        crisis=row.crisis,
        edited=row.edited,
        recent_replies=row.recent_replies,
    )


def facts_from(rows: Iterable[FactRow]) -> tuple[Fact, ...]:
    """The confirmed facts of a row."""
    return tuple(Fact(id=row.id, kind=row.kind, text=row.text) for row in rows)


def rows_of(findings: Iterable[Finding]) -> list[Answer]:
    """Findings as rows of JSON."""
    return [
        {name: getattr(finding, name) for name in ("item", "severity", "start", "end", "why", "hint")}
        for finding in findings
    ]
