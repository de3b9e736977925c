"""Whatever Telegram hands over is kept, and one bad update never stands in the way of the others."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.telegram_intake import Intake, number_of
from bot.core.mention import Mention
from tests.channels.telegram_posts import EVERY_NAME, HOUSE, ME, recorded

if TYPE_CHECKING:
    from bot.core.mention import Delivery

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def deliveries(*raws: dict[str, Any]) -> list[Delivery]:
    return Intake(me=ME, house=HOUSE).deliveries(raws)


def texts(found: list[Delivery]) -> list[str | None]:
    return [delivery.heard.text if delivery.heard else None for delivery in found]


def test_every_update_is_kept_as_it_came() -> None:
    raws = [recorded(name) for name in EVERY_NAME]

    found = deliveries(*copy.deepcopy(raws))

    assert [delivery.id for delivery in found] == [raw["update_id"] for raw in raws]
    assert [json.loads(delivery.body) for delivery in found] == raws


def test_a_broken_update_is_kept_and_the_next_one_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    found = deliveries(recorded("broken"), recorded("direct"))

    assert texts(found) == [None, "Hallo, ist jemand da?"]
    assert "cannot be read" in caplog.text
    assert "candor_bot" not in caplog.text, "the words of a post stay out of the log"


@given(
    name=some.sampled_from(EVERY_NAME),
    field=some.sampled_from(["from", "chat", "text", "date", "entities", "message_id", "reply_to_message"]),
    value=anything,
)
def test_no_update_however_odd_stops_the_queue(name: str, field: str, value: object) -> None:
    raw = recorded(name)
    post = next(content for kind, content in raw.items() if kind != "update_id")
    post[field] = value

    assert texts(deliveries(raw, recorded("direct")))[1] == "Hallo, ist jemand da?"


def test_an_album_is_one_mention_named_after_its_first_part() -> None:
    found = deliveries(recorded("album_1"), recorded("album_2"), recorded("album_3"), recorded("direct"))

    album = found[0].heard
    assert isinstance(album, Mention)
    assert album.id == "-1001000000501/91"
    assert album.text == "@candor_bot seht euch das an\nund das"
    assert album.attachments == ("picture", "picture", "picture", "album")
    assert [delivery.heard is None for delivery in found] == [False, True, True, False]


def test_an_album_speaks_to_us_wherever_in_it_our_name_stands() -> None:
    last = recorded("album_1") | {"update_id": 1}
    last["message"]["message_id"] = 99

    found = deliveries(recorded("album_2"), last)

    assert isinstance(found[0].heard, Mention)
    assert (found[0].heard.id, found[0].heard.aimed) == ("-1001000000501/92", "at_us")


def test_a_part_that_comes_later_follows_up() -> None:
    intake = Intake(me=ME, house=HOUSE)

    first, later = intake.deliveries([recorded("album_1")])[0].heard, intake.deliveries([recorded("album_2")])[0].heard

    assert isinstance(first, Mention)
    assert isinstance(later, Mention)
    assert (first.aimed, later.aimed) == ("at_us", "follows_up")
    assert first.person_key == later.person_key


@pytest.mark.parametrize("before", ["channel_post_forwarded", "comment"])
def test_a_comment_on_a_comment_is_known_once_the_channel_post_was_seen(before: str) -> None:
    heard = deliveries(recorded(before), recorded("comment_on_comment"))[1].heard

    assert isinstance(heard, Mention)
    assert heard.aimed == "at_us"


def test_losing_a_group_is_logged_with_its_number_and_losing_a_person_without(caplog: pytest.LogCaptureFixture) -> None:
    deliveries(recorded("kicked"), recorded("blocked"))

    assert "group -1001000000501 the bot is now kicked" in caplog.text
    assert "a direct chat the bot is now kicked" in caplog.text
    assert "7001" not in caplog.text


@pytest.mark.parametrize(
    "odd", [None, 5, [], {}, {"update_id": "7"}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**63}]
)
def test_what_has_no_number_is_no_update(odd: object) -> None:
    assert number_of(odd) is None
