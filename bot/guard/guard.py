"""Reads every reply before a person may approve it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.text import JUDGED
from bot.guard.h06_claims import unconfirmed_claims
from bot.guard.h06_numbers import unconfirmed_figures
from bot.guard.h08_asking import asks_for_personal_data
from bot.guard.h09_person import personal_values
from bot.guard.h10_insult import insults
from bot.guard.h11_form import raw_markup, too_long, unlisted_names
from bot.guard.h11_language import mixed_address, other_language
from bot.guard.h12_disguise import in_disguise
from bot.guard.h12_takeover import taken_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.case import Case
    from bot.core.finding import Finding

_WORDED = (
    *(unconfirmed_figures, unconfirmed_claims, asks_for_personal_data, insults),
    *(other_language, mixed_address, in_disguise),
)
"""These know German and English."""
_WORDLESS = (personal_values, raw_markup, unlisted_names, taken_over)
"""These hold in any language."""


class Guard:
    """Knows the items of the rubric; it keeps nothing."""

    def check(self, case: Case) -> list[Finding]:
        """Everything we cannot stand behind in these words, ordered by where it stands.

        Items H6, H9, H11 and H12 of the rubric, and the stops of H8 and H10. In a language other than German and English only those run that
        need no language. Total; at most 20,000 characters are read (no channel takes more); of
        what the customer wrote, the newest 20,000.
        """
        read = replace(case, text=case.text[:JUDGED], mention=case.mention[-JUDGED:] if case.mention else None)
        findings = [finding for rule in _rules(case.lang) for finding in rule(read)]
        return sorted(
            {*findings, *too_long(case)}, key=lambda finding: (finding.start, finding.item, finding.end, finding.why)
        )


def _rules(lang: str | None) -> tuple[Callable[[Case], list[Finding]], ...]:
    """The rules for this language; None: not known, so all of them."""
    return _WORDED + _WORDLESS if lang in ("de", "en", None) else _WORDLESS
