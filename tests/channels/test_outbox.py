"""Replies to replayed posts are kept in our own house, each once."""

from __future__ import annotations

import pytest

from bot.channels.outbox import Outbox
from bot.core.attempt import Attempt, Sent
from tests.channels.contract import an_attempt


@pytest.fixture
def kept() -> list[Attempt]:
    return []


@pytest.fixture
def outbox(kept: list[Attempt]) -> Outbox:
    def keep(attempt: Attempt) -> int:
        kept.append(attempt)
        return len(kept)

    def seek(key: str) -> int | None:
        return next((number for number, attempt in enumerate(kept, 1) if attempt.key == key), None)

    return Outbox(keep, seek)


async def test_a_reply_is_kept_under_a_number(outbox: Outbox, kept: list[Attempt]) -> None:
    assert await outbox.publish(an_attempt("1:1")) == Sent(id="outbox/1", url=None)
    assert kept == [an_attempt("1:1")]


async def test_the_same_key_again_is_the_same_reply(outbox: Outbox, kept: list[Attempt]) -> None:
    first = await outbox.publish(an_attempt("1:1"))

    assert await outbox.publish(an_attempt("1:1")) == first
    assert await outbox.publish(an_attempt("1:2")) != first
    assert len(kept) == 2


async def test_it_can_be_looked_up(outbox: Outbox) -> None:
    assert await outbox.find(an_attempt("1:1")) is None
    sent = await outbox.publish(an_attempt("1:1"))

    assert await outbox.find(an_attempt("1:1")) == sent
