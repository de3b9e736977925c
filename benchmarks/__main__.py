"""The figures, with this machine's facts: `python -m benchmarks [start|guard|judge|flood|acks|quiet …]`, all by default."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.facts import machine_facts
from benchmarks.report import markdown, table

PARTS = ("start", "guard", "judge", "flood", "acks", "quiet")
RESULTS = Path(__file__).with_name("results.md")


def main(words: list[str]) -> int:
    """Measure, print, and keep a full run in `results.md`; 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--mentions", type=int, default=30, help="how many the quiet shop gets, two seconds apart")
    given = parser.parse_args(words)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    with TemporaryDirectory() as folder:
        facts = machine_facts(Path(folder))
    figures = []
    for name in given.parts or PARTS:
        begun = time.perf_counter()
        print(f"{name} …", flush=True)
        figures += import_module(f"benchmarks.{name}").measure(**({"count": given.mentions} if name == "quiet" else {}))
        print(f"  took {time.perf_counter() - begun:.0f} s", flush=True)
    print(table(facts, figures))
    if not given.parts:
        RESULTS.write_text(markdown(facts, figures), encoding="utf-8")
    return int(any(figure.verdict == "missed" for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
