"""Replies reach Telegram at most once, and it is always told what became of them."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

import pytest

from bot.errors import ChannelError, NeedsLogin, NotSent, OutcomeUnknown, Refused
from tests.channels.telegram_rooms import PretendClock, a_channel, a_reply
from tests.counterparts.fault_proxy import FaultProxy, Kind
from tests.counterparts.telegram_server import TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.channels.telegram import TelegramChannel
    from tests.counterparts.telegram_chats import Post

pytestmark = pytest.mark.counterpart

SHORT = 0.2  # seconds the channel waits for an answer where a test lets it wait


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running(reads_everything=True) as server:
        yield server


@pytest.fixture
async def channel(telegram: TelegramServer) -> AsyncIterator[TelegramChannel]:
    async with a_channel(telegram.url, telegram.token, read_timeout=SHORT) as connected:
        yield connected


@pytest.fixture
def question(telegram: TelegramServer) -> Post:
    return telegram.says(
        telegram.add_group("Bakery talk", username="bakery_talk"), telegram.add_person("Anna"), "stale!"
    )


# Where a reply stands


async def test_a_reply_stands_below_its_post(
    telegram: TelegramServer, channel: TelegramChannel, question: Post
) -> None:
    sent = await channel.publish(a_reply(question, "Thank you, <b>Anna</b> & all: https://example.org"))

    [said] = telegram.sent
    assert said.reply_to is question
    assert said.text == "Thank you, <b>Anna</b> & all: https://example.org"
    assert said.message["link_preview_options"] == {"is_disabled": True}
    assert sent.id == f"{question.chat.id}/{said.id}"
    assert sent.url is not None
    assert sent.url.startswith(f"https://t.me/bakery_talk/{said.id}")


async def test_a_reply_in_a_forum_stands_in_its_topic(telegram: TelegramServer, channel: TelegramChannel) -> None:
    forum = telegram.add_group("Forum", forum=True)
    topic = telegram.add_topic(forum, "Deliveries")
    asked = telegram.says(forum, telegram.add_person("Anna"), "where?", thread=topic)

    await channel.publish(a_reply(asked, thread=f"{forum.id}/{topic}"))

    assert telegram.sent[0].thread == topic
    assert ("sendMessage", "message_thread_id") in [(name, key) for name, fields in telegram.calls for key in fields]


async def test_a_comment_is_answered_in_the_group(telegram: TelegramServer, channel: TelegramChannel) -> None:
    group = telegram.add_group("Talk")
    post = telegram.publishes(telegram.add_channel("News", group=group), "Rye rolls!")
    comment = telegram.says(group, telegram.add_person("Ben"), "mouldy", reply_to=post)

    await channel.publish(a_reply(comment, thread=f"{group.id}/comments/{post.id}"))

    assert (telegram.sent[0].chat, telegram.sent[0].thread) == (group, post.id)


async def test_a_direct_post_is_answered_directly(telegram: TelegramServer, channel: TelegramChannel) -> None:
    anna = telegram.add_person("Anna")
    sent = await channel.publish(a_reply(telegram.says(telegram.add_private(anna), anna, "hello?")))

    assert sent.url is None
    assert telegram.sent[0].chat.id == anna.id


# What may become of it


def gone(telegram: TelegramServer, question: Post) -> None:
    telegram.deletes(question)


def kicked(telegram: TelegramServer, question: Post) -> None:
    telegram.bot_becomes(question.chat, "kicked")


def muted(telegram: TelegramServer, question: Post) -> None:
    telegram.bot_becomes(question.chat, "restricted")


def new_token(telegram: TelegramServer, question: Post) -> None:
    telegram.changes_token("4200:another-token-that-opens-no-door")


def flood(telegram: TelegramServer, question: Post) -> None:
    telegram.fault_next("sendMessage", status=429, retry_after=7)


def html_500(telegram: TelegramServer, question: Post) -> None:
    telegram.fault_next("sendMessage", status=500, html=True)


def html_502_after(telegram: TelegramServer, question: Post) -> None:
    telegram.fault_next("sendMessage", status=502, html=True, after=True)


def no_object(telegram: TelegramServer, question: Post) -> None:
    telegram.fault_next("sendMessage", status=200, body="[]", after=True)


def no_post(telegram: TelegramServer, question: Post) -> None:
    telegram.fault_next("sendMessage", status=200, body='{"ok": true, "result": {}}', after=True)


def odd_refusal(telegram: TelegramServer, question: Post) -> None:
    telegram.fault_next("sendMessage", status=418, body="[]")


def cut_before(telegram: TelegramServer, question: Post) -> None:
    telegram.cut_before("sendMessage")


def cut_after(telegram: TelegramServer, question: Post) -> None:
    telegram.cut_after("sendMessage")


def late(telegram: TelegramServer, question: Post) -> None:
    telegram.delay("sendMessage", 2 * SHORT)


@pytest.mark.parametrize(
    ("trouble", "outcome", "stored"),
    [
        (gone, Refused, 0),
        (kicked, Refused, 0),
        (muted, Refused, 0),
        (new_token, NeedsLogin, 0),
        (flood, NotSent, 0),
        (html_500, OutcomeUnknown, 0),
        (html_502_after, OutcomeUnknown, 1),
        (no_object, OutcomeUnknown, 1),
        (no_post, OutcomeUnknown, 1),
        (odd_refusal, OutcomeUnknown, 0),
        (cut_before, OutcomeUnknown, 0),
        (cut_after, OutcomeUnknown, 1),
        (late, OutcomeUnknown, 1),
    ],
)
async def test_every_trouble_has_its_outcome_and_is_not_tried_again(
    telegram: TelegramServer,
    channel: TelegramChannel,
    question: Post,
    trouble: Callable[[TelegramServer, Post], None],
    outcome: type[ChannelError],
    stored: int,
) -> None:
    trouble(telegram, question)

    with pytest.raises(ChannelError) as raised:
        await channel.publish(a_reply(question))

    assert type(raised.value) is outcome
    assert len(telegram.sent) == stored
    assert [name for name, _ in telegram.calls] == ["sendMessage"]
    assert telegram.token not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4097, "🥐" * 2049])
async def test_words_that_telegram_cannot_take_are_refused(
    telegram: TelegramServer, channel: TelegramChannel, question: Post, text: str
) -> None:
    with pytest.raises(Refused):
        await channel.publish(a_reply(question, text))

    assert telegram.sent == []


async def test_the_longest_reply_is_taken(telegram: TelegramServer, channel: TelegramChannel, question: Post) -> None:
    await channel.publish(a_reply(question, "x" * channel.limit))

    assert len(telegram.sent[0].text) == channel.limit


async def test_a_group_that_moved_is_a_matter_for_a_person(telegram: TelegramServer, channel: TelegramChannel) -> None:
    group = telegram.add_group("Sunday rolls", kind="group")
    asked = telegram.says(group, telegram.add_person("Anna"), "@candor_bot hello?")
    telegram.upgrades(group)

    with pytest.raises(Refused, match="supergroup"):
        await channel.publish(a_reply(asked))

    assert telegram.sent == []


async def test_a_waiting_time_is_passed_on_and_kept_for_the_whole_chat(
    telegram: TelegramServer, question: Post
) -> None:
    clock = PretendClock()
    async with a_channel(telegram.url, telegram.token, clock) as channel:
        telegram.fault_next("sendMessage", status=429, retry_after=7)
        with pytest.raises(NotSent) as first:
            await channel.publish(a_reply(question))
        with pytest.raises(NotSent) as second:
            await channel.publish(a_reply(question, key="2:1"))
        clock.now += 8
        await channel.publish(a_reply(question))

    assert (first.value.retry_after, second.value.retry_after) == (7, 7)
    assert [name for name, _ in telegram.calls] == ["sendMessage", "sendMessage"], "the second did not knock in vain"


async def test_a_connection_that_was_never_made_is_proof(telegram: TelegramServer, question: Post) -> None:
    async with (
        FaultProxy.before(telegram.url) as proxy,
        a_channel(proxy.url, telegram.token) as channel,
        proxy.refusing(),
    ):
        with pytest.raises(NotSent):
            await channel.publish(a_reply(question))

    assert telegram.sent == []


@pytest.mark.parametrize("kind", [Kind.HALF_ANSWER, Kind.BROKEN_JSON, Kind.EMPTY, Kind.CUT_AFTER, Kind.BAD_GATEWAY])
async def test_an_answer_that_arrives_spoiled_leaves_the_outcome_open(
    telegram: TelegramServer, question: Post, kind: Kind
) -> None:
    async with FaultProxy.before(telegram.url) as proxy, a_channel(proxy.url, telegram.token) as channel:
        proxy.fault(kind, "sendMessage", after=kind == Kind.BAD_GATEWAY)
        with pytest.raises(OutcomeUnknown):
            await channel.publish(a_reply(question))

    assert len(telegram.sent) == 1


async def test_a_proxy_that_repeats_our_address_does_not_betray_the_token(
    telegram: TelegramServer, channel: TelegramChannel, question: Post
) -> None:
    telegram.fault_next("sendMessage", status=503, body=f"no way to /bot{telegram.token}/sendMessage")

    with pytest.raises(OutcomeUnknown) as raised:
        await channel.publish(a_reply(question))

    assert telegram.token not in str(raised.value)


async def test_nobody_can_look_what_stands_in_telegram(channel: TelegramChannel, question: Post) -> None:
    with pytest.raises(OutcomeUnknown):
        await channel.find(a_reply(question))


async def test_a_post_that_is_not_of_telegram_is_refused(
    telegram: TelegramServer, channel: TelegramChannel, question: Post
) -> None:
    with pytest.raises(Refused):
        await channel.publish(a_reply(question, post="replayed-7"))

    assert telegram.calls == []


# Pace


async def test_the_first_reply_goes_at_once(telegram: TelegramServer, question: Post) -> None:
    clock = PretendClock()
    async with a_channel(telegram.url, telegram.token, clock) as channel:
        begun = time.perf_counter()
        await channel.publish(a_reply(question))

    assert clock.slept == []
    assert time.perf_counter() - begun < 0.5


async def test_a_flood_of_replies_keeps_the_pace_and_loses_none(telegram: TelegramServer, question: Post) -> None:
    clock = PretendClock()
    begun = clock.now
    async with a_channel(telegram.url, telegram.token, clock) as channel:
        waiting = {f"{number}:1": 0.0 for number in range(45)}
        tries = 0
        while waiting:
            key = min(waiting, key=lambda each: waiting[each])
            clock.now = max(clock.now, waiting[key])
            tries += 1
            try:
                await channel.publish(a_reply(question, key=key))
                del waiting[key]
            except NotSent as later:
                waiting[key] = clock.now + later.retry_after

    assert len(telegram.sent) == 45
    assert tries <= 2 * 45, "who was told a turn gets it"
    assert 120 <= clock.now - begun <= 126, "twenty a minute"


# Secrets


async def test_the_token_and_the_words_of_customers_are_in_no_log_however_talkative(
    telegram: TelegramServer, question: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with a_channel(telegram.url, telegram.token) as channel:
        await channel.publish(a_reply(question, "a reply nobody should read in a log"))
        for fault in (flood, html_500, cut_after, no_object):
            fault(telegram, question)
            with pytest.raises(ChannelError):
                await channel.publish(a_reply(question, "a reply nobody should read in a log", key=fault.__name__))

    written = "\n".join(str(vars(record)) for record in caplog.records)
    assert telegram.token not in written
    assert "nobody should read" not in written


async def test_many_chats_are_answered_side_by_side(telegram: TelegramServer, channel: TelegramChannel) -> None:
    anna = telegram.add_person("Anna")
    posts = [telegram.says(telegram.add_group(f"Group {number}"), anna, "hello?") for number in range(12)]

    await asyncio.gather(*(channel.publish(a_reply(post, key=f"{post.chat.id}:1")) for post in posts))

    assert {said.chat.id for said in telegram.sent} == {post.chat.id for post in posts}
