"""How long the guard reads one draft; no model, no network."""

from __future__ import annotations

import statistics
import time

from benchmarks import mentions
from benchmarks.figure import Figure, percentile
from bot.core.case import Case
from bot.guard.guard import Guard

DRAFTS = 1_000


def measure() -> list[Figure]:
    """Customers' own words stand in for drafts: longer, and with more figures in them, than ours would be."""
    guard, took = Guard(), []
    for row in mentions.flood(DRAFTS, seed=2):
        case = Case(text=row["text"], mention=row["text"], author=row["author"], channel="telegram")
        begun = time.perf_counter()
        guard.check(case)
        took.append((time.perf_counter() - begun) * 1000)
    return [
        Figure(
            what=f"guard: one draft of 5 to 5,000 characters, p99 of {DRAFTS:,}",
            value=percentile(took, 99),
            unit="ms",
            at_most=20,
        ),
        Figure(what="guard: one draft, mean", value=statistics.mean(took), unit="ms"),
    ]
