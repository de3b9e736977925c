"""Slack says everything in German and in English, and says in both the same things."""

from __future__ import annotations

import re
import string
from datetime import datetime
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import bot.approvals.slack
import bot.core.question
from bot.approvals.slack.speech import speech_in
from bot.core.decision import DeclineKind, LeaveKind
from bot.core.fact import Fault
from bot.core.question import Handover, Standing
from bot.core.tone import Flag, Polarity

ROOM = Path(bot.approvals.slack.__file__).parent
ENGLISH, GERMAN = (speech_in(lang, "Europe/Berlin").words for lang in ("en", "de"))
CLOSED_LISTS = {
    "state": Standing, "standing": Standing, "polarity": Polarity, "flag": Flag, "fault": Fault, "sounds": Polarity,
    "decline": DeclineKind, "leave": LeaveKind,
}  # fmt: skip


def about(words: str) -> set[str]:
    """What a sentence speaks of."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_both_languages_have_the_same_words() -> None:
    assert ENGLISH.keys() == GERMAN.keys()


@pytest.mark.parametrize("name", ENGLISH)
def test_both_languages_speak_of_the_same_things(name: str) -> None:
    assert about(ENGLISH[name]) == about(GERMAN[name])


@pytest.mark.parametrize("group", CLOSED_LISTS)
def test_no_name_of_a_closed_list_is_without_words(group: str) -> None:
    assert {f"{group}.{name}" for name in get_args(CLOSED_LISTS[group])} <= ENGLISH.keys()


def test_every_way_to_hold_a_question_has_its_words() -> None:
    kinds = get_args(get_type_hints(Handover, vars(bot.core.question) | {"datetime": datetime})["kind"])

    assert {f"line.{kind}" for kind in kinds} <= ENGLISH.keys()


def test_every_word_that_slack_asks_for_is_there() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    asked = set(re.findall(r'(?:say|count)\(\s*"([a-z_.]+)"', said))
    counted = {name for name in asked if f"{name}.one" in ENGLISH}

    assert len(asked) > 50
    assert asked - counted <= ENGLISH.keys()


def test_slack_says_nothing_of_its_own_outside_the_word_files() -> None:
    """A sentence in the code would be English in a German channel."""
    labels = re.compile(
        r'(?:plain|small|marked|header|whisper|button|option|errors)\(\s*(?:click, )?f?"[^"{]*[A-Za-z]{3} '
    )

    assert [path.name for path in ROOM.rglob("*.py") if labels.search(path.read_text(encoding="utf-8"))] == []
