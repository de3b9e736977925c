"""The log: one line per step, keyed by our own numbers, with every secret blacked out.

A line reads `2026-05-12T09:41:03+0200 info bot.pipeline drafted mention=12 version=1`. Callers give the fields as
`extra={"mention": 12}`; a customer's text, handle or post id is never among them.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable

BLACK = "[secret]"
_SHAPES = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+"  # Slack, bot and user tokens, rotated ones too
    r"|xapp-[\w-]+"  # Slack, app-level tokens
    r"|sk-[\w-]{3,}"  # OpenAI and services that speak like it
    r"|\d{6,}(?::|%3A)[\w-]{20,}"  # Telegram, anywhere
    r")"
    r"|(?<=/bot)\d+(?::|%3A)[\w-]+"  # Telegram, in an address, however short
    r"|(?<=[Bb]earer )[\w.~+/=-]+"  # whatever a header carries
)
_SHORTEST = 6
"""Known secrets shorter than this are not searched for: they would black out ordinary words."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "level", "fields"}


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with every token, by its shape, and every known secret blacked out.

    >>> redacted("POST https://api.telegram.org/bot123:abc/getMe")
    'POST https://api.telegram.org/bot[secret]/getMe'
    """
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, BLACK)
    return _SHAPES.sub(BLACK, text)


class Redacting(logging.Filter):
    """Blacks out secrets in a record before any handler prints it, the traceback included."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; every record goes on."""
        record.msg, record.args = redacted(record.getMessage(), self._secrets), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text, self._secrets)
        for name in _fields_of(record):
            setattr(record, name, redacted(str(getattr(record, name)), self._secrets))
        return True


class OneLine(logging.Formatter):
    """Time, level, room, words, fields: on one line, so that nobody can forge a second."""

    def __init__(self) -> None:
        super().__init__(fmt="%(asctime)s %(level)s %(name)s %(message)s%(fields)s", datefmt="%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Write the record down; line breaks and control characters are written out."""
        record.fields = "".join(f" {name}={getattr(record, name)}" for name in _fields_of(record))
        record.level = record.levelname.lower()
        return _BREAKS.sub(lambda found: found[0].encode("unicode_escape").decode(), super().format(record))


class _Door(logging.StreamHandler[TextIO]):
    """Where the log leaves the house; closed, nothing is written there any more."""

    def close(self) -> None:
        """Take the door out of the wall, too."""
        logging.getLogger().removeHandler(self)
        super().close()


def open_log(stream: TextIO, *, secrets: Iterable[str] = (), level: int = logging.INFO) -> logging.Handler:
    """Write every library's and our own records to one stream; gives back the handler; closing it ends that."""
    door = _Door(stream)
    door.addFilter(Redacting(secrets))
    door.setFormatter(OneLine())
    root = logging.getLogger()
    root.addHandler(door)
    root.setLevel(level)
    return door


def _fields_of(record: logging.LogRecord) -> list[str]:
    return [name for name in vars(record) if name not in _USUAL]
