"""The log tells what happened, and never a secret."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.observe import BLACK, open_log, redacted

if TYPE_CHECKING:
    from collections.abc import Iterator

TELEGRAM = "7219034455:" + "AAH" + "k3Jd9sPq_XyZ-0123456789abcdefgh"
SLACK = "xoxb-" + "2345-6789-abcDEF"
OPENAI = "sk-" + "proj-Ab12_cd34"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    written = io.StringIO()
    root = logging.getLogger()
    level = root.level
    door = open_log(written, secrets=["quite-a-secret"])
    yield written
    door.close()
    root.setLevel(level)


@pytest.mark.parametrize("token", [TELEGRAM, SLACK, OPENAI, "xapp-" + "1-A0-9-ff", "xoxe.xoxp-" + "1-abc"])
def test_a_token_is_told_by_its_shape(token: str) -> None:
    said = redacted(f"the key is {token}, says the log")

    assert said == f"the key is {BLACK}, says the log"


@pytest.mark.parametrize("address", ["/bot1:T/getMe", "/bot7219034455%3AAAH/x", f"/file/bot{TELEGRAM}/photo.jpg"])
def test_a_bot_token_in_an_address_is_blacked_out_however_short(address: str) -> None:
    said = redacted(f"GET https://telegram.example{address}")

    assert "/bot" + BLACK + "/" in said


def test_a_closed_log_is_written_no_more() -> None:
    written = io.StringIO()
    before = list(logging.getLogger().handlers)
    open_log(written).close()

    logging.getLogger("bot.test").warning("said to nobody")

    assert logging.getLogger().handlers == before
    assert written.getvalue() == ""


def test_ordinary_words_stay() -> None:
    line = "task-force met at 12:30, risk-free; ticket 123456:abc, 20260512:0941"

    assert redacted(line) == line


def test_a_known_secret_is_blacked_out_although_it_has_no_shape(log: io.StringIO) -> None:
    logging.getLogger("bot.test").warning("signed with %s", "quite-a-secret")

    assert "quite-a-secret" not in log.getvalue()
    assert BLACK in log.getvalue()


def test_a_traceback_gives_no_secret_away(log: io.StringIO) -> None:
    try:
        raise ValueError(f"no route to /bot{TELEGRAM}/getMe")
    except ValueError:
        logging.getLogger("bot.test").exception("not reached")

    assert TELEGRAM not in log.getvalue()
    assert "ValueError" in log.getvalue()


def test_a_field_gives_no_secret_away(log: io.StringIO) -> None:
    logging.getLogger("bot.test").info("asked", extra={"address": f"/bot{TELEGRAM}/getMe"})

    assert TELEGRAM not in log.getvalue()


def test_a_line_carries_its_fields(log: io.StringIO) -> None:
    logging.getLogger("bot.pipeline").info("drafted", extra={"mention": 12, "version": 1})

    assert log.getvalue().endswith(" info bot.pipeline drafted mention=12 version=1\n")


@given(words=st.text())
def test_nobody_forges_a_second_line(words: str) -> None:
    written = io.StringIO()
    door = open_log(written)
    try:
        logging.getLogger("bot.test").warning("%s", words)
    finally:
        door.close()

    assert len(written.getvalue().splitlines()) == 1
