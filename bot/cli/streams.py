"""The three streams of a command: what is closed or full is told in one line, and nothing is half done for it."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import CandorError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

IN, OUT, ERR = range(3)
_NO_MORE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


def look_at_streams() -> None:
    """Give a closed stream's number to nobody: a file of ours, opened in its place, would be written into.

    Without standard input there is nothing to read, without standard error nobody to tell.

    Raises:
        UsageError: standard output is closed, so nobody would see what was done.
    """
    for number in (IN, OUT, ERR):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number: this one
    if sys.stdin is None:
        sys.stdin = open(IN, encoding="utf-8", closefd=False)  # noqa: SIM115  # lives as long as we do
    if sys.stderr is None:
        sys.stderr = open(ERR, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # likewise
    if sys.stdout is None:
        raise UsageError("standard output is closed, nothing was done: open it, or send it to /dev/null")


@contextmanager
def written() -> Iterator[None]:
    """What is printed inside may find a full disk; whoever has enough of reading (a closed pipe) is told nothing.

    Raises:
        CandorError: it could not be written.
    """
    try:
        yield
    except OSError as error:
        if takes_no_more(error):
            raise CandorError(cannot_be_written(error)) from error
        raise


def takes_no_more(error: OSError) -> bool:
    """Whether a stream is full or broken: files have a name, and our own are asked for by rooms that say so themselves."""
    return error.filename is None and error.errno in _NO_MORE


def cannot_be_written(error: OSError) -> str:
    """The line for it."""
    return f"the answers cannot be written: {error.strerror}"


def last_words() -> OSError | None:
    """Write what is still held back; where nobody takes it, keep Python from complaining once more at the end."""
    if sys.stdout is None:
        return None
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None
