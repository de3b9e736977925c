"""What looks like a customer's own details is taken out before a model sees it; the rest stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.masks import MASK, masked


@pytest.mark.parametrize(
    "detail",
    ["a.b+c@mail.example.org", "+49 (151) 987-65432", "030/1234567", "DE89370400440532013000", "4111 1111 1111 1111"],
)
def test_details_are_taken_out(detail: str) -> None:
    assert masked(f"so {detail} da", ()) == f"so {MASK} da"


@pytest.mark.parametrize("text", ["Seit 3 Wochen!", "89,90 Euro", "40 Minuten", "um 18:30 Uhr", "ICE 1234"])
def test_what_belongs_to_the_grievance_stays(text: str) -> None:
    assert masked(text, ()) == text


def test_a_known_value_is_taken_out_as_a_word_only() -> None:
    assert masked("Der Derrick, der!", ("Der", "")) == f"{MASK} Derrick, {MASK}!"


def test_half_a_character_breaks_nothing() -> None:
    assert masked("a\ud800b", ()) == "a?b"


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=3))
def test_masking_never_fails(text: str, values: list[str]) -> None:
    masked(text, values).encode()


@pytest.mark.parametrize("piece", ["1 ", "a@", "1-", "DE12 ", "a.", "+1("])
def test_hostile_text_costs_no_time(piece: str) -> None:
    begun = time.perf_counter()
    masked(piece * 100_000, ())
    assert time.perf_counter() - begun < 1
