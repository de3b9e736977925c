"""The word lists that a team edits can be read, and say what they mean."""

from __future__ import annotations

import pytest

from bot.tone.flags import RULED, rule
from bot.tone.lexicon import KINDS, LANGUAGES, lexicon, pictures, tables


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_group_has_a_known_kind_and_a_weight_that_fits(lang: str) -> None:
    for group in tables(f"words_{lang}.toml")["group"]:
        assert group["kind"] in KINDS
        assert -3 <= group["weight"] <= 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_written_the_way_they_are_looked_up(lang: str) -> None:
    words = lexicon(lang)

    for written in (*words.words, *words.beginnings, *words.endings, *words.phrases, *words.common, *words.negators):
        assert written == written.casefold()


def test_a_star_stands_for_longer_forms_and_compounds() -> None:
    words = lexicon("de")

    assert words.word("beschwerden") == words.word("beschwerde")
    assert words.word("totalausfall") is not None
    assert words.word("brötchen") is None


def test_the_longest_form_wins() -> None:
    gutschein = lexicon("de").word("gutscheine")

    assert gutschein is not None
    assert gutschein.weight == 0


def test_pictures_have_a_mood() -> None:
    assert pictures()["❤"][0] > 0
    assert pictures()["😡"] == (-2.0, True)


@pytest.mark.parametrize("name", RULED)
def test_every_rule_of_a_flag_compiles_and_is_silent_on_nothing(name: str) -> None:
    assert rule(name).hits("") == 0
