"""What people say on Telegram arrives as what they said, from whom, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.telegram_aim import Me
from bot.core.mention import Mention, Overheard
from tests.channels.telegram_posts import HOUSE, ME, heard, mention, recorded

if TYPE_CHECKING:
    from bot.core.mention import Aim


def test_a_post_arrives_whole() -> None:
    assert mention("at_name") == Mention(
        channel="telegram",
        id="-1001000000501/11",
        author="@anna_w",
        author_id="7001",
        text="@candor_bot my parcel arrived broken",
        at=datetime(2025, 11, 24, 16, 0, tzinfo=UTC),
        thread="-1001000000501",
        url="https://t.me/bakery_talk/11",
        aimed="at_us",
    )


@pytest.mark.parametrize(
    ("name", "aim"),
    [
        ("at_name", "at_us"),
        ("at_name_after_emoji", "at_us"),
        ("text_mention", "at_us"),
        ("command_to_us", "at_us"),
        ("caption", "at_us"),
        ("reply_to_us", "at_us"),
        ("direct", "at_us"),
        ("direct_command", "at_us"),
        ("comment", "at_us"),
        ("topic", "at_us"),
        ("brand_word", "names_us"),
        ("brand_word_inside_another", "follows_up"),
        ("other_name", "follows_up"),
        ("text_mention_of_another", "follows_up"),
        ("command_to_nobody", "follows_up"),
        ("reply_to_another", "follows_up"),
        ("topic_small_talk", "follows_up"),
        ("small_talk", "follows_up"),
    ],
)
def test_it_is_told_whom_a_post_speaks_to(name: str, aim: Aim) -> None:
    assert mention(name).aimed == aim


@given(
    before=some.text(some.characters(exclude_categories=["Cs"]), max_size=20),
    spelled=some.sampled_from(["@candor_bot", "@CANDOR_bot"]),
)
def test_our_name_is_found_whatever_stands_before_it(before: str, spelled: str) -> None:
    raw = recorded("at_name")
    mark = {"type": "mention", "offset": len(before.encode("utf-16-le")) // 2, "length": len(spelled)}
    raw["message"] |= {"text": before + spelled, "entities": [mark]}

    found = heard(raw)

    assert isinstance(found, Mention)
    assert found.aimed == "at_us"


@given(text=some.text(some.characters(exclude_categories=["Cs"])))
def test_any_words_are_heard_as_they_are_but_for_the_null_character(text: str) -> None:
    raw = recorded("direct")
    raw["message"]["text"] = text + "!"

    found = heard(raw)

    assert isinstance(found, Mention)
    assert found.text == (text + "!").replace("\0", "")


def test_the_name_without_a_mark_is_no_address() -> None:
    raw = recorded("at_name")
    del raw["message"]["entities"]

    found = heard(raw)

    assert isinstance(found, Mention)
    assert found.aimed == "follows_up"


def test_brand_words_count_only_where_we_read_everything_and_only_when_wished_for() -> None:
    half_deaf = Me(id=ME.id, username=ME.username, reads_all=False)
    no_words = type(HOUSE)(brand="Sonnenbäcker")

    assert mention("brand_word", me=half_deaf).aimed == "follows_up"
    assert mention("brand_word", house=no_words).aimed == "follows_up"


def test_hidden_characters_and_other_ways_to_write_an_umlaut_hide_no_brand_word() -> None:
    raw = recorded("brand_word")
    raw["message"]["text"] = "Sonnen\u200bba\u0308cker!"

    found = heard(raw)

    assert isinstance(found, Mention)
    assert found.aimed == "names_us"


def test_a_reply_to_us_says_which_post_of_ours_it_answers() -> None:
    assert mention("reply_to_us").answers == "-1001000000501/19"
    assert mention("reply_to_another").answers is None
    assert mention("topic_small_talk").answers is None, "we opened the topic; nobody answered that"


def test_a_direct_post_is_not_public_and_has_no_address() -> None:
    direct = mention("direct")

    assert not direct.public
    assert direct.url is None
    assert direct.thread == "7001"


@pytest.mark.parametrize(
    ("name", "thread"),
    [
        ("at_name", "-1001000000501"),
        ("reply_to_us", "-1001000000501"),
        ("topic", "-1001000000503/50"),
        ("comment", "-1001000000502/comments/40"),
        ("basic_group", "-61"),
    ],
)
def test_a_post_knows_its_conversation(name: str, thread: str) -> None:
    assert mention(name).thread == thread


def test_a_comment_on_a_comment_belongs_to_the_channel_post_when_that_is_known() -> None:
    known = mention("comment_on_comment", comment_roots={"-1001000000502/40"})
    unknown = mention("comment_on_comment")

    assert (known.aimed, known.thread) == ("at_us", "-1001000000502/comments/40")
    assert (unknown.aimed, unknown.thread) == ("follows_up", "-1001000000502")


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("caption", "https://t.me/c/1000000502/18"),
        ("topic", "https://t.me/c/1000000503/51?thread=50"),
        ("basic_group", None),
    ],
)
def test_the_address_of_a_post_opens_it(name: str, url: str | None) -> None:
    assert mention(name).url == url


def test_a_reply_without_a_thread_has_a_clean_address() -> None:
    raw = recorded("reply_to_us")
    del raw["message"]["message_thread_id"]

    found = heard(raw)

    assert isinstance(found, Mention)
    assert found.url == "https://t.me/bakery_talk/20"


@pytest.mark.parametrize(
    "name",
    [
        "direct_start",
        "direct_start_with_code",
        "from_bot",
        "from_us",
        "via_bot",
        "channel_post_forwarded",
        "channel_post",
        "somebody_joins",
        "pinned_in_direct",
        "live_location_moves",
        "kicked",
        "blocked",
        "update_of_tomorrow",
    ],
)
def test_nothing_is_heard_where_no_customer_spoke(name: str) -> None:
    assert heard(recorded(name)) is None


def test_who_types_words_behind_start_has_said_something() -> None:
    assert mention("direct_start_with_words").text == "/start my parcel is lost"


@pytest.mark.parametrize(
    ("name", "author", "author_id"),
    [
        ("at_name", "@anna_w", "7001"),
        ("small_talk", "Ben Okafor", "7002"),
        ("anonymous_administrator", "Bakery talk", "-1001000000501"),
        ("channel_speaks", "City critics", "-1001000000777"),
    ],
)
def test_an_author_is_called_what_others_see(name: str, author: str, author_id: str) -> None:
    found = mention(name)

    assert (found.author, found.author_id) == (author, author_id)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("picture", ("picture",)),
        ("video", ("video",)),
        ("voice_note", ("voice note",)),
        ("sticker", ("sticker",)),
        ("file", ("file",)),
        ("animation", ("animation",)),
        ("venue", ("location",)),
        ("poll", ("poll",)),
        ("contact", ("contact",)),
        ("album_2", ("picture", "album")),
        ("kind_of_tomorrow", ("attachment",)),
        ("at_name", ()),
    ],
)
def test_what_hangs_on_a_post_is_named_in_words_of_the_house(name: str, kinds: tuple[str, ...]) -> None:
    assert mention(name).attachments == kinds


def test_a_post_without_words_is_a_mention_too() -> None:
    assert mention("voice_note").text == ""


def test_an_edit_is_the_same_post_in_a_higher_version() -> None:
    first, edited = mention("at_name"), mention("edited")

    assert edited.key == first.key
    assert (first.version, edited.version) == (0, 1764000300)
    assert edited.at == first.at


@pytest.mark.parametrize(
    ("name", "answers"), [("colleague_answers", "-1001000000501/11"), ("colleague_just_speaks", None)]
)
def test_a_colleague_is_overheard_not_asked(name: str, answers: str | None) -> None:
    found = heard(recorded(name))

    assert isinstance(found, Overheard)
    assert (found.by, found.answers, found.thread) == ("Rose", answers, "-1001000000501")


def test_a_colleague_is_known_by_number_too() -> None:
    raw = recorded("small_talk")
    raw["message"]["from"]["id"] = 7004

    found = heard(raw)

    assert isinstance(found, Overheard)
    assert found.by == "Omar"


def test_half_characters_do_not_reach_the_memory() -> None:
    raw = recorded("picture")
    raw["message"]["from"] = {"id": 7001, "is_bot": False, "first_name": "A\ud83e\0"}

    found = heard(raw)

    assert isinstance(found, Mention)
    assert found.author == "A\ufffd"
