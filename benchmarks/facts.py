"""The machine on which it was measured, so that figures can be compared with care."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("dbos", "sqlalchemy", "sqlite-utils", "python-telegram-bot", "slack-bolt", "fastapi")
SYNCS = 200
PAGE = b"\0" * 4096


def machine_facts(folder: Path) -> dict[str, str]:
    """Processor, memory, what one disk sync costs in this folder, how busy the machine is, versions, and the time."""
    return {
        "Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "Processor": f"{_told('/proc/cpuinfo', 'model name') or platform.machine()}, {_cores()} cores",
        "Memory": _memory(),
        "Disk sync": _sync_cost(folder),
        "Load before": f"{os.getloadavg()[0]:.2f} (one minute; other programs share the machine)",
        "System": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "Libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    }


def _told(file: str, name: str) -> str:
    """What a file of the kernel says under a name; nothing where there is no such file."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> str:
    total = _told("/proc/meminfo", "MemTotal").removesuffix(" kB")
    return f"{int(total) / 2**20:.1f} GiB" if total else "unknown"


def _sync_cost(folder: Path) -> str:
    """Append a page and sync it, again and again, as a commit does."""
    took = []
    with (folder / "synced").open("wb") as file:
        for _ in range(SYNCS):
            begun = time.perf_counter()
            file.write(PAGE)
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - begun) * 1000)
    return (
        f"{statistics.median(took):.2f} ms in the middle, {max(took):.1f} ms at most ({SYNCS} appended pages of 4 KiB)"
    )
