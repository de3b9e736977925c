"""What every channel without a key promises, pretended or real: so that fakes cannot lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from bot.core.attempt import Attempt
from bot.errors import ChannelError, NeedsLogin, NotSent, OutcomeUnknown, Refused

if TYPE_CHECKING:
    from bot.core.attempt import Sent

POST = "-1000000001001/1"


class Channel(Protocol):
    """The shape that the pipeline needs."""

    @property
    def limit(self) -> int: ...

    async def publish(self, attempt: Attempt) -> Sent: ...

    async def find(self, attempt: Attempt) -> Sent | None: ...


class Stage(Protocol):
    """A channel with one customer's post in it (`POST`), and the troubles it may meet."""

    @property
    def channel(self) -> Channel: ...

    def stands(self) -> list[str]:
        """Read out what we have published."""

    def post_is_gone(self) -> None: ...

    def must_wait(self, seconds: int) -> None: ...

    def key_is_void(self) -> None: ...

    def loses_answer(self) -> None: ...


def an_attempt(key: str, text: str = "Thank you for telling us.", **changes: Any) -> Attempt:
    """Try to answer the customer's post."""
    known: dict[str, Any] = {
        "number": 1,
        "question": 1,
        "version": 1,
        "channel": "telegram",
        "thread": POST.partition("/")[0],
        "post": POST,
        "text": text,
        "key": key,
    }
    return Attempt(**(known | changes))


class ChannelContract:
    """Run it by subclassing, with a fixture `stage`."""

    async def test_a_reply_stands_and_its_name_is_given(self, stage: Stage) -> None:
        sent = await stage.channel.publish(an_attempt("1:1"))

        assert sent.id
        assert stage.stands() == ["Thank you for telling us."]

    async def test_two_replies_have_two_names(self, stage: Stage) -> None:
        first = await stage.channel.publish(an_attempt("1:1"))
        second = await stage.channel.publish(an_attempt("2:1"))

        assert first.id != second.id

    @pytest.mark.parametrize(
        ("trouble", "outcome", "standing"),
        [
            ("post_is_gone", Refused, 0),
            ("must_wait", NotSent, 0),
            ("key_is_void", NeedsLogin, 0),
            ("loses_answer", OutcomeUnknown, 1),
        ],
    )
    async def test_trouble_ends_in_one_of_four_ways(
        self, stage: Stage, trouble: str, outcome: type[ChannelError], standing: int
    ) -> None:
        getattr(stage, trouble)(*([7] if trouble == "must_wait" else []))

        with pytest.raises(ChannelError) as raised:
            await stage.channel.publish(an_attempt("1:1"))

        assert type(raised.value) is outcome
        assert len(stage.stands()) == standing
        assert str(raised.value), "people are told why"

    async def test_a_waiting_time_is_given_in_seconds(self, stage: Stage) -> None:
        stage.must_wait(7)

        with pytest.raises(NotSent) as raised:
            await stage.channel.publish(an_attempt("1:1"))

        assert raised.value.retry_after == 7

    async def test_words_that_do_not_fit_are_refused(self, stage: Stage) -> None:
        for text in ("", "  ", "x" * (stage.channel.limit + 1)):
            with pytest.raises(Refused):
                await stage.channel.publish(an_attempt("1:1", text))

        await stage.channel.publish(an_attempt("1:1", "x" * stage.channel.limit))
        assert len(stage.stands()) == 1

    async def test_nobody_can_look(self, stage: Stage) -> None:
        await stage.channel.publish(an_attempt("1:1"))

        with pytest.raises(OutcomeUnknown):
            await stage.channel.find(an_attempt("1:1"))
