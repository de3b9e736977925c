"""The demo's day is a believable one: varied, in order, and nobody in it speaks twice by accident."""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from itertools import combinations, pairwise

import pytest

from bot.core.tone import FLAGS
from bot.demo.day import day
from bot.demo.house import house
from bot.tone.judge import RuleJudge

ON = date(2027, 2, 28)
POSTS = day(ON)
BOYCOTT = "#Boy"
"""The mark of the copies that somebody has organised; nothing else may look alike."""


def test_the_day_is_long_enough_to_look_around_in() -> None:
    assert len({post.key for post in POSTS}) >= 60


def test_every_post_stands_on_the_day_that_was_asked_for() -> None:
    assert {post.at.date() for post in POSTS} == {ON}
    assert all(post.at.utcoffset() is not None for post in POSTS)


def test_the_posts_come_in_the_order_of_the_clock() -> None:
    assert all(one.at <= other.at for one, other in pairwise(POSTS))
    assert time(6, 30) <= POSTS[0].at.time() <= POSTS[-1].at.time() <= time(20, 0)


def test_no_post_comes_twice_in_one_version() -> None:
    named = Counter((post.key, post.version) for post in POSTS)

    assert named.most_common(1)[0][1] == 1


def test_an_edit_is_the_same_post_by_the_same_person_later() -> None:
    first = {post.key: post for post in POSTS if post.version == 0}
    edits = [post for post in POSTS if post.version]

    assert edits
    assert all(first[post.key].person_key == post.person_key and first[post.key].at < post.at for post in edits)


def test_one_account_has_one_name() -> None:
    assert len({post.author_id for post in POSTS}) == len({post.author for post in POSTS})


def test_some_people_speak_again() -> None:
    posts = Counter(post.person_key for post in POSTS if not post.version)

    assert sum(said > 1 for said in posts.values()) >= 5


@pytest.mark.parametrize("attachment", ["picture", "voice note", "video", "album"])
def test_not_everything_is_words(attachment: str) -> None:
    assert any(attachment in post.attachments for post in POSTS)


def test_some_posts_only_name_the_bakery_and_some_are_private() -> None:
    assert sum(post.aimed == "names_us" for post in POSTS) >= 4
    assert any(not post.public for post in POSTS)


def test_nothing_of_it_ever_leaves_for_a_real_channel() -> None:
    assert all(post.replayed for post in POSTS)


def test_only_the_organised_posts_look_alike() -> None:
    for one, other in combinations([post for post in POSTS if not post.version and post.text], 2):
        assert likeness(one.text, other.text) < 0.4 or (BOYCOTT in one.text and BOYCOTT in other.text), (one, other)


def test_two_thirds_are_german_and_a_third_english() -> None:
    heard = Counter(RuleJudge().judge(post.text).lang for post in POSTS if post.text)

    assert 0.55 <= heard["de"] / heard.total() <= 0.75
    assert 0.25 <= heard["en"] / heard.total() <= 0.4


def test_every_flag_is_heard_at_least_once() -> None:
    judge = RuleJudge()
    heard = {flag for post in POSTS for flag in judge.judge(post.text).flags}

    assert heard == set(FLAGS)


def test_two_people_of_the_house_may_decide_and_one_only_reads() -> None:
    assert [person.may_decide for person in house().people.everybody] == [True, True, False]


def likeness(one: str, other: str) -> float:
    """How much two texts share, as Jaccard of their words: 0 nothing, 1 all."""
    first, second = ({word.strip("#.,!?") for word in text.casefold().split()} for text in (one, other))
    return len(first & second) / len(first | second)
