"""A figure means the same however it is written."""

from __future__ import annotations

import pytest

from bot.guard.figures import figures_in


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("zwei Tage", "number", "2"),
        ("three days", "number", "3"),
        ("twenty-one guests", "number", "21"),
        ("dreimal", "number", "3"),
        ("within an hour", "number", "1"),
        ("in einer Stunde", "number", "1"),
        ("one week", "number", "1"),
        ("half an hour", "number", "0.5"),
        ("1.234,50 Euro", "money", "1234.5"),
        ("€1,234.50", "money", "1234.5"),
        ("20 €", "money", "20"),
        ("zehn Euro", "money", "10"),
        ("15 Uhr", "time", "15:00"),
        ("15:00", "time", "15:00"),
        ("3 pm", "time", "15:00"),
        ("noon", "time", "12:00"),
        ("9.10 Uhr", "time", "09:10"),
        ("3. Mai", "date", "05-03"),
        ("03.05.2026", "date", "05-03"),
        ("May 3rd", "date", "05-03"),
        ("2026-05-03", "date", "05-03"),
        ("im Mai", "date", "05"),
        ("Dienstag", "date", "tue"),
        ("tomorrow", "date", "tomorrow"),
        ("heute noch", "date", "today"),
    ],
)
def test_a_figure_has_one_value(words: str, kind: str, value: str) -> None:
    (figure,) = figures_in(words)

    assert (figure.kind, figure.value) == (kind, value)


@pytest.mark.parametrize(
    "words",
    [
        "ein Fehler",
        "one of us",
        "no one",
        "einmal",
        "zuerst",
        "first of all",
        "Guten Morgen",
        "heute Morgen",
        "heute",
        "today",
        "You may write",
        "Schönes Wochenende",
        "half of it",
        "A4",
    ],
)
def test_articles_pronouns_and_greetings_are_no_figures(words: str) -> None:
    assert figures_in(words) == []
