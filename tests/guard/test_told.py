"""Whoever reads a finding reads it in their language, and is sent nowhere that does not exist."""

from __future__ import annotations

import re

import pytest

from bot.core.case import Case
from bot.core.finding import Finding
from bot.guard.guard import Guard
from tests.guard.replies import BAD
from tests.guard.test_obedient_model import OBEYED

FOUND = [
    finding
    for case in (
        *(Case(text=reply, lang=lang, address="Sie") for _, lang, reply in BAD),
        *(Case(text=reply, mention=post, lang=lang) for _, lang, post, reply in OBEYED),
        Case(text="Wir erstatten 20 Euro.", lang="de", crisis=True),
        Case(text="Wir melden uns.", lang="de", limit=3),
        Case(text="Alles \u200bgut", lang="de"),
        Case(text="Schreib uns", lang="de", address="Sie"),
        Case(text="Schreiben Sie uns", lang="de", address="du"),
    )
    for finding in Guard().check(case)
]
GERMAN = re.compile(
    r"\b(?:ist|sind|hat|die|der|das|nicht|sie|es|wird|nennt|spricht|verspricht|sagt|passt)\b", re.IGNORECASE
)
ENGLISH = re.compile(r"\b(?:the|is|it|out|leave|take|this|confirmed)\b", re.IGNORECASE)
QUOTED = re.compile(r"[„\"][^“\"]*[“\"]|`\w+`")


def test_every_finding_says_why_and_what_is_better_in_both_languages() -> None:
    assert len({(finding.item, finding.hint) for finding in FOUND}) > 15
    for finding in FOUND:
        for german, english in ((finding.why_de, finding.why), (finding.hint_de, finding.hint)):
            assert german, finding
            assert english, finding
            assert not ENGLISH.search(QUOTED.sub("", german)), german
            assert not GERMAN.search(QUOTED.sub("", english).replace("Sie", "").replace("du", "")), english
            assert german.endswith("."), german
            assert english.endswith("."), english


def test_no_finding_sends_people_to_a_list_of_facts_that_is_not_there() -> None:
    for finding in FOUND:
        assert not re.search(r"confirm|fact", finding.hint), finding.hint
        assert not re.search(r"bestätig|fakt", finding.hint_de, re.IGNORECASE), finding.hint_de


def test_a_reason_is_asked_for_only_where_one_may_lift_the_stop() -> None:
    for finding in FOUND:
        if "written reason" in finding.hint or "Begründung" in finding.hint_de:
            assert finding.liftable, finding


@pytest.mark.parametrize(
    ("lang", "told"), [("de", ("Zahl", "weg")), ("en", ("number", "out")), ("tr", ("number", "out"))]
)
def test_a_finding_speaks_the_language_of_its_reader(lang: str, told: tuple[str, str]) -> None:
    finding = Finding(
        item="H6", severity="stop", start=0, end=1, why="number", hint="out", why_de="Zahl", hint_de="weg"
    )

    assert (finding.why_in(lang), finding.hint_in(lang)) == told


def test_a_finding_of_older_days_has_english_only() -> None:
    finding = Finding(item="H6", severity="stop", start=0, end=1, why="number", hint="out")

    assert (finding.why_in("de"), finding.hint_in("de")) == ("number", "out")
