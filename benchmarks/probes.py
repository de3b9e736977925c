"""How many bad replies the guard catches and how many good ones it stops, per item; and how well the judge hears.

    python benchmarks/probes.py honesty PROBES.jsonl
    python benchmarks/probes.py tone SET.jsonl.gz [SET.jsonl.gz …]

Probe rows: `item, lang, violates, text, fault, facts, mention, address, allow`. Tone rows: `text, label, lang`; only
rows whose sha256 (first eight hex digits) is divisible by five are read. Texts are never printed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.case import Case
from bot.core.fact import Fact
from bot.core.tone import POLARITIES
from bot.guard.guard import Guard
from bot.tone.judge import RuleJudge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.fact import FactKind
    from bot.core.tone import Tone

COVERED = ("H6", "H9", "H11", "H12")


def main(arguments: list[str]) -> int:
    """Run one of the two measurements."""
    kind, *paths = arguments or [""]
    measure = {"honesty": honesty, "tone": tone}.get(kind)
    if measure is None or not paths:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for path in paths:
        measure(Path(path))
    return 0


def honesty(path: Path) -> None:
    """Caught of the bad rows, falsely hit of the good rows, per item."""
    guard, counts = Guard(), Counter[tuple[str, bool, bool]]()
    for row in _rows(path):
        findings = guard.check(_case(row))
        hit = any(finding.item == row["item"] for finding in findings)
        counts[row["item"], row["violates"], hit] += 1
        if row["item"] in COVERED and hit != row["violates"]:
            print("missed" if row["violates"] else "false stop", row["item"], row["id"])
    for item in COVERED:
        caught, missed = counts[item, True, True], counts[item, True, False]
        false, quiet = counts[item, False, True], counts[item, False, False]
        print(f"{item}: caught {caught} of {caught + missed}, false stops {false} of {false + quiet}")


def _case(row: dict[str, Any]) -> Case:
    facts = tuple(Fact(id=f"f{number}", kind=_kind(text), text=text) for number, text in enumerate(row["facts"]))
    return Case(
        text=row["text"], mention=row["mention"], lang=row["lang"], address=row["address"] or "neutral", fault=row["fault"],
        facts=facts, allow=tuple(row["allow"]),
    )  # fmt: skip


def _kind(fact: str) -> FactKind:
    """Probe facts are plain sentences; those that name a cause say so first."""
    return "cause" if fact.casefold().startswith(("ursache", "cause")) else "action"


def tone(path: Path) -> None:
    """Macro-F1, accuracy, coverage and accuracy where certain, calibration and speed on one set."""
    judge, rows = RuleJudge(), [row for row in _rows(path) if row["label"] in POLARITIES and _is_check(row["text"])]
    start = time.perf_counter()
    heard = [(row["label"], judge.judge(row["text"])) for row in rows]
    taken = (time.perf_counter() - start) / len(rows) * 1000
    right = [label == tone.polarity for label, tone in heard]
    certain = [label == tone.polarity for label, tone in heard if tone.certain]
    negative = [tone.polarity == "negative" for label, tone in heard if label == "negative"]
    print(
        f"{path.name.split('.')[0]}: rows {len(rows)}, macro-F1 {_macro_f1(heard):.3f}, accuracy {_share(right):.3f}, "
        f"negatives found {_share(negative):.2f}, certain {len(certain) / len(rows):.2f} of posts and right in {_share(certain):.3f}, "
        f"calibration error {_calibration(heard):.3f}, {taken:.2f} ms a post"
    )  # fmt: skip


def _macro_f1(heard: list[tuple[str, Tone]]) -> float:
    counts = Counter((label, tone.polarity) for label, tone in heard)
    scores = []
    for polarity in POLARITIES:
        right = counts[polarity, polarity]
        wrong = sum(counts[other, polarity] + counts[polarity, other] for other in POLARITIES if other != polarity)
        scores.append(2 * right / (2 * right + wrong) if right else 0.0)
    return sum(scores) / len(scores)


def _calibration(heard: list[tuple[str, Tone]]) -> float:
    """Mean distance of confidence and share of right posts, in ten bins, weighted by posts."""
    bins = Counter[int]()
    for label, tone in heard:
        bins[int(tone.confidence * 10)] += round((tone.confidence - (label == tone.polarity)) * 1_000_000)
    return sum(abs(distance) for distance in bins.values()) / 1_000_000 / len(heard)


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _is_check(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 5 == 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    yield from (json.loads(line) for line in text.split("\n") if line)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
