"""A question's face in Slack, drawn from the rows: everything a person needs to decide, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, header, plain, section, small
from bot.approvals.slack.controls import controls_of
from bot.approvals.slack.phrases import channel_name
from bot.approvals.slack.posts import lead, posts_of, said_before
from bot.approvals.slack.reply import MOST_PIECES, words_of
from bot.approvals.slack.standing import happening, standing_line
from bot.approvals.slack.wording import link, one_line, pieces, unescaped

if TYPE_CHECKING:
    from datetime import datetime

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
    blocks = [
        header(_risk(question) + unescaped(lead(question))),
        *posts_of(question, now),
        *said_before(question, house),
        *(_what_was_sent(question) or words_of(question, house, limit)),
        *happening(question, house),
        standing_line(question, house, now),
        *controls_of(question),
        *([small(_page(question, desk_url))] if desk_url else []),
    ]
    metadata = {"event_type": KIND, "event_payload": {"question": question.number}}
    return Card(text=fallback(question), blocks=tuple(blocks), metadata=metadata)


def _what_was_sent(question: Question) -> list[Json]:
    """In doubt the card shows the words that perhaps stand there, not what was drafted since."""
    sent = question.trouble.text if question.standing == "unknown" and question.trouble else ""
    return [divider(), *[section(plain(part)) for part in pieces(sent)[:MOST_PIECES]]] if sent else []


def fallback(question: Question) -> str:
    """One line: draft, channel, tone, author, first words."""
    tone = question.tone.polarity if question.tone else "tone not judged yet"
    newest = question.newest
    words = newest.text if newest.text.strip() else f"({', '.join(newest.attachments) or 'no words'})"
    first = f"{one_line(newest.author or 'somebody', 80)}: {one_line(words, 150)}"
    return f"{_state(question)} {question.name} · {channel_name(newest.channel)} · {tone} · {first}"


def _state(question: Question) -> str:
    if question.standing == "asked":
        return "High risk, draft" if question.high_risk else "Draft"
    return question.standing.replace("_", " ").capitalize()


def _risk(question: Question) -> str:
    """High-risk cards look different from the first character on."""
    if not question.high_risk or not question.open or question.tone is None:
        return ""
    if not question.tone.high_risk:
        return "⚠️ Not sure how this sounds · "
    grave = [flag for flag in question.tone.ordered_flags if flag in ("legal", "safety", "press")]
    return f"🛑 High risk: {', '.join(grave)} · "


def _page(question: Question, desk_url: str) -> str:
    """Thread, older versions, facts and history are one click away."""
    return link(f"{desk_url.rstrip('/')}/q/{question.number}", "thread, facts and older versions on the desk")
