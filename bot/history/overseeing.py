"""Overseeing: the house at a glance, from the short lists and never from the whole journey."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.history.words import Table, stamp, time_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.core.question import Standing


class Overseeing(Table):
    """Rows about everything at once."""

    def oldest_open(self, limit: int) -> list[int]:
        """The questions that have waited longest."""
        rows = self.all("select question from waiting order by since, question limit ?", limit)
        return [row["question"] for row in rows]

    def on_the_table_of(self, person: str, limit: int) -> list[int]:
        """What this person claimed, edits or was handed, while that lasts; most urgent first."""
        rows = self.all(
            "select waiting.question from waiting join handovers on handovers.number = "
            "(select max(number) from handovers as last where last.question = waiting.question) "
            "where kind <> 'release' and coalesce(to_person, person) = ? and (until is null or until > ?) "
            "order by due_at, waiting.question limit ?",
            person, stamp(self.now), limit,
        )  # fmt: skip
        return [row["question"] for row in rows]

    def places_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """Where the cards of these questions hang now."""
        rows = self.many(
            "select question, place from cards where number in (select max(number) from cards "
            "where question in ({}) and place is not null group by question)",
            numbers,
        )
        return {row["question"]: row["place"] for row in rows}

    def heard_at(self, channel: str) -> datetime | None:
        """When a channel last handed something over."""
        row = self.one("select at from raw where channel = ? order by id desc limit 1", channel)
        return time_of(row["at"]) if row else None

    def open_by_standing(self, channel: str) -> Mapping[Standing, int]:
        """How many open questions of a channel stand where."""
        rows = self.all("select standing, count(*) as n from waiting where channel = ? group by standing", channel)
        return {cast("Standing", row["standing"]): row["n"] for row in rows}
