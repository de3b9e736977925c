"""A finding is told in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.finding import Finding

FOUND = Finding(
    item="H6", severity="stop", start=0, end=3, why="No fact says so.", hint="Leave it out.",
    why_de="Das sagt keine Tatsache.", hint_de="Weglassen.",
)  # fmt: skip


def test_a_german_reader_reads_german_and_everybody_else_english() -> None:
    assert (FOUND.why_in("de"), FOUND.hint_in("de")) == ("Das sagt keine Tatsache.", "Weglassen.")
    assert (FOUND.why_in("en"), FOUND.hint_in("en")) == ("No fact says so.", "Leave it out.")
    assert FOUND.why_in("tr") == "No fact says so."


def test_a_finding_kept_before_there_was_german_is_told_in_english() -> None:
    older = replace(FOUND, why_de="", hint_de="")

    assert (older.why_in("de"), older.hint_in("de")) == ("No fact says so.", "Leave it out.")
