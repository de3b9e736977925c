"""The judge's own posts: enough of them, labelled by the guide, and no two alike."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from bot.core.tone import FLAGS, POLARITIES, Arousal
from training.corpus import diversity, rows
from training.measure import FOLDS, fold_of

ENOUGH = {"de": 1500, "en": 500}


def test_posts_come_from_many_trades_and_have_names_of_their_own() -> None:
    assert len({row.trade for row in rows()}) >= 25
    assert len({row.id for row in rows()}) == len(rows())


def test_labels_are_those_of_the_guide() -> None:
    for row in rows():
        assert row.polarity in POLARITIES, row.id
        assert row.arousal in get_args(Arousal), row.id
        assert set(row.flags) <= set(FLAGS), row.id
        assert row.lang in ENOUGH, row.id
        assert "offence" not in row.flags or row.arousal == "heated", row.id
        assert 1 <= len(row.text) <= 700, row.id


@pytest.mark.parametrize("lang", ENOUGH)
def test_every_polarity_and_flag_is_there_in_realistic_shares(lang: str) -> None:
    ours = rows(lang)
    shares = {polarity: count / len(ours) for polarity, count in Counter(row.polarity for row in ours).items()}
    flags = Counter(flag for row in ours for flag in row.flags)

    assert len(ours) >= ENOUGH[lang]
    assert min(shares["neutral"], shares["negative"]) > 0.3
    assert 0.15 < shares["positive"] < 0.25
    assert all(flags[flag] >= 50 for flag in FLAGS), flags


@pytest.mark.parametrize("lang", ENOUGH)
def test_no_two_posts_are_near_copies(lang: str) -> None:
    ours = rows(lang)
    found = diversity([row.text for row in ours])

    assert [(ours[one].id, ours[other].id) for one, other in found.copies] == []
    assert found.grams > 800, "different word 3-grams per 1,000 words; the public sets have 794 to 898"


def test_a_near_copy_would_be_found() -> None:
    found = diversity(["Wo bleibt mein Paket, bitte sehr?", "Schön war es", "wo bleibt mein paket, bitte sofort?"])

    assert found.copies == ((0, 2),)


def test_whole_trades_go_to_one_fold() -> None:
    ours = rows("de")
    folds: dict[str, int] = {}
    for row, fold in zip(ours, fold_of(ours), strict=True):
        assert folds.setdefault(row.trade, fold) == fold
    assert set(folds.values()) == set(range(FOLDS))
