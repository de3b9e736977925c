"""Foreign words in Slack: whole characters, within the limits, and nobody's markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.approvals.slack.addresses import Version, version_from
from bot.approvals.slack.wording import escaped, foreign, link, one_line, pieces, unescaped, within


@given(st.text(), st.integers(20, 300))
def test_foreign_words_keep_the_limit_and_carry_no_markup(text: str, limit: int) -> None:
    """After escaping, not before."""
    said = foreign(text, limit)

    assert 0 < len(said) <= limit
    assert "<" not in said
    assert ">" not in said


@given(st.text())
def test_what_was_escaped_reads_back(text: str) -> None:
    """A colleague's feedback arrives as it was typed."""
    assert unescaped(escaped(text)) == text


@given(st.text(max_size=400), st.integers(60, 100))
def test_pieces_are_the_whole_text(text: str, limit: int) -> None:
    """Nothing is lost between two text objects but blank ones."""
    parts = pieces(text, limit)

    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(escaped(text).split())


def test_a_family_is_not_torn_apart() -> None:
    """Cut between graphemes."""
    assert foreign("👨‍👩‍👧" * 10, 12) == "👨‍👩‍👧👨‍👩‍👧…"
    assert pieces("👨‍👩‍👧" * 3, 30) == ["👨‍👩‍👧" * 3]


def test_stars_inside_our_own_markup_stay_stars() -> None:
    """They only look alike."""
    assert within("*all* _of_ `it`", 50) == "∗all∗ ˍofˍ ‘it‘"
    assert within(":white_check_mark: at 10:30, a:b", 50) == "∶white_check_mark: at 10:30, a:b"
    assert one_line("two\nlines", 50) == "two lines"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://t.me/c/1/2?a=1&b=2", "<https://t.me/c/1/2?a=1&amp;b=2|original>"),
        ("https://x.example/|evil>", "<https://x.example/%7Cevil%3E|original>"),
        ("javascript:alert(1)", ""),
        ("slack://open", ""),
        ("http://", ""),
        (None, ""),
    ],
)
def test_only_addresses_that_a_browser_opens_become_links(url: str | None, shown: str) -> None:
    """And nothing breaks out of them."""
    assert link(url, "original") == shown


@pytest.mark.parametrize(
    ("value", "version"),
    [
        ("12:3", Version(12, 3)),
        ("escalate:12:3", Version(12, 3)),
        ("decide:c0ffee:12:0", Version(12, 0)),
        ("12", None),
        ("", None),
        ("12:x", None),
        ("1²:3", None),
        ("12:-3", None),
        ("9" * 19 + ":1", None),
        ("12:" + "9" * 19, None),
    ],
)
def test_only_our_own_names_are_read(value: str, version: Version | None) -> None:
    """Anything else names nothing."""
    assert version_from(value) == version
