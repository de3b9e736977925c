"""Who can do their work just now: every room reports on itself, and every place where people look reads the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

Work = Literal["hearing", "replies", "clicks", "cards"]
"""What a room does for the house."""
TOLD_FOR = timedelta(minutes=5)
"""How long people are told that a trouble is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How one work of one room goes, since when."""

    room: str
    """`telegram`, `slack`."""
    work: Work
    at: datetime
    why: str = ""
    """What stands in the way, with the mend, in one line; empty when all is well."""
    again: bool = False
    """Whether it is well after a trouble."""


class Health:
    """The newest report on each work; what nobody reported on yet is not known to be ill."""

    def __init__(
        self, *, clock: Callable[[], datetime], changed: Callable[[Report], None] = lambda _report: None
    ) -> None:
        """`changed` is told each report that says something new."""
        self._clock = clock
        self._changed = changed
        self._reports: dict[tuple[str, Work], Report] = {}

    def ill(self, room: str, work: Work, why: str) -> None:
        """This cannot be done at present."""
        self._keep(Report(room=room, work=work, at=self._clock(), why=why))

    def well(self, room: str, work: Work) -> None:
        """This was just done."""
        before = self._reports.get((room, work))
        self._keep(Report(room=room, work=work, at=self._clock(), again=before is not None))

    def on(self, room: str, work: Work) -> Report | None:
        """The newest report; nothing before the first."""
        return self._reports.get((room, work))

    @property
    def troubles(self) -> tuple[Report, ...]:
        """All that does not go at present."""
        return tuple(report for report in tuple(self._reports.values()) if report.why)

    @property
    def mended(self) -> tuple[Report, ...]:
        """All that goes again since a moment ago."""
        lately = self._clock() - TOLD_FOR
        return tuple(report for report in tuple(self._reports.values()) if report.again and report.at > lately)

    def _keep(self, report: Report) -> None:
        """A report that only repeats the one before it changes nothing: its time is when it began."""
        before = self._reports.get((report.room, report.work))
        if before is None or before.why != report.why:
            self._reports[report.room, report.work] = report
            self._changed(report)
