"""We never speak faster than a chat allows, and nobody loses their turn."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from bot.channels.telegram_pace import CHATS_KEPT, Pace
from tests.channels.telegram_rooms import PretendClock

GROUP, PERSON = -501, 7001


def test_the_first_words_wait_for_nothing() -> None:
    assert Pace(PretendClock()).wait(GROUP, "1:1") == 0


def test_a_turn_is_kept_for_whoever_was_promised_it() -> None:
    clock = PretendClock()
    pace = Pace(clock)
    for key in ("1:1", "2:1", "3:1"):
        pace.wait(GROUP, key)

    clock.now += 1.5

    assert pace.wait(GROUP, "3:1") == 0.5
    assert pace.wait(GROUP, "4:1") == 1.5, "a newcomer stands behind"


def test_a_turn_that_nobody_took_for_long_is_over() -> None:
    clock = PretendClock()
    pace = Pace(clock)
    pace.wait(GROUP, "1:1")
    clock.now += 100
    pace.wait(GROUP, "2:1")

    assert pace.wait(GROUP, "1:1") == 1


def test_one_chat_does_not_wait_for_another() -> None:
    pace = Pace(PretendClock())
    pace.wait(GROUP, "1:1")

    assert pace.wait(PERSON, "2:1") == 0


def test_a_chat_that_telegram_closed_opens_again() -> None:
    clock = PretendClock()
    pace = Pace(clock)
    pace.hold(GROUP, 30)

    assert pace.wait(GROUP, "1:1") == 30
    clock.now += 30
    assert pace.wait(GROUP, "1:1") == 0


def test_chats_that_fell_silent_are_forgotten() -> None:
    clock = PretendClock()
    pace = Pace(clock)
    for chat in range(1, CHATS_KEPT + 1):
        pace.wait(chat, "1:1")
    clock.now += 120
    pace.wait(PERSON, "2:1")

    assert len(pace._lines) == 1


@given(arrivals=some.lists(some.floats(0, 5), min_size=1, max_size=80), chat=some.sampled_from([GROUP, PERSON]))
def test_turns_are_a_second_apart_and_twenty_a_minute_in_groups(arrivals: list[float], chat: int) -> None:
    clock = PretendClock()
    pace = Pace(clock)
    turns = []
    for number, gap in enumerate(arrivals):
        clock.now += gap
        turns.append(clock.now + pace.wait(chat, f"{number}:1"))

    assert all(later - earlier >= 1 - 1e-9 for earlier, later in pairwise(turns))
    if chat == GROUP:
        assert all(later - earlier >= 60 - 1e-9 for earlier, later in zip(turns, turns[20:], strict=False))
