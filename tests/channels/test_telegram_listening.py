"""Nothing that customers say on Telegram is lost: not in a crash, not in an outage, not behind a broken update."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.core.health import Health, Report
from bot.core.mention import Mention
from bot.errors import HistoryError, NeedsLogin
from tests.channels.telegram_rooms import SOON, PretendClock, PretendMemory, a_channel, listening, until
from tests.counterparts.fault_proxy import FaultProxy, Kind
from tests.counterparts.telegram_server import TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.channels.telegram import TelegramChannel
    from bot.core.mention import Delivery
    from tests.counterparts.telegram_chats import Chat, Person

pytestmark = pytest.mark.counterpart


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running(reads_everything=True) as server:
        yield server


@pytest.fixture
async def channel(telegram: TelegramServer) -> AsyncIterator[TelegramChannel]:
    async with a_channel(telegram.url, telegram.token) as connected:
        yield connected


@pytest.fixture
def group(telegram: TelegramServer) -> Chat:
    return telegram.add_group("Bakery talk")


@pytest.fixture
def anna(telegram: TelegramServer) -> Person:
    return telegram.add_person("Anna", "anna_w")


def asked(telegram: TelegramServer, method: str) -> int:
    return [name for name, _ in telegram.calls].count(method)


async def test_what_was_said_before_and_while_we_listen_is_heard(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot one")

    async with listening(channel, memory):
        await memory.has(1)
        telegram.says(group, anna, "@candor_bot two")
        await memory.has(2)

    assert [heard.text for heard in memory.heard] == ["@candor_bot one", "@candor_bot two"]


async def test_nothing_is_confirmed_before_it_is_stored(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory(fails=[HistoryError("the disk is full")])
    telegram.says(group, anna, "@candor_bot one")

    async with listening(channel, memory) as task:
        with pytest.raises(HistoryError):
            await asyncio.wait_for(task, SOON)
    assert len(telegram.mailbox.updates) == 1

    async with listening(channel, memory):
        await memory.has(1)


async def test_what_was_stored_is_confirmed_by_the_next_question(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot one")

    async with listening(channel, memory):
        await until(lambda: not telegram.mailbox.updates)

    assert len(memory.kept) == 1


async def test_a_delivery_that_comes_twice_is_the_same_delivery(
    telegram: TelegramServer, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot one")
    waiting = [*telegram.mailbox.updates]

    for _ in range(2):  # the second time as after a crash between storing and confirming
        telegram.mailbox.updates = [*waiting]
        memory.grown.clear()
        async with a_channel(telegram.url, telegram.token) as channel, listening(channel, memory):
            await asyncio.wait_for(memory.grown.wait(), SOON)

    assert memory.calls == 2
    assert len(memory.kept) == 1


async def test_after_an_empty_answer_no_number_is_remembered(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    """After a quiet week Telegram counts from anywhere; what has a lower number would be confirmed unread."""

    class Memory(PretendMemory):
        async def take(self, deliveries: Sequence[Delivery]) -> None:
            telegram.fault_next("getUpdates", status=200, body='{"ok": true, "result": []}')
            await super().take(deliveries)

    memory = Memory()
    telegram.says(group, anna, "@candor_bot one")
    first = telegram.mailbox.updates[0]["update_id"]

    async with listening(channel, memory):
        await until(lambda: asked(telegram, "getUpdates") >= 3)

    offsets = [fields.get("offset") for name, fields in telegram.calls if name == "getUpdates"]
    assert offsets[:3] == [None, str(first + 1), None]


async def test_a_webhook_is_taken_away_and_what_waits_is_kept(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    await channel.open_webhook("http://127.0.0.1:9/telegram", "a-secret")
    telegram.says(group, anna, "@candor_bot one")
    memory = PretendMemory()

    async with listening(channel, memory):
        await memory.has(1)

    assert telegram.mailbox.webhook is None


async def test_the_kinds_of_updates_are_named_every_time(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()
    telegram.mailbox.allow(["my_chat_member"])

    async with listening(channel, memory):
        await until(lambda: asked(telegram, "getUpdates"))
        telegram.says(group, anna, "@candor_bot one")
        await memory.has(1)

    assert telegram.mailbox.allowed == ("message", "edited_message", "my_chat_member")


async def test_an_album_is_one_mention(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()

    async with listening(channel, memory):
        parts = telegram.posts_album(group, anna, 3, "@candor_bot look at that")
        await memory.has(3)

    [album] = memory.heard
    assert isinstance(album, Mention)
    assert album.id == f"{group.id}/{parts[0].id}"
    assert album.attachments == ("picture", "picture", "picture", "album")


async def test_an_album_that_arrives_in_pieces_is_one_mention(
    telegram: TelegramServer, group: Chat, anna: Person
) -> None:
    class Clock(PretendClock):
        async def sleep(self, seconds: float) -> None:
            telegram.says(group, anna, attached="photo", album="77")
            await super().sleep(seconds)

    memory, clock = PretendMemory(), Clock()
    telegram.says(group, anna, "@candor_bot look at that", attached="photo", album="77")

    async with a_channel(telegram.url, telegram.token, clock) as channel, listening(channel, memory):
        await memory.has(2)

    [album] = memory.heard
    assert isinstance(album, Mention)
    assert album.attachments == ("picture", "picture", "album")


async def test_an_edit_a_comment_and_a_colleague_are_heard_as_what_they_are(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory, rose = PretendMemory(), telegram.add_person("Rose", "rose_bakes")
    post = telegram.publishes(telegram.add_channel("News", group=group), "Rye rolls!")

    async with listening(channel, memory):
        comment = telegram.says(group, anna, "mouldy", reply_to=post)
        telegram.edits(comment, "mouldy, twice", at=1764000300)
        telegram.says(group, rose, "We look into it", reply_to=comment)
        await memory.has(4)

    first, edited, colleague = memory.heard
    assert isinstance(first, Mention)
    assert isinstance(edited, Mention)
    assert (first.aimed, first.thread) == ("at_us", f"{group.id}/comments/{post.id}")
    assert (edited.key, edited.version) == (first.key, 1764000300)
    assert not isinstance(colleague, Mention)
    assert colleague.answers == first.id


async def test_a_broken_update_does_not_stop_the_others(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()
    telegram.mailbox.put("message", {"message_id": "one", "chat": "nowhere"})
    telegram.says(group, anna, "@candor_bot still there?")

    async with listening(channel, memory):
        await memory.has(2)

    assert [heard.text for heard in memory.heard] == ["@candor_bot still there?"]


# Outages


async def test_through_an_outage_it_asks_on_with_growing_patience(
    telegram: TelegramServer, group: Chat, anna: Person
) -> None:
    memory, clock = PretendMemory(), PretendClock()
    telegram.says(group, anna, "@candor_bot one")
    telegram.fault_next("getMe", status=500, html=True)
    telegram.cut_before("deleteWebhook")
    telegram.fault_next("getUpdates", status=502, html=True, times=2)
    telegram.cut_after("getUpdates")
    telegram.fault_next("getUpdates", status=200, body="[]")
    telegram.fault_next("getUpdates", status=200, body='{"ok": true, "result": {"update_id": 5}}')
    telegram.fault_next("getUpdates", status=200, body='{"ok": true, "result": [{}]}')
    telegram.fault_next("getUpdates", status=400, description="no reason")

    async with a_channel(telegram.url, telegram.token, clock) as channel, listening(channel, memory):
        await memory.has(1)

    polling = clock.slept[2:]
    assert len(polling) == 7
    assert all(0.5 * 2**tries <= slept <= 2**tries for tries, slept in enumerate(polling[:6]))
    assert max(clock.slept) <= 60


async def test_a_very_long_outage_ends_in_one_question_a_minute(
    telegram: TelegramServer, group: Chat, anna: Person
) -> None:
    memory, clock = PretendMemory(), PretendClock()
    telegram.says(group, anna, "@candor_bot one")
    telegram.fault_next("getUpdates", status=500, times=40)

    async with a_channel(telegram.url, telegram.token, clock) as channel, listening(channel, memory):
        await memory.has(1)

    assert all(30 <= slept <= 60 for slept in clock.slept[6:])


async def test_a_waiting_time_is_obeyed(telegram: TelegramServer, group: Chat, anna: Person) -> None:
    memory, clock = PretendMemory(), PretendClock()
    telegram.says(group, anna, "@candor_bot one")
    telegram.fault_next("getUpdates", status=429, retry_after=33)

    async with a_channel(telegram.url, telegram.token, clock) as channel, listening(channel, memory):
        await memory.has(1)

    assert clock.slept == [33]


@pytest.mark.parametrize("kind", [Kind.HALF_ANSWER, Kind.BROKEN_JSON, Kind.EMPTY, Kind.CUT_AFTER])
async def test_a_batch_whose_answer_is_spoiled_comes_again(
    telegram: TelegramServer, group: Chat, anna: Person, kind: Kind
) -> None:
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot one")

    async with FaultProxy.before(telegram.url) as proxy, a_channel(proxy.url, telegram.token) as channel:
        proxy.fault(kind, "getUpdates")
        async with listening(channel, memory):
            await memory.has(1)

    assert [heard.text for heard in memory.heard] == ["@candor_bot one"]


async def test_somebody_else_who_listens_is_named_and_ends_it(
    telegram: TelegramServer, channel: TelegramChannel
) -> None:
    telegram.rival_polls()

    with pytest.raises(NeedsLogin, match="something else listens"):
        await asyncio.wait_for(channel.listen(PretendMemory().take), SOON)


@pytest.mark.parametrize("token", ["4200:another-token-that-opens-no-door", "not-a-token"])
async def test_a_token_that_does_not_fit_ends_it_and_says_how_to_mend_that(
    telegram: TelegramServer, token: str
) -> None:
    async with a_channel(telegram.url, token) as channel:
        with pytest.raises(NeedsLogin, match="TELEGRAM_BOT_TOKEN") as raised:
            await asyncio.wait_for(channel.listen(PretendMemory().take), SOON)

    assert token not in str(raised.value)


async def test_a_token_that_is_revoked_while_we_listen_ends_it(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory()
    async with listening(channel, memory) as task:
        telegram.says(group, anna, "@candor_bot one")
        await memory.has(1)
        telegram.changes_token("4200:another-token-that-opens-no-door")
        telegram.says(group, anna, "@candor_bot two")

        with pytest.raises(NeedsLogin):
            await asyncio.wait_for(task, SOON)


# How it goes


async def test_a_first_answer_says_at_once_that_we_listen(telegram: TelegramServer) -> None:
    async with a_channel(telegram.url, telegram.token) as channel, listening(channel, PretendMemory()):
        await until(lambda: channel._health.on("telegram", "hearing"))
        waits = [fields.get("timeout") for name, fields in telegram.calls if name == "getUpdates"]

    report = channel._health.on("telegram", "hearing")
    assert report is not None
    assert report.why == ""
    assert waits[0] in ("0", 0)


async def test_an_outage_is_reported_from_the_second_lost_answer_on_until_it_is_over(
    telegram: TelegramServer, group: Chat, anna: Person
) -> None:
    changes: list[Report] = []
    health = Health(clock=lambda: datetime(2026, 11, 24, tzinfo=UTC), changed=changes.append)
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot one")
    telegram.fault_next("getUpdates", status=502, html=True, times=3)

    async with a_channel(telegram.url, telegram.token, health=health) as channel, listening(channel, memory):
        await memory.has(1)
        await until(lambda: not health.troubles)

    ill, well = changes
    assert ill.why.startswith("Telegram does not answer")
    assert (well.why, well.again) == ("", True)


async def test_one_lost_answer_is_no_trouble(telegram: TelegramServer, group: Chat, anna: Person) -> None:
    changes: list[Report] = []
    health = Health(clock=lambda: datetime(2026, 11, 24, tzinfo=UTC), changed=changes.append)
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot one")
    telegram.cut_before("getUpdates")

    async with a_channel(telegram.url, telegram.token, health=health) as channel, listening(channel, memory):
        await until(lambda: changes)

    assert [report.why for report in changes] == [""]


async def test_posts_that_cannot_be_stored_do_not_count_as_heard(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person
) -> None:
    memory = PretendMemory(fails=[HistoryError("the disk is full")])
    telegram.says(group, anna, "@candor_bot one")

    async with listening(channel, memory) as task:
        with pytest.raises(HistoryError):
            await asyncio.wait_for(task, SOON)

    assert channel._health.on("telegram", "hearing") is None


async def test_listening_writes_neither_token_nor_customers_into_the_log(
    telegram: TelegramServer, channel: TelegramChannel, group: Chat, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    memory = PretendMemory()
    telegram.says(group, anna, "@candor_bot the secret recipe")
    telegram.fault_next("getUpdates", status=500, html=True)
    telegram.mailbox.put("message", {"message_id": "one", "text": "the secret recipe"})

    async with listening(channel, memory):
        await memory.has(2)

    written = "\n".join(str(vars(record)) for record in caplog.records if record.name != "asyncio")
    assert "Telegram does not answer" in written
    for secret in (telegram.token, "secret recipe", "anna_w", str(group.id)):
        assert secret not in written
