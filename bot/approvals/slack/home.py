"""The App Home: who waits longest, what is on my table, how each channel does, and whether anything is sent at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, header, marked, plain, section, small
from bot.approvals.slack.home_words import Words, home_words_for
from bot.approvals.slack.phrases import channel_name
from bot.approvals.slack.wording import ago, link, moment, within
from bot.approvals.why import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.core.house import House
    from bot.core.overview import ChannelState, Overview
    from bot.core.question import Question

    AddressOf = Callable[[int], str | None]

_NAME_LIMIT = 80
_WHY_LIMIT = 300


def stranger_view(house: House) -> Json:
    """A polite line, and nothing of the house."""
    return _home([section(plain(home_words_for(house.languages)["stranger"]))])


def home_view(seen: Overview, *, house: House, now: datetime, address_of: AddressOf, desk_url: str | None) -> Json:
    """Draw the home of one colleague; `address_of` a question is where its card or its page stands."""
    words = home_words_for(house.languages)

    def listed(questions: Sequence[Question]) -> list[Json]:
        return [section(marked(_line(question, words, house, now, address_of))) for question in questions]

    return _home(
        [
            section(marked(words["paused"])) if seen.paused else small(words["sending"]),
            header(words["mine"]),
            *(listed(seen.mine) or [small(words["nothing_mine"])]),
            divider(),
            header(words["queue"].format(count=seen.open)),
            *([small(words["longest_first"]), *listed(seen.oldest)] if seen.oldest else [small(words["nobody"])]),
            *_more(seen, words, desk_url),
            divider(),
            header(words["channels"]),
            *([_channel(state, words, house, now) for state in seen.channels] or [small(words["no_channel"])]),
        ]
    )


def _home(blocks: list[Json]) -> Json:
    return {"type": "home", "blocks": blocks}


def _line(question: Question, words: Words, house: House, now: datetime, address_of: AddressOf) -> str:
    """One question: where it stands and since when; its words stay on the card."""
    name = words["question"].format(number=question.number)
    since = min(post.heard_at for post in question.unanswered)
    due = moment(question.due_at, house.timezone)
    return " · ".join(
        (
            f"*{link(address_of(question.number), name) or name}*",
            channel_name(question.newest.channel),
            within(question.newest.author or words["somebody"], _NAME_LIMIT),
            words["sending_now" if question.standing == "sending" else question.standing],
            words["heard_post"].format(ago=ago(since, now)),
            words["due" if question.due_at > now else "overdue"].format(due=due),
        )
    )


def _more(seen: Overview, words: Words, desk_url: str | None) -> list[Json]:
    rest = seen.open - len(seen.oldest)
    if rest <= 0:
        return []
    return [small(words["more"].format(count=rest), link(desk_url, words["more_on_desk"]))]


def _channel(state: ChannelState, words: Words, house: House, now: datetime) -> Json:
    """A sign, when it was last heard, and what stands open in which way."""
    waits = [words["open"].format(count=sum(state.open.values()))]
    waits += [f"{count} {words[name]}" for name in ("held", "unknown", "failed") if (count := state.open.get(name, 0))]
    heard = words["heard"].format(ago=ago(state.heard_at, now)) if state.heard_at else words["not_heard"]
    lang = next(iter(house.languages), "en")
    trouble = [within(in_words(state.trouble, lang), _WHY_LIMIT)] if state.trouble else []
    sign = "🔴" if state.trouble else "🟢"
    return section(marked(" · ".join((f"{sign} *{within(channel_name(state.name), 80)}*", *trouble, heard, *waits))))
