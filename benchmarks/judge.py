"""How long the judge hears one post; no model, no network."""

from __future__ import annotations

import statistics
import time

from benchmarks import mentions
from benchmarks.figure import Figure, percentile
from bot.tone.judge import RuleJudge

POSTS = 1_000


def measure() -> list[Figure]:
    """Posts of a flood, after the first one has loaded the word lists."""
    judge, took = RuleJudge(), []
    judge.judge("Wo bleibt mein Paket? Where is it?")
    for row in mentions.flood(POSTS, seed=3):
        begun = time.perf_counter()
        judge.judge(row["text"])
        took.append((time.perf_counter() - begun) * 1000)
    return [
        Figure(what=f"judge: one post, mean of {POSTS:,}", value=statistics.mean(took), unit="ms"),
        Figure(what="judge: one post, p99", value=percentile(took, 99), unit="ms"),
    ]
