"""A flood of ten thousand mentions through `candor replay`, until all of them are open on the desk."""

from __future__ import annotations

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import accounts, mentions, plain_insert
from benchmarks.figure import Figure
from benchmarks.house import candor, settle
from benchmarks.watched import run

MENTIONS = 10_000
RUNS = 3


def measure() -> list[Figure]:
    """The whole program, from its start to its end, into a fresh file, three times; the same rows put plainly beside it."""
    rows = mentions.flood(MENTIONS)
    rates, peaks, plain, lost = [], [], [], 0
    for _ in range(RUNS):
        with TemporaryDirectory() as name:
            folder = Path(name)
            database = settle(folder)
            mentions.write(folder / "flood.jsonl", rows)
            replay = run(candor("replay", "flood.jsonl"), folder)
            account = accounts.account_of(database)
            plain.append(plain_insert.rows_per_second(folder / "plain.db", rows))
        print(f"  {account}; {replay.printed.strip()} (exit {replay.status}, {replay.seconds:.1f} s)", flush=True)
        rates.append(MENTIONS / replay.seconds)
        peaks.append(replay.megabytes)
        lost += account.lost(rows)
    rate, beside = statistics.median(rates), statistics.median(plain)
    spread = f"median of {RUNS}, {min(rates):.0f} to {max(rates):.0f}"
    return [
        Figure(
            what=f"flood: {MENTIONS:,} rows by `candor replay`, all open on the desk ({spread})",
            value=rate,
            unit="mentions/s",
            at_least=300,
        ),
        Figure(what="flood: most memory held", value=max(peaks), unit="MB", at_most=300),
        Figure(what=f"flood: not accounted for ({account})", value=lost, unit="", at_most=0),
        Figure(what="flood: the same rows by a plain insert, 100 to a commit", value=beside, unit="rows/s"),
        Figure(what="flood: plain insert against Candor", value=beside / rate, unit="times as fast"),
    ]
