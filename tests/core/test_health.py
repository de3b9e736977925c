"""A trouble is told from its beginning to its end, by every place in the same way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.health import TOLD_FOR, Health, Report
from bot.core.why import Told, Why

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class House:
    """A health with its clock in the test's hands, and what was told of it."""

    def __init__(self) -> None:
        self.now = NOON
        self.changes: list[Report] = []
        self.health = Health(clock=lambda: self.now, changed=self.changes.append)


def test_what_nobody_reported_on_is_no_trouble() -> None:
    health = House().health

    assert (health.troubles, health.mended, health.on("telegram", "hearing")) == ((), (), None)


def test_a_trouble_says_where_it_is_since_when_and_why() -> None:
    house = House()
    house.health.ill("telegram", "hearing", Why.telegram_key())

    [report] = house.health.troubles
    assert (report.room, report.work, report.why, report.at) == ("telegram", "hearing", Why.telegram_key(), NOON)
    assert isinstance(report.why, Told), "each surface says it in its reader's language"


def test_a_trouble_that_goes_on_keeps_its_beginning_and_is_told_once() -> None:
    house = House()
    for _ in range(3):
        house.health.ill("telegram", "hearing", "no")
        house.now += timedelta(minutes=5)

    assert [report.at for report in house.health.troubles] == [NOON]
    assert [report.why for report in house.changes] == ["no"]


def test_the_end_of_a_trouble_is_told_for_a_while() -> None:
    house = House()
    house.health.ill("telegram", "hearing", "no")
    house.health.ill("slack", "cards", "no")
    house.health.well("telegram", "hearing")
    mended = house.health.mended
    house.now += TOLD_FOR

    assert [report.room for report in house.health.troubles] == ["slack"]
    assert [report.room for report in mended] == ["telegram"]
    assert house.health.mended == ()
    assert [(report.room, report.again) for report in house.changes] == [
        ("telegram", False), ("slack", False), ("telegram", True),
    ]  # fmt: skip


def test_what_always_went_is_not_called_mended() -> None:
    house = House()
    house.health.well("telegram", "hearing")
    house.health.well("telegram", "hearing")

    assert house.health.mended == ()
    assert [(report.why, report.again) for report in house.changes] == [("", False)]
