"""A question's face in Slack, drawn from the rows: everything a person needs to decide, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, header, plain, section, small
from bot.approvals.slack.controls import controls_of
from bot.approvals.slack.posts import lead, posts_of, said_before
from bot.approvals.slack.reply import MOST_PIECES, words_of
from bot.approvals.slack.speech import channel_name, speech_of
from bot.approvals.slack.standing import happening, standing_line
from bot.approvals.slack.wording import link, one_line, pieces, unescaped

if TYPE_CHECKING:
    from datetime import datetime

    from bot.approvals.slack.speech import Speech
    from bot.core.house import House
    from bot.core.question import Question

KIND = "candor_question"
"""The metadata by which we find our own card again, whatever workspace it is seen from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What Slack is given; `text` is all that notifications and screen readers read."""

    text: str
    blocks: tuple[Json, ...]
    metadata: Json


def card_of(question: Question, *, house: House, now: datetime, desk_url: str | None, limit: int | None = None) -> Card:
    """Draw the card; `limit` is the longest reply the channel takes, for the count beside the draft."""
    speech = speech_of(house)
    blocks = [
        header(_risk(question, speech) + unescaped(lead(question, speech))),
        *posts_of(question, speech, now),
        *said_before(question, speech),
        *(_what_was_sent(question) or words_of(question, speech, limit)),
        *happening(question, speech, house),
        standing_line(question, speech, house, now),
        *controls_of(question, speech),
        *([small(_page(question, speech, desk_url))] if desk_url else []),
    ]
    metadata = {"event_type": KIND, "event_payload": {"question": question.number}}
    return Card(text=fallback(question, speech), blocks=tuple(blocks), metadata=metadata)


def _what_was_sent(question: Question) -> list[Json]:
    """In doubt the card shows the words that perhaps stand there, not what was drafted since."""
    sent = question.trouble.text if question.standing == "unknown" and question.trouble else ""
    return [divider(), *[section(plain(part)) for part in pieces(sent)[:MOST_PIECES]]] if sent else []


def fallback(question: Question, speech: Speech) -> str:
    """One line: draft, channel, tone, author, first words."""
    tone = speech.one_of("polarity", question.tone.polarity) if question.tone else speech.say("card.not_judged")
    newest = question.newest
    attached = ", ".join(speech.one_of("attachment", kind) for kind in newest.attachments)
    words = newest.text if newest.text.strip() else f"({attached or speech.say('card.no_words')})"
    first = f"{one_line(newest.author or speech.say('somebody'), 80)}: {one_line(words, 150)}"
    state = speech.say(f"state.{'high_risk' if _asks_gravely(question) else question.standing}")
    return f"{state} {question.name} · {channel_name(newest.channel)} · {tone} · {first}"


def _asks_gravely(question: Question) -> bool:
    return question.high_risk and question.standing == "asked"


def _risk(question: Question, speech: Speech) -> str:
    """High-risk cards look different from the first character on."""
    if not question.high_risk or not question.open or question.tone is None:
        return ""
    if not question.tone.high_risk:
        return speech.say("card.unsure")
    grave = [flag for flag in question.tone.ordered_flags if flag in ("legal", "safety", "press")]
    return speech.say("card.high_risk", flags=", ".join(speech.flags(grave)))


def _page(question: Question, speech: Speech, desk_url: str) -> str:
    """Thread, older versions, facts and history are one click away."""
    return link(f"{desk_url.rstrip('/')}/q/{question.number}", speech.say("card.page"))
