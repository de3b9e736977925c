"""Typing `candor` in a folder of one's own: a process that starts, says something, and is stopped as people stop it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.settings import NAMES
from tests.cli.candor import Called, rows

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
CANDOR = (sys.executable, "-m", "bot")
PATIENCE = 60.0
"""Seconds until a test gives up on a program; a busy machine is slow, a hanging program is for ever."""
RULES = """
brand = "Krume Bakery"
[[people]]
name = "Alice"
login = "alice"
[[people]]
name = "Bob"
login = "bob"
"""


def a_house_in(folder: Path, rules: str = RULES) -> Path:
    """A folder in which `candor` may be typed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "candor.toml").write_text(rules, encoding="utf-8")
    return folder


def a_row(name: str, text: str = "Mein Brot war heute steinhart.", **changes: Any) -> dict[str, Any]:
    """One mention row of the contract."""
    said = datetime(2026, 11, 24, 8, 0, tzinfo=UTC).isoformat()
    return {"channel": "telegram", "id": name, "author": f"@{name}", "text": text, "at": said} | changes


def typed(
    folder: Path, *arguments: str, given: bytes = b"", limits: Callable[[], None] | None = None, **env: str
) -> Called:
    """Type one command and wait for its end."""
    done = subprocess.run(
        [*CANDOR, *arguments], cwd=folder, env=_environment(env), input=given, capture_output=True, timeout=PATIENCE,
        preexec_fn=limits, check=False,
    )  # fmt: skip
    return Called(status=done.returncode, out=done.stdout, err=done.stderr.decode())


def replayed(folder: Path, *given: Any, options: tuple[str, ...] = ()) -> Called:
    """Send rows through `candor replay`."""
    (folder / "day.jsonl").write_bytes(rows(*given) if given else b"")
    return typed(folder, "replay", *options, "day.jsonl")


def wait_until(holds: Callable[[], object]) -> None:
    """Look again and again at what another program brings about; a test that waits in vain fails."""
    given_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < given_up, "nothing came of it"
        time.sleep(0.05)


@dataclass
class Running:
    """A program under way."""

    program: subprocess.Popen[bytes]
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    _lines: queue.Queue[str] = field(default_factory=queue.Queue)
    _readers: list[threading.Thread] = field(default_factory=list)

    def until(self, words: str) -> str:
        """Wait for a line on stdout that holds these words."""
        while True:
            line = self._lines.get(timeout=PATIENCE)
            if words in line:
                return line

    def stopped(self, by: signal.Signals) -> Called:
        """Stop it as people and machines do, and wait for its end."""
        self.program.send_signal(by)
        status = self.program.wait(timeout=PATIENCE)
        for reader in self._readers:
            reader.join(timeout=PATIENCE)
        return Called(status=status, out="".join(self.out).encode(), err="".join(self.err))

    def listen(self) -> None:
        """Read both streams as they come, so that the program never waits for us."""
        for stream, kept in ((self.program.stdout, self.out), (self.program.stderr, self.err)):
            assert stream is not None
            reader = threading.Thread(target=self._read, args=(stream, kept), daemon=True)
            reader.start()
            self._readers.append(reader)

    def _read(self, stream: IO[bytes], kept: list[str]) -> None:
        for line in stream:
            kept.append(line.decode())
            if kept is self.out:
                self._lines.put(line.decode())


@contextmanager
def started(folder: Path, *arguments: str, **env: str) -> Iterator[Running]:
    """Start a command that goes on until it is stopped; whatever happens, it does not outlive the test."""
    with subprocess.Popen(
        [*CANDOR, *arguments], cwd=folder, env=_environment(env), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:  # fmt: skip
        running = Running(program)
        running.listen()
        try:
            yield running
        finally:
            if program.poll() is None:
                program.kill()


def _environment(env: dict[str, str]) -> dict[str, str]:
    """Ours without any of Candor's names but those given; lines come at once, also through a pipe."""
    ours = {name: value for name, value in os.environ.items() if name not in NAMES}
    return ours | {"PYTHONPATH": str(ROOT)} | env
