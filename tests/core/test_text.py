"""Text is counted and cut the way people and channels see it."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.core.languages import language_name
from bot.core.sentence import sentences_in
from bot.core.text import JUDGED, hidden_in, judged_part, shortened, utf16_length, visible

FAMILY = "👩‍👩‍👧‍👦"


@given(text=st.text(), limit=st.integers(1, 40))
def test_a_shortened_text_is_never_longer_than_asked_and_says_that_something_is_missing(text: str, limit: int) -> None:
    cut = shortened(text, limit)

    assert len(cut) <= max(limit, 1)
    assert cut == text if len(text) <= limit else cut.endswith("…")


@given(text=st.lists(st.sampled_from([*"ab ", FAMILY, "é", "🇩🇪"])).map("".join), limit=st.integers(1, 60))
def test_no_character_is_cut_in_two(text: str, limit: int) -> None:
    kept = shortened(text, limit).removesuffix("…") if len(text) > limit else text
    whole = regex.findall(r"\X", text)

    assert kept.rstrip() in {"".join(whole[:count]).rstrip() for count in range(len(whole) + 1)}


def test_a_text_that_ends_with_a_whole_character_at_the_limit_is_cut_before_the_ellipsis() -> None:
    assert shortened("abcdef", 4) == "abc…"
    assert shortened(FAMILY * 2, len(FAMILY) + 1) == f"{FAMILY}…"


def test_hidden_characters_are_found_and_taken_out() -> None:
    text = "Br\u200bot\u202e \U000e0041"

    assert visible(text) == "Brot "
    assert hidden_in(text) == [(2, 3), (5, 6), (7, 8)]
    assert hidden_in(f"Brot {FAMILY}") == []


@given(text=st.text(alphabet=st.sampled_from("ab\u200b\u200d\ufe0f\u00ad👩👧🇩")) | st.text())
def test_what_is_visible_hides_nothing(text: str) -> None:
    assert hidden_in(visible(text)) == []


def test_only_the_first_part_of_an_endless_text_is_judged() -> None:
    assert len(judged_part("a\u200b" * JUDGED * 3)) == JUDGED


@given(text=st.text())
def test_length_is_counted_as_telegram_counts(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(mark) > 0xFFFF else 1 for mark in text)


def test_languages_are_named_for_people() -> None:
    assert [language_name(code) for code in ("tr", "und", "tlh")] == [
        "Turkish",
        "A language we cannot name",
        "Language tlh",
    ]


def test_a_full_stop_after_an_abbreviation_or_a_day_ends_no_sentence() -> None:
    assert sentences_in("Am 3. Mai, z. B. heute. Ja! …") == ["Am 3. Mai, z. B. heute.", "Ja!", "…"]
    assert sentences_in("(Wirklich?) Nein.\n\nDoch") == ["(Wirklich?)", "Nein.", "Doch"]
    assert sentences_in(". Und dann") == [".", "Und dann"]
