"""How we react: which words, how many signatures, by when."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.playbook import SITUATIONS, answer_within, signatures_needed, situation_of
from bot.core.tone import FLAGS, POLARITIES, Tone, together

if TYPE_CHECKING:
    from bot.core.fact import Fault
    from bot.core.playbook import Situation
    from bot.core.tone import Flag

FLAG_SETS = [frozenset(some) for count in range(3) for some in combinations(FLAGS, count)]
TONES = st.builds(
    Tone,
    lang=st.sampled_from(("de", "en", "und")),
    polarity=st.sampled_from(POLARITIES),
    confidence=st.floats(0, 1),
    arousal=st.sampled_from(("calm", "heated")),
    flags=st.sets(st.sampled_from(FLAGS)).map(frozenset),
    certain=st.booleans(),
)
FAULTS = st.sampled_from(("confirmed", "open", "not_ours"))


def a_tone(*flags: Flag, **changes: Any) -> Tone:
    known: dict[str, Any] = {"lang": "de", "polarity": "neutral", "confidence": 0.9, "flags": frozenset(flags)}
    return Tone(**(known | changes))


@given(tone=TONES, fault=FAULTS)
def test_every_tone_and_fault_has_its_situation(tone: Tone, fault: Fault) -> None:
    assert situation_of(tone, fault) in SITUATIONS


@pytest.mark.parametrize(
    ("tone", "fault", "situation"),
    [
        (a_tone("safety", "legal", "press"), "open", "safety"),
        (a_tone("legal", "press", "offence"), "open", "legal"),
        (a_tone("press", "complaint"), "confirmed", "press"),
        (a_tone("offence", "complaint", arousal="heated"), "open", "offence"),
        (a_tone("spam", "question"), "open", "spam"),
        (a_tone("spam", "complaint"), "open", "complaint_calm_open"),
        (a_tone("complaint", "question"), "confirmed", "complaint_calm_confirmed"),
        (a_tone(polarity="negative", arousal="heated"), "not_ours", "complaint_heated_not_ours"),
        (a_tone("question", "praise"), "open", "question"),
        (a_tone("praise"), "open", "praise"),
        (a_tone(polarity="positive"), "open", "praise"),
        (a_tone(), "open", "neutral"),
    ],
)
def test_the_gravest_thing_said_decides_what_it_is(tone: Tone, fault: Fault, situation: Situation) -> None:
    assert situation_of(tone, fault) == situation


@pytest.mark.parametrize("flags", FLAG_SETS)
def test_law_injury_and_press_need_two_people_and_so_does_a_crisis(flags: frozenset[Flag]) -> None:
    needed = signatures_needed(a_tone(*flags))

    assert needed == (2 if flags & {"legal", "safety", "press"} else 1)
    assert signatures_needed(a_tone(*flags), crisis=True) == 2


@pytest.mark.parametrize(
    ("tone", "within"),
    [
        (a_tone("urgent"), timedelta(minutes=30)),
        (a_tone("safety"), timedelta(minutes=30)),
        (a_tone("legal"), timedelta(hours=1)),
        (a_tone(arousal="heated"), timedelta(hours=1)),
        (a_tone(polarity="negative"), timedelta(hours=4)),
        (a_tone("praise"), timedelta(hours=24)),
        (a_tone("spam", "urgent", arousal="heated", polarity="negative"), timedelta(hours=24)),
        (a_tone("spam", "legal"), timedelta(hours=1)),
    ],
)
def test_the_graver_it_sounds_the_sooner_it_is_due(tone: Tone, within: timedelta) -> None:
    assert answer_within(tone) == within


@given(tones=st.lists(TONES, min_size=1, max_size=4))
def test_several_posts_sound_as_grave_as_the_gravest_of_them(tones: list[Tone]) -> None:
    whole = together(tones)

    assert signatures_needed(whole) == max(signatures_needed(tone) for tone in tones)
    assert POLARITIES.index(whole.polarity) == min(POLARITIES.index(tone.polarity) for tone in tones)
    assert whole.certain == all(tone.certain for tone in tones)
