"""A flood of ten thousand mentions through `candor replay`, until all of them are open on the desk."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import accounts, mentions, plain_insert
from benchmarks.figure import Figure
from benchmarks.house import candor, settle
from benchmarks.watched import run

MENTIONS = 10_000


def measure() -> list[Figure]:
    """The whole program, from its start to its end, into a fresh file; and the same rows put plainly beside it."""
    rows = mentions.flood(MENTIONS)
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = settle(folder)
        mentions.write(folder / "flood.jsonl", rows)
        replay = run(candor("replay", "flood.jsonl"), folder)
        account = accounts.account_of(database)
        plain = plain_insert.rows_per_second(folder / "plain.db", rows)
    print(f"  {account}; {replay.printed.strip()} (exit {replay.status}, {replay.seconds:.1f} s)", flush=True)
    rate = MENTIONS / replay.seconds
    return [
        Figure(
            what=f"flood: {MENTIONS:,} rows by `candor replay`, all open on the desk",
            value=rate,
            unit="mentions/s",
            at_least=300,
        ),
        Figure(what="flood: most memory held", value=replay.megabytes, unit="MB", at_most=300),
        Figure(what=f"flood: not accounted for ({account})", value=account.lost(rows), unit="", at_most=0),
        Figure(what="flood: the same rows by a plain insert, 100 to a commit", value=plain, unit="rows/s"),
        Figure(what="flood: plain insert against Candor", value=plain / rate, unit="times as fast"),
    ]
