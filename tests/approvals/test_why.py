"""Whatever the house says by itself is read in German on a German surface, and in whole sentences in English."""

from __future__ import annotations

import string
import tomllib

import pytest

from bot.approvals.why import WORDS, in_words
from bot.core.languages import NAMES
from bot.core.why import Why

GERMAN = tomllib.loads((WORDS / "de.toml").read_text(encoding="utf-8"))


def about(words: str) -> set[str]:
    """What a sentence speaks of."""
    return {name.partition("!")[0] for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_reason_has_its_german_sentence_and_no_sentence_is_left_over() -> None:
    assert set(GERMAN["why"]) == {why.name for why in Why}


@pytest.mark.parametrize("why", Why, ids=lambda why: why.name)
def test_a_german_sentence_speaks_of_the_same_things(why: Why) -> None:
    assert about(GERMAN["why"][why.name]) == about(why.value)


def test_every_language_we_can_name_has_its_german_name() -> None:
    assert set(GERMAN["lang"]) == {*NAMES, "und", "other"}


def test_a_reason_inside_a_reason_is_german_too() -> None:
    line = Why.template_instead(first=Why.model_timed_out(seconds="20"))

    assert in_words(line, "de") == (
        "Das Modell hat nach 20 s noch nicht geantwortet. Deshalb steht hier der Entwurf aus der Vorlage."
    )


def test_people_languages_and_channels_are_named_as_germans_name_them() -> None:
    assert "von Alice und Bob um 09:41 Uhr" in in_words(
        Why.approved_by(people=("Alice", "Bob"), version=1, clock="09:41"), "de"
    )
    assert in_words(Why.foreign_language(lang="tr"), "de").startswith("Türkisch: ")
    assert in_words(Why.foreign_language(lang="xx"), "de").startswith("Sprache xx: ")
    assert in_words(Why.not_connected(channel="telegram", attempt=3), "de").startswith("Telegram ist hier nicht")


def test_english_is_made_a_whole_sentence() -> None:
    assert in_words(Why.all_wordings_used(), "en") == "All wordings used: please write."
    assert in_words(Why.settled(), "en") == "Somebody settled this already."


def test_what_the_house_did_not_say_itself_stays_as_it_is() -> None:
    assert in_words("Forbidden: bot was kicked", "de") == "Forbidden: bot was kicked"
