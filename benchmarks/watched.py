"""Runs a program to its end and watches how much memory it holds."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.house import begin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOOK_EVERY = 0.02
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How long a program lived (seconds), the most memory it held (MB), its status, and what it printed."""

    seconds: float
    megabytes: float
    status: int
    printed: str


def run(command: Sequence[str], folder: Path, told: Mapping[str, str] | None = None) -> Run:
    """Run a program in a house until it ends by itself.

    The kernel's own high-water mark is read (`VmHWM`): the `ru_maxrss` of a child also counts what its parent held.
    """
    begun, peak = time.perf_counter(), 0.0
    child = begin(command, folder, told or {})
    while child.poll() is None:
        peak = max(peak, _high_water(child.pid))
        time.sleep(LOOK_EVERY)
    seconds = time.perf_counter() - begun
    return Run(seconds=seconds, megabytes=peak, status=child.returncode, printed=child.communicate()[0])


def _high_water(pid: int) -> float:
    """The most memory a program ever held, in MB; 0 when it has ended, or where nobody can tell."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
