"""The pretend Telegram keeps the promises of the real one, seen through the client that we use."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as some
from telegram import Bot, MessageEntity, ReplyParameters, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests.counterparts.telegram_server import TelegramServer
from tests.counterparts.telegram_webhook import SECRET_HEADER
from tests.counterparts.telegram_words import entities_in, text_mention

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [
    pytest.mark.counterpart,
]

SECRET = "only-telegram-knows"
JSON = {"Content-Type": "application/json"}
BLINK = 0.05  # seconds: long enough to see that somebody waits


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running(reads_everything=True) as server:
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    async with a_bot(telegram) as client:
        yield client


def a_bot(telegram: TelegramServer, token: str | None = None) -> Bot:
    return Bot(token or telegram.token, base_url=f"{telegram.url}/bot")


async def news(
    bot: Bot, offset: int = 0, limit: int | None = None, wait: int = 0, kinds: list[str] | None = None
) -> list[Update]:
    return list(await bot.get_updates(offset=offset, limit=limit, timeout=wait, allowed_updates=kinds))


async def heard(bot: Bot) -> list[str | None]:
    return [update.message.text if update.message else None for update in await news(bot)]


# Long polling


async def test_an_update_comes_again_until_a_higher_offset_is_asked_for(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    telegram.says(group, anna, "one")
    telegram.says(group, anna, "two")

    first = await news(bot)
    again = await news(bot)
    rest = await news(bot, offset=first[0].update_id + 1)

    assert [update.update_id for update in again] == [update.update_id for update in first]
    assert first[0].update_id < first[1].update_id
    assert [update.message.text for update in rest if update.message] == ["two"]
    assert await news(bot, offset=first[1].update_id + 1) == []
    assert await news(bot) == []


async def test_a_poll_waits_as_long_as_it_was_asked_to(bot: Bot) -> None:
    begun = asyncio.get_running_loop().time()

    assert await news(bot, wait=1) == []

    assert asyncio.get_running_loop().time() - begun >= 1


async def test_a_waiting_poll_ends_as_soon_as_somebody_speaks(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    poll = asyncio.create_task(news(bot, wait=30))
    await asyncio.sleep(BLINK)
    assert not poll.done()

    telegram.says(group, anna, "hello?")

    async with asyncio.timeout(1):
        assert len(await poll) == 1


async def test_no_more_than_a_hundred_updates_come_at_once(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    for number in range(101):
        telegram.says(group, anna, f"number {number}")

    assert len(await news(bot, limit=1000)) == 100
    assert len(await news(bot, limit=3)) == 3


async def test_a_second_poller_ends_the_first_with_a_conflict(telegram: TelegramServer, bot: Bot) -> None:
    poll = asyncio.create_task(news(bot, wait=30))
    await asyncio.sleep(BLINK)

    async with a_bot(telegram) as rival:
        assert await news(rival) == []

    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await poll


async def test_a_rival_can_be_pretended(telegram: TelegramServer, bot: Bot) -> None:
    telegram.rival_polls()

    with pytest.raises(Conflict):
        await news(bot)

    assert await news(bot) == []


async def test_a_poller_that_died_leaves_the_line_free(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    poll = asyncio.create_task(news(bot, wait=30))
    await asyncio.sleep(BLINK)
    poll.cancel()
    telegram.says(group, anna, "still there?")

    async with a_bot(telegram) as reborn:
        assert await heard(reborn) == ["still there?"]


async def test_kinds_that_were_not_allowed_do_not_come_later(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    await news(bot, kinds=["message"])
    post = telegram.says(group, anna, "first")
    telegram.edits(post, "second")

    assert await heard(bot) == ["first"]
    assert len(await news(bot, kinds=["message", "edited_message"])) == 1


async def test_what_nobody_fetched_for_a_day_is_gone(telegram: TelegramServer, bot: Bot) -> None:
    telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "hello?")

    telegram.a_day_passes()

    assert await news(bot) == []


# Tokens, fields and methods


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(telegram: TelegramServer) -> None:
    async with httpx.AsyncClient(base_url=telegram.url) as client:
        assert (await client.get(f"/bot{telegram.token}x/getMe")).status_code == 401
        assert (await client.get("/bottoken/getMe")).status_code == 404
        assert (await client.get(f"/bot{telegram.token}/getme")).json()["result"]["username"] == "candor_bot"


async def test_a_revoked_token_no_longer_fits(telegram: TelegramServer, bot: Bot) -> None:
    telegram.changes_token("4200:another-token-for-tests")

    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_unknown_methods_and_fields_are_refused(telegram: TelegramServer, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="no field parse_mode"):
        await bot.send_message(1, "hello", parse_mode="HTML")
    async with httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}") as client:
        assert (await client.post("/sendTelegram")).status_code == 404
        assert (await client.post("/getUpdates", json={"ofset": 1})).status_code == 400
        assert (await client.post("/sendMessage", content="{", headers=JSON)).status_code == 400
        assert (await client.post("/getUpdates", data={"allowed_updates": "message"})).status_code == 400


async def test_get_me_tells_about_privacy_mode(telegram: TelegramServer, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username, me.can_read_all_group_messages) == (True, "candor_bot", True)

    telegram.sets_privacy(reads_everything=False)

    assert not (await bot.get_me()).can_read_all_group_messages


# What a bot may hear


async def test_privacy_mode_lets_through_only_what_is_meant_for_the_bot(telegram: TelegramServer, bot: Bot) -> None:
    telegram.sets_privacy(reads_everything=False)
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    telegram.says(group, anna, "@candor_bot where is my cake?")
    telegram.says(group, anna, "/help@other_bot")
    telegram.says(group, anna, "/help")
    asked = telegram.says(group, anna, "/help@Candor_Bot")
    await bot.send_message(group.id, "Here.", reply_parameters=ReplyParameters(asked.id))
    telegram.says(group, anna, "thanks", reply_to=telegram.sent[0])
    telegram.says(group, anna, "/start")

    assert await heard(bot) == ["/help@Candor_Bot", "thanks", "/start"]


async def test_an_administrator_hears_everything_in_spite_of_privacy_mode(telegram: TelegramServer, bot: Bot) -> None:
    telegram.sets_privacy(reads_everything=False)
    group = telegram.add_group("Bakery talk", bot_is="administrator")
    telegram.says(group, telegram.add_person("Anna"), "my cake is late")

    assert await heard(bot) == ["my cake is late"]


async def test_privacy_mode_changes_for_a_group_only_when_the_bot_joins_again(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.sets_privacy(reads_everything=False)
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    telegram.sets_privacy(reads_everything=True)
    telegram.says(group, anna, "unheard")
    telegram.bot_becomes(group, "left")
    telegram.bot_becomes(group, "member")
    telegram.says(group, anna, "heard")

    assert (await heard(bot))[-1] == "heard"
    assert "unheard" not in await heard(bot)


async def test_a_bot_never_hears_another_bot_nor_itself(telegram: TelegramServer, bot: Bot) -> None:
    group, robot = telegram.add_group("Bakery talk"), telegram.add_person("Robot", "robot_bot", is_bot=True)
    telegram.says(group, robot, "@candor_bot hello")
    await bot.send_message(group.id, "Hello.")

    assert await news(bot) == []


async def test_a_mention_after_an_emoji_is_found_by_its_utf_16_offset(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    telegram.says(group, anna, "🎂🎂 late again, @candor_bot!")

    message = (await news(bot))[0].message

    assert message
    assert list(message.parse_entities([MessageEntity.MENTION]).values()) == ["@candor_bot"]
    assert message.entities[0].offset == len("🎂🎂 late again, ") + 2


@given(before=some.text(max_size=20), after=some.text(max_size=20))
def test_entities_always_cut_out_what_they_mark(before: str, after: str) -> None:
    text = f"{before} @candor_bot {after}"
    units = text.encode("utf-16-le", "surrogatepass")

    cut = [units[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])] for mark in entities_in(text)]

    assert "@candor_bot".encode("utf-16-le") in cut


async def test_a_person_without_a_name_is_mentioned_by_their_number(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    words = "🎂 Candor, are you there?"
    telegram.says(group, anna, words, entities=[text_mention(words, "Candor", telegram.bot)])

    message = (await news(bot))[0].message

    assert message
    mark, word = next(iter(message.parse_entities().items()))
    assert (mark.type, mark.user and mark.user.id, word) == ("text_mention", telegram.bot.id, "Candor")


async def test_pictures_voices_and_stickers_come_without_text(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    telegram.says(group, anna, "look @candor_bot", attached="photo")
    for kind in ("photo", "voice", "sticker", "document", "video"):
        telegram.says(group, anna, attached=kind)

    captioned, *wordless = [update.message for update in await news(bot) if update.message]

    assert captioned.text is None
    assert list(captioned.parse_caption_entities().values()) == ["@candor_bot"]
    assert [(message.text, message.caption) for message in wordless] == [(None, None)] * 5
    assert wordless[0].photo
    assert wordless[1].voice
    assert wordless[2].sticker


async def test_an_album_is_several_updates_of_one_group(telegram: TelegramServer, bot: Bot) -> None:
    telegram.posts_album(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), 3, "broken @candor_bot")

    album = [update.message for update in await news(bot) if update.message]

    assert [message.caption for message in album] == ["broken @candor_bot", None, None]
    assert len({message.message_id for message in album}) == 3
    assert len({message.media_group_id for message in album}) == 1


async def test_an_edit_keeps_the_number_and_a_deletion_is_silent(telegram: TelegramServer, bot: Bot) -> None:
    post = telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "my cake is late")
    telegram.edits(post, "my cake has come")
    telegram.deletes(post)

    said, edited = await news(bot)

    assert said.message
    assert edited.edited_message
    assert (said.message.text, edited.edited_message.text) == ("my cake is late", "my cake has come")
    assert edited.edited_message.message_id == said.message.message_id == post.id
    assert edited.edited_message.edit_date


async def test_a_colleague_answers_like_anybody_else(telegram: TelegramServer, bot: Bot) -> None:
    group, anna, ben = telegram.add_group("Bakery talk"), telegram.add_person("Anna"), telegram.add_person("Ben")
    question = telegram.says(group, anna, "when do you open?")
    telegram.says(group, ben, "at seven", reply_to=question)

    answer = (await news(bot))[1].message

    assert answer
    assert answer.reply_to_message
    assert (answer.from_user and answer.from_user.id, answer.reply_to_message.message_id) == (ben.id, question.id)
    assert answer.message_thread_id == question.id


async def test_the_numbers_of_posts_begin_anew_in_each_supergroup(telegram: TelegramServer) -> None:
    anna = telegram.add_person("Anna")
    first, second = telegram.add_group("One"), telegram.add_group("Two")

    assert telegram.says(first, anna, "hello").id == telegram.says(second, anna, "hello").id


async def test_chats_that_speak_have_a_stand_in_person(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.add_group("Bakery talk")
    telegram.says(group, group, "we are closed on Sunday")
    telegram.says(group, telegram.add_channel("City news"), "is it true?")

    hidden, channel = [update.message for update in await news(bot) if update.message]

    assert hidden.sender_chat == hidden.chat
    assert hidden.from_user
    assert (hidden.from_user.username, hidden.from_user.is_bot) == ("GroupAnonymousBot", True)
    assert channel.sender_chat
    assert channel.sender_chat.title == "City news"


async def test_a_channel_post_is_forwarded_and_answered_in_the_group(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk"), telegram.add_person("Anna")
    channel = telegram.add_channel("Bakery news", username="bakery_news", group=group)
    copy = telegram.publishes(channel, "New: rye bread")
    comment = telegram.says(group, anna, "how much?", reply_to=copy)
    telegram.says(group, anna, "and when?", reply_to=comment)

    forwarded, asked, asked_again = [update.message for update in await news(bot) if update.message]

    assert forwarded.is_automatic_forward
    assert forwarded.sender_chat
    assert forwarded.sender_chat.id == channel.id
    assert asked.message_thread_id == asked_again.message_thread_id == copy.id


async def test_a_channel_post_itself_comes_where_the_bot_is_in_the_channel(telegram: TelegramServer, bot: Bot) -> None:
    channel = telegram.add_channel("Bakery news", bot_is="administrator")
    post = telegram.publishes(channel, "New: rye bread")
    telegram.edits(post, "New: rye bread, 3 euro")

    published, edited = await news(bot)

    assert published.channel_post
    assert edited.edited_channel_post
    assert published.channel_post.from_user is None


async def test_a_post_in_a_topic_answers_the_opening_of_the_topic(telegram: TelegramServer, bot: Bot) -> None:
    forum, anna = telegram.add_group("Bakery talk", forum=True), telegram.add_person("Anna")
    topic = telegram.add_topic(forum, "Complaints")
    post = telegram.says(forum, anna, "the bread was hard", thread=topic)

    message = (await news(bot))[0].message
    answer = await bot.send_message(forum.id, "We are sorry.", reply_parameters=ReplyParameters(post.id))

    assert message
    assert message.is_topic_message
    assert message.reply_to_message
    assert message.reply_to_message.forum_topic_created
    assert message.message_thread_id == answer.message_thread_id == topic


async def test_the_bot_is_told_what_becomes_of_it(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.add_group("Bakery talk")
    for status in ("administrator", "restricted", "kicked", "member"):
        telegram.bot_becomes(group, status)

    *changes, joined = await news(bot)

    told = [change.my_chat_member for change in changes if change.my_chat_member]
    assert [change.new_chat_member.status for change in told] == ["administrator", "restricted", "kicked", "member"]
    assert joined.message
    assert joined.message.new_chat_members[0].id == telegram.bot.id


# Sending


async def test_a_reply_is_stored_once_and_returned_with_its_target(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk", username="bakery"), telegram.add_person("Anna")
    post = telegram.says(group, anna, "where is my cake?")

    sent = await bot.send_message(group.id, " On its way. ", reply_parameters=ReplyParameters(post.id))

    assert sent.text == "On its way."
    assert sent.reply_to_message
    assert sent.reply_to_message.message_id == post.id
    assert [(said.text, said.reply_to) for said in telegram.sent] == [("On its way.", post)]
    assert sent.link == f"https://t.me/bakery/{sent.message_id}?thread={post.id}"
    assert telegram.sent[0].link == f"https://t.me/bakery/{sent.message_id}"


async def test_a_supergroup_without_a_name_is_linked_by_its_number(telegram: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_message(telegram.add_group("Bakery talk").id, "Hello.")

    assert sent.link == telegram.sent[0].link == f"https://t.me/c/{str(sent.chat.id)[4:]}/{sent.message_id}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n", "text must be non-empty"),
        ("a" * 4097, "message is too long"),
        ("🎂" * 2049, "message is too long"),
    ],
)
async def test_empty_and_over_long_words_are_refused(telegram: TelegramServer, bot: Bot, text: str, why: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(telegram.add_group("Bakery talk").id, text)

    assert telegram.sent == []


async def test_4096_characters_are_not_too_many(telegram: TelegramServer, bot: Bot) -> None:
    await bot.send_message(telegram.add_group("Bakery talk").id, "a" * 4096)

    assert len(telegram.sent) == 1


async def test_a_reply_to_a_post_that_is_gone_is_refused(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.add_group("Bakery talk")
    post = telegram.says(group, telegram.add_person("Anna"), "never mind")
    telegram.deletes(post)

    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(group.id, "Hello.", reply_parameters=ReplyParameters(post.id))
    assert telegram.sent == []

    afloat = ReplyParameters(post.id, allow_sending_without_reply=True)
    assert (await bot.send_message(group.id, "Hello.", reply_parameters=afloat)).reply_to_message is None


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(-1001234567890, "Hello.")


@pytest.mark.parametrize(
    ("standing", "error", "why"),
    [
        ("left", Forbidden, "not a member of the supergroup chat"),
        ("kicked", Forbidden, "kicked from the supergroup chat"),
        ("restricted", BadRequest, "not enough rights to send text messages"),
    ],
)
async def test_a_bot_without_a_place_in_the_chat_may_not_speak(
    telegram: TelegramServer, bot: Bot, standing: str, error: type[NetworkError], why: str
) -> None:
    group = telegram.add_group("Bakery talk", bot_is=standing)

    with pytest.raises(error, match=f"(?i){why}"):
        await bot.send_message(group.id, "Hello.")


async def test_a_bot_cannot_write_first_nor_to_who_blocked_it(telegram: TelegramServer, bot: Bot) -> None:
    anna, ben = telegram.add_person("Anna"), telegram.add_person("Ben")
    telegram.bot_becomes(telegram.add_private(ben), "kicked")

    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(anna.id, "Hello.")
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ben.id, "Hello.")


async def test_an_upgraded_group_names_its_new_number(telegram: TelegramServer, bot: Bot) -> None:
    group, anna = telegram.add_group("Bakery talk", kind="group"), telegram.add_person("Anna")
    post = telegram.says(group, anna, "where is my cake?")
    new = telegram.upgrades(group)

    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(group.id, "Hello.", reply_parameters=ReplyParameters(post.id))

    assert refused.value.new_chat_id == new.id
    _, old_side, new_side = [update.message for update in await news(bot) if update.message]
    assert (old_side.migrate_to_chat_id, new_side.migrate_from_chat_id) == (new.id, group.id)


async def test_a_thread_exists_only_in_forums(telegram: TelegramServer, bot: Bot) -> None:
    group, forum = telegram.add_group("Bakery talk"), telegram.add_group("Forum", forum=True)
    topic = telegram.add_topic(forum, "Complaints")
    telegram.closes_topic(forum, topic)

    for chat, thread, why in (
        (group, 1, "thread not found"),
        (forum, 99, "thread not found"),
        (forum, topic, "CLOSED"),
    ):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.send_message(chat.id, "Hello.", message_thread_id=thread)


async def test_too_many_posts_in_one_chat_are_a_flood(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.add_group("Bakery talk")
    telegram.limits_posts(group, most=2, seconds=60)
    for _ in range(2):
        await bot.send_message(group.id, "Hello.")

    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(group.id, "Hello.")

    assert refused.value.retry_after in (timedelta(seconds=59), timedelta(seconds=60))
    assert len(telegram.sent) == 2


async def test_chats_and_members_can_be_looked_at(telegram: TelegramServer, bot: Bot) -> None:
    anna = telegram.add_person("Anna")
    group = telegram.add_group("Bakery talk", username="bakery")
    telegram.add_member(group, anna, "administrator")
    channel = telegram.add_channel("Bakery news", group=group)

    chat = await bot.get_chat("@bakery")

    assert (chat.id, chat.title, chat.linked_chat_id) == (group.id, "Bakery talk", channel.id)
    assert (await bot.get_chat_member(group.id, anna.id)).status == "administrator"
    assert (await bot.get_chat_member(group.id, telegram.bot.id)).status == "member"
    with pytest.raises(Forbidden):
        await bot.get_chat(channel.id)


# Faults


async def test_a_flood_answer_says_how_long_to_wait(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.add_group("Bakery talk")
    telegram.fault_next("sendMessage", status=429, retry_after=7)

    with pytest.raises(RetryAfter, match="7"):
        await bot.send_message(group.id, "Hello.")
    await bot.send_message(group.id, "Hello.")

    assert len(telegram.sent) == 1


@pytest.mark.parametrize(("status", "why"), [(500, "Internal Server Error"), (502, "502.*html.*failed")])
async def test_an_outage_is_a_network_error(telegram: TelegramServer, bot: Bot, status: int, why: str) -> None:
    telegram.fault_next("sendMessage", status=status, html=status == 502)

    with pytest.raises(NetworkError, match=why):
        await bot.send_message(telegram.add_group("Bakery talk").id, "Hello.")

    assert telegram.sent == []


async def test_an_error_may_hide_that_the_post_was_stored(telegram: TelegramServer, bot: Bot) -> None:
    telegram.fault_next("sendMessage", status=500, after=True)

    with pytest.raises(NetworkError):
        await bot.send_message(telegram.add_group("Bakery talk").id, "Hello.")

    assert len(telegram.sent) == 1


async def test_a_connection_breaks_before_or_after_the_post_was_stored(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.add_group("Bakery talk")

    telegram.cut_before("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(group.id, "Hello.")
    assert telegram.sent == []

    telegram.cut_after("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(group.id, "Hello.")
    assert len(telegram.sent) == 1


async def test_an_answer_may_come_later_than_anybody_waits(telegram: TelegramServer, bot: Bot) -> None:
    telegram.delay("sendMessage", seconds=5)

    with pytest.raises(TimedOut):
        await bot.send_message(telegram.add_group("Bakery talk").id, "Hello.", read_timeout=BLINK)

    assert len(telegram.sent) == 1


async def test_updates_whose_answer_was_lost_come_again(telegram: TelegramServer, bot: Bot) -> None:
    telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "hello?")
    telegram.cut_after("getUpdates")

    with pytest.raises(NetworkError):
        await news(bot)

    assert await heard(bot) == ["hello?"]


# Webhook


class Desk:
    """A webhook that notes what arrives and answers with the next of its statuses, then 200."""

    def __init__(self, *statuses: int) -> None:
        """Without statuses every delivery is welcome."""
        self.statuses = list(statuses)
        self.came: list[tuple[str | None, int]] = []
        self.enough = asyncio.Event()
        self.expected = 1

    async def take(self, request: web.Request) -> web.Response:
        """Note the secret and the number of the update."""
        update = await request.json()
        self.came.append((request.headers.get(SECRET_HEADER), update["update_id"]))
        if len(self.came) >= self.expected:
            self.enough.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @asynccontextmanager
    async def opens(self) -> AsyncIterator[str]:
        """Listen at the address that is yielded."""
        app = web.Application()
        app.router.add_post("/hook", self.take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await runner.cleanup()

    async def has(self, expected: int) -> None:
        """Wait until so many deliveries came."""
        self.expected = expected
        if len(self.came) < expected:
            self.enough.clear()
            async with asyncio.timeout(2):
                await self.enough.wait()


async def test_a_webhook_is_told_again_until_it_answers_well(telegram: TelegramServer, bot: Bot) -> None:
    desk = Desk(500, 302)
    async with desk.opens() as url:
        await bot.set_webhook(url, secret_token=SECRET, allowed_updates=["message"])
        telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "hello?")
        await desk.has(3)
        await asyncio.sleep(BLINK)
        info = await bot.get_webhook_info()

    assert [secret for secret, _ in desk.came] == [SECRET] * 3
    assert len({number for _, number in desk.came}) == 1
    assert (info.pending_update_count, info.url) == (0, url)
    assert info.last_error_message == "Wrong response from the webhook: 302 Found"


async def test_a_webhook_may_be_told_twice_although_it_answered(telegram: TelegramServer, bot: Bot) -> None:
    desk = Desk()
    async with desk.opens() as url:
        await bot.set_webhook(url)
        telegram.delivers_twice()
        telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "hello?")
        await desk.has(2)

    assert desk.came[0] == desk.came[1]


async def test_a_webhook_that_answers_too_late_is_told_again(telegram: TelegramServer, bot: Bot) -> None:
    desk = Desk()
    telegram.courier.patience = 0
    async with desk.opens() as url:
        await bot.set_webhook(url)
        telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "hello?")
        while not (info := await bot.get_webhook_info()).last_error_message:
            continue
        telegram.courier.patience = 5.0
        await desk.has(1)

    assert info.last_error_message == "Read timeout expired"


async def test_polling_conflicts_with_a_webhook_until_it_is_deleted(bot: Bot) -> None:
    poll = asyncio.create_task(news(bot, wait=30))
    await asyncio.sleep(BLINK)
    await bot.set_webhook("https://candor.example/hook")

    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await poll
    with pytest.raises(Conflict, match="while webhook is active"):
        await news(bot)
    await bot.delete_webhook()

    assert await news(bot) == []
    assert (await bot.get_webhook_info()).url == ""


async def test_a_webhook_needs_https_and_a_plain_secret(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)https"):
        await bot.set_webhook("http://candor.example/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://candor.example/hook", secret_token="not this!")


# The same as a process


async def test_a_process_is_driven_over_its_control_endpoints() -> None:
    command = ["-m", "tests.counterparts.telegram_server", "--port", "0", "--reads-everything"]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    url = (await process.stdout.readline()).decode().split()[-1]

    async with httpx.AsyncClient(base_url=f"{url}/__control") as control:
        anna = (await control.post("/add_person", json={"name": "Anna"})).json()
        group = (await control.post("/add_group", json={"title": "Bakery talk"})).json()
        words = {"chat": group["id"], "who": anna["id"], "text": "where is my cake?"}
        post = (await control.post("/says", json=words)).json()
        async with Bot("4200:a-token-for-tests-that-opens-no-door", base_url=f"{url}/bot") as bot:
            assert await heard(bot) == ["where is my cake?"]
            await bot.send_message(group["id"], "On its way.", reply_parameters=ReplyParameters(post["id"]))
        sent = (await control.get("/sent")).json()
        methods = [call["method"] for call in (await control.get("/calls")).json()]
        faulty = [
            (await control.post("/destroys", json={})).status_code,
            (await control.post("/says", json={"chat": 1})).status_code,
        ]

    process.terminate()
    assert await process.wait() == 0
    assert (sent[0]["text"], sent[0]["reply_to"]) == ("On its way.", {"chat": group["id"], "id": post["id"]})
    assert methods == ["getMe", "getUpdates", "sendMessage"]
    assert faulty == [404, 400]
