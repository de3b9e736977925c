"""The pretended channel and the real one keep the same promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.errors import NeedsLogin, NotSent
from tests.channels.contract import POST, ChannelContract
from tests.channels.telegram_rooms import a_channel
from tests.counterparts.telegram_server import TelegramServer
from tests.pretend import PretendChannel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.channels.telegram import TelegramChannel
    from tests.counterparts.telegram_chats import Post


@dataclass
class PretendStage:
    channel: PretendChannel

    def stands(self) -> list[str]:
        return [attempt.text for attempt in self.channel.published]

    def post_is_gone(self) -> None:
        self.channel.gone.add(POST)

    def must_wait(self, seconds: int) -> None:
        self.channel.fails.append(NotSent("too fast", retry_after=seconds))

    def key_is_void(self) -> None:
        self.channel.fails.append(NeedsLogin("the key is void"))

    def loses_answer(self) -> None:
        self.channel.loses_answers += 1


@dataclass
class TelegramStage:
    channel: TelegramChannel
    telegram: TelegramServer
    question: Post

    def stands(self) -> list[str]:
        return [post.text for post in self.telegram.sent]

    def post_is_gone(self) -> None:
        self.telegram.deletes(self.question)

    def must_wait(self, seconds: int) -> None:
        self.telegram.fault_next("sendMessage", status=429, retry_after=seconds)

    def key_is_void(self) -> None:
        self.telegram.changes_token("4200:another-token-that-opens-no-door")

    def loses_answer(self) -> None:
        self.telegram.cut_after("sendMessage")


class TestPretendChannel(ChannelContract):
    @pytest.fixture
    def stage(self) -> PretendStage:
        return PretendStage(PretendChannel())


@pytest.mark.counterpart
class TestTelegramChannel(ChannelContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[TelegramStage]:
        async with TelegramServer.running() as telegram, a_channel(telegram.url, telegram.token) as channel:
            question = telegram.says(telegram.add_group("Bakery talk"), telegram.add_person("Anna"), "stale!")
            assert f"{question.chat.id}/{question.id}" == POST
            yield TelegramStage(channel, telegram, question)
