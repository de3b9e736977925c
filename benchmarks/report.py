"""The figures as people read them: a table in the terminal, and the same in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.figure import Figure


def table(facts: Mapping[str, str], figures: Sequence[Figure]) -> str:
    """Facts first, then a line for each figure."""
    lines = [f"{name + ':':12} {value}" for name, value in facts.items()]
    width = max(len(figure.what) for figure in figures)
    shown = [f"{f.what:{width}}  {f.told:>18}  {f.target:16}  {f.verdict}".rstrip() for f in figures]
    return "\n".join(["", *lines, "", *shown])


def markdown(facts: Mapping[str, str], figures: Sequence[Figure]) -> str:
    """What is kept beside the code."""
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Measured with `make bench` (`python -m benchmarks`): whole programs, real SQLite files, the strict Telegram and",
            "Slack counterparts of `tests/counterparts` in place of the networks, a seeded flood in German and English.",
            "Rates depend on the disk: compare ratios, and measure again on your own machine.",
            "",
            *(f"- {name}: {value}" for name, value in facts.items()),
            "",
            "| what | measured | target | |",
            "|---|---|---|---|",
            *(f"| {f.what} | {f.told} | {f.target} | {f.verdict} |" for f in figures),
            "",
        ]
    )
