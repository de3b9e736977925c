"""The figures, with this machine's facts: `python -m benchmarks [flood|quiet|acks|start|guard|judge …]`, all by default."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.facts import machine_facts
from benchmarks.report import markdown, table

PARTS = ("start", "guard", "judge", "flood", "acks", "quiet")
RESULTS = Path(__file__).with_name("results.md")


def main(names: list[str]) -> int:
    """Measure, print, and keep a full run in `results.md`; 1 when a target is missed."""
    if unknown := set(names) - set(PARTS):
        sys.stderr.write(f"benchmarks: there is no {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}\n")
        return 2
    with TemporaryDirectory() as folder:
        facts = machine_facts(Path(folder))
    figures = []
    for name in names or PARTS:
        begun = time.perf_counter()
        print(f"{name} …", flush=True)
        figures += import_module(f"benchmarks.{name}").measure()
        print(f"  took {time.perf_counter() - begun:.0f} s", flush=True)
    print(table(facts, figures))
    if not names:
        RESULTS.write_text(markdown(facts, figures), encoding="utf-8")
    return int(any(figure.verdict == "missed" for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
