"""How a house ends: by itself, by Ctrl-C, or by what one of its rooms foresaw."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

from bot.errors import CandorError

if TYPE_CHECKING:
    from collections.abc import Coroutine

log = logging.getLogger("candor")


async def until_stopped(body: Coroutine[object, object, None]) -> bool:
    """Run until done, or until somebody ends the program; then everything running is let finish. Whether it was done."""
    task = asyncio.ensure_future(body)
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped")
        return False
    except BaseExceptionGroup as group:  # rooms run side by side; what one of them foresaw is told in its one line
        raise _foreseen_in(group) or group from None
    return True


def _foreseen_in(group: BaseExceptionGroup) -> CandorError | None:
    """The first failure of a group that holds foreseen ones only."""
    foreseen, rest = group.split(CandorError)
    if foreseen is None or rest is not None:
        return None
    first = foreseen.exceptions[0]
    return _foreseen_in(first) if isinstance(first, BaseExceptionGroup) else first
