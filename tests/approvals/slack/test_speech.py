"""The house speaks its first language in Slack, with its own way to say times, tones and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.approvals.slack.speech import Speech, speech_of
from bot.core.why import Why
from tests.approvals.slack.samples import GERMAN_HOUSE, HOSTILE, HOUSE, NOW, a_tone

ENGLISH, GERMAN = speech_of(HOUSE), speech_of(GERMAN_HOUSE)


def test_the_first_language_of_the_house_is_spoken() -> None:
    """English where we do not speak it."""
    assert [speech_of(replace(HOUSE, languages=first)).lang for first in (("de", "en"), ("en",), ("tr",), ())] == [
        "de", "en", "en", "en",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("speech", "spans", "ago", "moment"),
    [
        (ENGLISH, ["0 min", "50 min", "2 h", "2 days"], "5 min ago", "24 Nov, 15:00"),
        (GERMAN, ["0 Min.", "50 Min.", "2 Std.", "2 Tage"], "vor 5 Min.", "24.11., 15:00 Uhr"),
    ],
    ids=["en", "de"],
)
def test_times_are_said_as_people_say_them(speech: Speech, spans: list[str], ago: str, moment: str) -> None:
    """Slack keeps ages fresh, and shows moments in the reader's own zone."""
    assert [speech.span(seconds) for seconds in (20, 3_000, 7_200, 180_000)] == spans
    assert speech.ago(NOW - timedelta(minutes=5), NOW).endswith(f"^{{ago}}|{ago}>")
    assert speech.moment(NOW).endswith(f"{{time}}|{moment}>")


def test_a_tone_is_told_in_one_breath() -> None:
    """With its certainty, or with the colleague who says so."""
    heated = a_tone(arousal="heated", confidence=0.54, certain=False)

    assert (
        GERMAN.sounds(heated, "judge") == "negativ, aufgebracht, Beschwerde · zu 54 % sicher, bitte selbst beurteilen"
    )
    assert ENGLISH.sounds(heated, "<Alice>") == "negative, heated, complaint (says &lt;Alice&gt;)"


def test_several_people_are_listed() -> None:
    """Nobody is somebody."""
    assert GERMAN.listed(("Alice", "Bob", "Carol")) == "Alice, Bob und Carol"
    assert [ENGLISH.listed(names) for names in (("Alice", "Bob"), ("Alice",), ())] == [
        "Alice and Bob",
        "Alice",
        "somebody",
    ]


def test_a_reason_is_a_whole_sentence_and_nobodys_markup() -> None:
    """Ours in the reader's language, everybody else's as it is."""
    assert GERMAN.sentence(Why.post_gone()) == "Den Beitrag, auf den geantwortet wird, gibt es nicht mehr."
    assert ENGLISH.sentence(Why.post_gone()) == "The customer's post is gone."
    assert GERMAN.sentence("kicked") == "kicked."
    assert "<" not in GERMAN.sentence(Why.telegram_refuses(said=HOSTILE))


def test_braces_in_a_name_are_a_name() -> None:
    """Nothing that people are called fills a hole in our words."""
    assert GERMAN.say("lead.asks_us", name="{channel}", channel="Telegram") == "{channel} schreibt uns auf Telegram"
