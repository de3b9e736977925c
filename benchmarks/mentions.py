"""A made-up flood: the same seed gives the same mentions, in two languages, with all that makes floods untidy."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.sentences import SAID, SHORT, TOWNS, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Row = dict[str, Any]

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHORTEST, LONGEST, ENDLESS = 5, 400, 5000
"""Characters of an ordinary post, and of the odd endless one."""
JOINS, EDITS, AGAIN, ENDLESS_ONES = 0.05, 0.03, 0.02, 0.001
"""Shares of posts that join an open question, change an earlier post, come a second time, or do not end."""


def flood(count: int, *, seed: int = 1) -> list[Row]:
    """So many rows as `candor replay` reads them, in the order in which they came."""
    chance = random.Random(seed)
    rows: list[Row] = []
    for number in range(count):
        rows.append(_next_row(chance, rows, number))
    return rows


def write(path: Path, rows: Sequence[Row]) -> None:
    """Keep rows as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def words_of(kind: str, chance: random.Random) -> str:
    """A post of this kind, as long as it happens to be."""
    if kind == "emoji":
        return chance.choice(SAID[kind])
    length = int(SHORTEST * (LONGEST / SHORTEST) ** chance.random())
    short = SHORT.get(kind[-2:])
    if short and length < min(map(len, SAID[kind])) // 2:
        return chance.choice(short)
    return _filled(SAID[kind], chance, length)


def _next_row(chance: random.Random, rows: Sequence[Row], number: int) -> Row:
    """Mostly somebody new; now and then more from somebody who is waiting, an edit, or the same once more."""
    draw = chance.random()
    if rows and draw < AGAIN:
        return chance.choice(rows)
    if rows and draw < AGAIN + EDITS:
        return _edited(chance, chance.choice(rows), number)
    fresh = _fresh(chance, number)
    if rows and draw < AGAIN + EDITS + JOINS:
        waiting = chance.choice(rows)
        return fresh | {name: waiting[name] for name in ("author", "author_id", "thread")}
    return fresh


def _fresh(chance: random.Random, number: int) -> Row:
    kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    text = words_of(kind, chance)
    if chance.random() < ENDLESS_ONES and kind != "emoji":
        text = _filled(SAID[kind], chance, ENDLESS)
    person = int(chance.triangular(1, 9000, 1))
    return {
        "channel": "telegram", "id": f"-100900/{number}", "author": f"@customer_{person}", "author_id": str(person),
        "text": text, "at": (BEGUN + timedelta(seconds=0.06 * number)).isoformat(), "thread": f"-100900:{number}",
        "url": f"https://t.me/c/900/{number}", "version": 0,
    }  # fmt: skip


def _edited(chance: random.Random, row: Row, number: int) -> Row:
    """The same post in other words; every edit is later than the one before."""
    return row | {"text": f"{row['text']} {chance.choice(TOWNS)} {number}", "version": number}


def _filled(sentences: Sequence[str], chance: random.Random, length: int) -> str:
    return " ".join(_until(length, _spoken(sentences, chance)))[: max(length, SHORTEST)].strip()


def _spoken(sentences: Sequence[str], chance: random.Random) -> Iterator[str]:
    while True:
        yield chance.choice(sentences).format(
            days=chance.randint(2, 19),
            order=f"{chance.randint(1000, 9999)}-{chance.randint(10, 99)}",
            town=chance.choice(TOWNS),
        )


def _until(length: int, sentences: Iterator[str]) -> Iterator[str]:
    said = 0
    for sentence in sentences:
        yield sentence
        said += len(sentence) + 1
        if said > length:
            return
