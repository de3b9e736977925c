"""A line that breaks is one line in the log."""

from __future__ import annotations

import logging

from bot.approvals.slack.room import _without_the_wires_own_story


def record_of(error: Exception) -> logging.LogRecord:
    return logging.LogRecord("x", logging.ERROR, "f", 1, "failed", None, (type(error), error, None))


def test_a_connection_that_broke_while_answering_leaves_no_traceback() -> None:
    broken, fault = record_of(ConnectionResetError("closing")), record_of(ValueError("ours"))

    assert _without_the_wires_own_story(broken)
    assert _without_the_wires_own_story(fault)
    assert (broken.exc_info, fault.exc_info is not None) == (None, True)
