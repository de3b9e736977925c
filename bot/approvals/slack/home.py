"""The App Home: who waits longest, what is on my table, how each channel does, and whether anything is sent at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, header, marked, plain, section, small
from bot.approvals.slack.speech import channel_name, speech_of
from bot.approvals.slack.wording import link, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.approvals.slack.speech import Speech
    from bot.core.house import House
    from bot.core.overview import ChannelState, Overview
    from bot.core.question import Question, Standing

    AddressOf = Callable[[int], str | None]

_NAME_LIMIT = 80
_WHY_LIMIT = 300
_TOLD: tuple[Standing, ...] = ("held", "unknown", "failed")
"""What is counted beside all that stands open."""


def stranger_view(house: House) -> Json:
    """A polite line, and nothing of the house."""
    return _home([section(plain(speech_of(house).say("home.stranger")))])


def home_view(seen: Overview, *, house: House, now: datetime, address_of: AddressOf, desk_url: str | None) -> Json:
    """Draw the home of one colleague; `address_of` a question is where its card or its page stands."""
    speech = speech_of(house)

    def listed(questions: Sequence[Question]) -> list[Json]:
        return [section(marked(_line(question, speech, now, address_of))) for question in questions]

    def quietly(name: str) -> Json:
        return small(speech.say(f"home.{name}"))

    return _home(
        [
            section(marked(speech.say("home.paused"))) if seen.paused else quietly("sending"),
            header(speech.say("home.mine")),
            *(listed(seen.mine) or [quietly("nothing_mine")]),
            divider(),
            header(speech.say("home.queue", n=seen.open)),
            *([quietly("longest_first"), *listed(seen.oldest)] if seen.oldest else [quietly("nobody")]),
            *_more(seen, speech, desk_url),
            divider(),
            header(speech.say("home.channels")),
            *([_channel(state, speech, now) for state in seen.channels] or [quietly("no_channel")]),
        ]
    )


def _home(blocks: list[Json]) -> Json:
    return {"type": "home", "blocks": blocks}


def _line(question: Question, speech: Speech, now: datetime, address_of: AddressOf) -> str:
    """One question: where it stands and since when; its words stay on the card."""
    name = speech.say("home.question", number=question.number)
    since = min(post.heard_at for post in question.unanswered)
    late = "home.due" if question.due_at > now else "home.overdue"
    return " · ".join(
        (
            f"*{link(address_of(question.number), name) or name}*",
            channel_name(question.newest.channel),
            within(question.newest.author or speech.say("somebody"), _NAME_LIMIT),
            speech.one_of("standing", question.standing),
            speech.say("home.heard_post", ago=speech.ago(since, now)),
            speech.say(late, due=speech.moment(question.due_at)),
        )
    )


def _more(seen: Overview, speech: Speech, desk_url: str | None) -> list[Json]:
    rest = seen.open - len(seen.oldest)
    if rest <= 0:
        return []
    return [small(speech.say("home.more", n=rest), link(desk_url, speech.say("home.more_on_desk")))]


def _channel(state: ChannelState, speech: Speech, now: datetime) -> Json:
    """A sign, when it was last heard, and what stands open in which way."""
    parts = (
        f"{'🔴' if state.trouble else '🟢'} *{channel_name(state.name)}*",
        within(speech.why(state.trouble), _WHY_LIMIT) if state.trouble else "",
        speech.say("home.heard", ago=speech.ago(state.heard_at, now))
        if state.heard_at
        else speech.say("home.not_heard"),
        speech.say("home.open", n=sum(state.open.values())),
        *[speech.say(f"home.count.{name}", n=state.open[name]) for name in _TOLD if state.open.get(name)],
    )
    return section(marked(" · ".join(filter(None, parts))))
