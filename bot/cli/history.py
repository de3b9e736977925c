"""`candor history`: what happened to every mention, for those who look back."""

from __future__ import annotations

import csv
import json
import os
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from bot.cli.rows import print_row
from bot.cli.streams import written
from bot.cli.switches import history_of
from bot.core.text import shortened, visible
from bot.errors import UsageError
from bot.history.searching import STATES, Wanted
from bot.settings import load
from bot.settings.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import tzinfo

    from bot.core.house import House
    from bot.core.person import Person
    from bot.core.question import Question
    from bot.history.rows import Rows

FIRST_WORDS = 60
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Signs that make a cell a formula, in the width of either half of the world."""


@click.group
def history() -> None:
    """List, show, search and export what happened to every mention."""


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """The filters that every list takes."""
    for option in (
        click.option("--by", help="A colleague who decided: name, login or Slack id."),
        click.option(
            "--state",
            type=click.Choice(STATES),
            metavar="STATE",
            help=f"Where it stands: {', '.join(STATES)}. Open is all that has no ending, approved is sending or held.",
        ),
        click.option("--channel", help="For example telegram."),
        click.option("--until", type=Moment(), help="Opened before this time, written the same way."),
        click.option("--since", type=Moment(), help="Opened on or after 2026-11-24, or 2026-11-24T15:00+01:00."),
    ):
        command = option(command)
    return command


class Moment(click.ParamType[datetime]):
    """A day or a time, `2026-11-24` or `2026-11-24T15:00`; without an offset it is UTC."""

    name = "time"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or say how it is written."""
        try:
            read = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time: write 2026-11-24 or 2026-11-24T15:00+01:00", param, ctx)
        return read if read.tzinfo else read.replace(tzinfo=UTC)


@history.command("list")
@filters
def list_(**wanted: Any) -> None:  # noqa: ANN401  # click's own
    """List questions, one line each, oldest first; the time is when Candor heard of it."""
    with _opened() as (found, house):
        _say_all(found.listed(_wanted(found, house, wanted)), house)


@history.command
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Find questions in which all these WORDS were said, by customers or by us."""
    with _opened() as (found, house):
        _say_all(found.search(" ".join(words)), house)


@history.command
@click.argument("number", type=click.IntRange(min=1))
def show(number: int) -> None:
    """Show everything about question NUMBER: posts, drafts, findings, who decided, what was published."""
    with _opened() as (found, house):
        question = found.question(number)
        if question is None:
            raise click.UsageError(f"there is no question {number}: `candor history list` shows them all")
        for line in _story(question, ZoneInfo(house.timezone)):
            _say(line)


@history.command
@click.option("--format", "kind", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@filters
def export(kind: str, **wanted: Any) -> None:  # noqa: ANN401  # click's own
    """Write every question that fits to standard output, with texts, decisions and replies."""
    with _opened() as (found, house):
        rows = (_row(question) for question in found.listed(_wanted(found, house, wanted)))
        if kind == "jsonl":
            for row in rows:
                print_row(row)
        else:
            with written():
                _write_csv(rows)


def _wanted(found: Rows, house: House, filters: dict[str, Any]) -> Wanted:
    """The filters, with the name of the person behind `--by`; raises UsageError when there is none such."""
    who = filters["by"]
    if who is None:
        return Wanted(**filters)
    people = {account: person.name for person in house.people.everybody for account in _accounts(person)}
    names = {name.casefold(): name for name in found.deciders()}
    name = people.get(who.casefold()) or names.get(who.casefold())
    if name is None:
        known = dict.fromkeys([*people.values(), *names.values()])
        raise UsageError(f"nobody called {visible(who)!r} decided anything; {did_you_mean(who, list(known))}")
    return Wanted(**filters | {"by": name})


def _accounts(person: Person) -> list[str]:
    """Every word that may stand for this person."""
    return [account.casefold() for account in (person.name, person.login, person.slack) if account]


def _say_all(questions: Iterable[Question], house: House) -> None:
    """One line for each; a list of nothing says so, on stderr, where it disturbs no script."""
    number, zone = 0, ZoneInfo(house.timezone)
    for number, question in enumerate(questions, start=1):  # noqa: B007  # counted for after the loop
        _say(_line(question, zone))
    if not number:
        click.echo("No question fits.", err=True)


@contextmanager
def _opened() -> Iterator[tuple[Rows, House]]:
    """The history to read in, and the house whose it is."""
    settings = load(Path.cwd(), os.environ, house_needed=False)
    with closing(history_of(settings)) as history, history.reading() as rows:
        yield rows, settings.house


def _say(line: str) -> None:
    """Print what people wrote, without the characters by which it could steer the terminal."""
    with written():
        click.echo(visible(line))


def _line(question: Question, zone: tzinfo) -> str:
    """One question on one line."""
    opened = question.opened_at.astimezone(zone)
    words = " ".join(question.newest.text.split()) or ", ".join(question.newest.attachments)
    return (
        f"{question.number:>6}  {opened:%Y-%m-%d %H:%M}  {question.newest.channel:<9} {question.standing:<12} "
        f"{' '.join(question.newest.author.split())}: {shortened(words, FIRST_WORDS)}"
    )


def _story(question: Question, zone: tzinfo) -> Iterator[str]:
    """A question as a person reads it, top to bottom."""
    heard = f"{question.opened_at.astimezone(zone):%Y-%m-%d %H:%M}"
    yield f"Question {question.number} · {question.newest.channel} · {question.standing} · heard {heard}"
    for post in question.posts:
        said = post.mention
        marks = ", ".join([*(["edited"] if post.edited else []), *said.attachments])
        yield f"\nPosted {said.at.astimezone(zone):%Y-%m-%d %H:%M} by {' '.join(said.author.split())}{f' ({marks})' if marks else ''}\n{_indented(said.text)}"
    if question.tone is not None:
        tone = question.tone
        sure = "certain" if tone.certain else "not certain"
        flags = f" · {', '.join(tone.ordered_flags)}" if tone.flags else ""
        yield f"\nTone: {tone.polarity}, {tone.arousal}{flags} · {sure} · by {question.tone_by} · fault {question.fault.replace('_', ' ')}"
    if question.draft is not None and question.draft.words.text:
        yield f"\nDraft, version {question.version}, by {question.draft.by}\n{_indented(question.draft.words.text)}"
        yield from (f"  {finding.item} {finding.severity}: {finding.why}" for finding in question.draft.findings)
    if question.note:
        yield f"\nNote: {question.note}"
    for signature in question.signatures:
        reason = f" · {signature.reason}" if signature.reason else ""
        yield f"\nSigned by {signature.person}, {signature.at.astimezone(zone):%H:%M}, on {signature.surface}{reason}"
    if question.ruling is not None:
        ruling = question.ruling
        why = " · ".join(part for part in (ruling.why.replace("_", " "), ruling.reason) if part)
        yield f"\nDecided: {ruling.kind.replace('_', ' ')} by {' and '.join(ruling.by)}, version {ruling.version}{f' · {why}' if why else ''}"
    for reply in question.said:
        where = "outbox" if reply.outbox else reply.url or reply.post
        yield f"\nPublished {reply.at.astimezone(zone):%Y-%m-%d %H:%M} ({where})\n{_indented(reply.text)}"
    for promise in question.promises:
        yield f"\nPromise of {promise.owner}, due {promise.due_at.astimezone(zone):%Y-%m-%d %H:%M}: {promise.text}"
    if question.trouble is not None:
        yield f"\nTrouble: {question.trouble.why}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _row(question: Question) -> dict[str, Any]:
    """A question as one exported row; the first fields are a mention row of the contract."""
    said, tone, ruling = question.newest, question.tone, question.ruling
    return {
        "channel": said.channel, "id": said.id, "author": said.author, "text": said.text, "at": said.at.isoformat(),
        "url": said.url, "thread": said.thread, "lang": tone.lang if tone else said.lang, "attachments": list(said.attachments),
        "question": question.number, "state": question.standing, "opened_at": question.opened_at.isoformat(),
        "posts": [post.mention.text for post in question.posts],
        "polarity": tone.polarity if tone else None, "arousal": tone.arousal if tone else None,
        "flags": list(tone.ordered_flags) if tone else [], "fault": question.fault, "version": question.version,
        "draft": question.draft.words.text if question.draft else None,
        "decision": ruling.kind if ruling else None, "by": list(ruling.by) if ruling else [],
        "decided_at": ruling.at.isoformat() if ruling else None,
        "why": ruling.why if ruling else None, "reason": ruling.reason if ruling else None,
        "replies": [{"text": reply.text, "at": reply.at.isoformat(), "url": reply.url} for reply in question.said],
        "promises": [{"text": promise.text, "due_at": promise.due_at.isoformat()} for promise in question.promises],
    }  # fmt: skip


def _write_csv(rows: Iterable[dict[str, Any]]) -> None:
    """Cells that a table program would take for a formula get an apostrophe; hidden and steering signs are left out (`trust` page)."""
    writer = None
    for row in rows:
        cells = {name: _cell(value) for name, value in row.items()}
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(cells))
            writer.writeheader()
        writer.writerow(cells)


def _cell(value: object) -> str:
    text = visible("" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f"'{text}" if text.startswith(_FORMULA) else text
