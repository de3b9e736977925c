"""A text cut at its findings, so that each is read in the words it points at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.finding import Finding, Severity

_GRAVEST: tuple[Severity, ...] = ("stop", "warn", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some words of a text, and the findings that mean them."""

    text: str
    severity: Severity | None = None
    """The gravest of the findings; None where nothing was found."""
    closes: tuple[int, ...] = ()
    """Numbers of the findings, counted from 1, whose words end here."""


def points(finding: Finding, text: str) -> bool:
    """Whether a finding means some words rather than the text as a whole (or what is missing in it)."""
    return 0 <= finding.start < finding.end <= len(text) and finding.end - finding.start < len(text.strip())


def stretches(text: str, findings: Sequence[Finding]) -> list[Stretch]:
    """The whole text in order, cut wherever a finding begins or ends."""
    pointing = [(number, finding) for number, finding in enumerate(findings, 1) if points(finding, text)]
    cuts = sorted({0, len(text), *(place for _, finding in pointing for place in (finding.start, finding.end))})
    return [_stretch(text, start, end, pointing) for start, end in pairwise(cuts)]


def _stretch(text: str, start: int, end: int, pointing: Sequence[tuple[int, Finding]]) -> Stretch:
    here = [(number, finding) for number, finding in pointing if finding.start <= start and end <= finding.end]
    found = {finding.severity for _, finding in here}
    return Stretch(
        text=text[start:end],
        severity=next((severity for severity in _GRAVEST if severity in found), None),
        closes=tuple(number for number, finding in here if finding.end == end),
    )
