"""Speak no faster than Telegram allows in one chat: about one post a second, in groups twenty a minute."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
BETWEEN_POSTS = 1.0  # seconds
GROUP_MINUTE = 60.0  # seconds in which a group takes …
GROUP_POSTS = 20  # … so many posts
LATE = 60.0  # seconds after which a turn that nobody took is over
CHATS_KEPT = 500


@dataclass(slots=True)
class _Line:
    """The turns of one chat, newest last, and who was promised one."""

    turns: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_POSTS))
    closed_until: float = 0.0
    promised: dict[str, float] = field(default_factory=dict)


class Pace:
    """Gives each reply its turn; whoever must wait long goes home and comes back for it.

    Nobody should wait inside a publishing call: a pause or an edit would not reach them there, and a crash would
    leave a reply of unknown outcome that never left. So turns are promised by the reply's key.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` gives seconds of a clock that never goes back."""
        self._now = now
        self._lines: dict[int, _Line] = {}

    def wait(self, chat: int, key: str) -> float:
        """Say how many seconds the reply with this key still has to wait; the same answer when asked again."""
        now = self._now()
        line = self._line(chat, now)
        turn = line.promised.get(key)
        if turn is None or now - turn > LATE:
            turn = line.promised[key] = _next_turn(line, now, in_group=chat < 0)
            line.turns.append(turn)
        return max(0.0, turn - now, line.closed_until - now)

    def done(self, chat: int, key: str) -> None:
        """Take back the promise: the reply was tried."""
        if line := self._lines.get(chat):
            line.promised.pop(key, None)

    def hold(self, chat: int, seconds: float) -> None:
        """Let nobody speak in this chat for so long: Telegram said so."""
        now = self._now()
        self._line(chat, now).closed_until = now + seconds

    def _line(self, chat: int, now: float) -> _Line:
        if chat not in self._lines and len(self._lines) >= CHATS_KEPT:
            self._lines = {name: line for name, line in self._lines.items() if _is_of_use(line, now)}
        return self._lines.setdefault(chat, _Line())


def _next_turn(line: _Line, now: float, *, in_group: bool) -> float:
    turn = max(now, line.closed_until)
    if line.turns:
        turn = max(turn, line.turns[-1] + BETWEEN_POSTS)
    if in_group and len(line.turns) == GROUP_POSTS:
        turn = max(turn, line.turns[0] + GROUP_MINUTE)
    return turn


def _is_of_use(line: _Line, now: float) -> bool:
    return line.closed_until > now or bool(line.turns and line.turns[-1] > now - GROUP_MINUTE)
