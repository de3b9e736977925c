"""One short post in the thread of a card: another version and why, or how the question ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, marked, plain, section, small
from bot.approvals.slack.card import Card
from bot.approvals.slack.reply import writer
from bot.approvals.slack.speech import channel_name, speech_of
from bot.approvals.slack.wording import link, pieces, within

if TYPE_CHECKING:
    from bot.approvals.slack.speech import Speech
    from bot.core.house import House
    from bot.core.news import News

KIND = "candor_news"
"""The metadata by which we find our own post again, when its answer was lost."""
_MOST_PIECES = 4
_SAID_LIMIT = 500
_NAME_LIMIT = 80


def post_of(news: News, *, house: House, desk_url: str | None = None) -> Card:
    """Draw the post; what others wrote in it is nobody's markup, and no link unfolds."""
    speech = speech_of(house)
    line = _line(news, speech)
    return Card(
        text=line,
        blocks=tuple(_version(news, line, speech, desk_url) if news.kind == "version" else [section(marked(line))]),
        metadata={"event_type": KIND, "event_payload": {"question": news.question, "news": news.name}},
    )


def _version(news: News, line: str, speech: Speech, desk_url: str | None) -> list[Json]:
    """Small print, then the words as they would be sent."""
    parts, longer = pieces(news.text), speech.say("news.longer")
    page = link(f"{desk_url.rstrip('/')}/q/{news.question}", longer) if desk_url else longer
    more = [small(page)] if len(parts) > _MOST_PIECES else []
    return [section(marked(line)), *[section(plain(part)) for part in parts[:_MOST_PIECES]], *more]


def _line(news: News, speech: Speech) -> str:
    """What happened, by whom and why, in one line."""
    by = speech.listed([within(name, _NAME_LIMIT) for name in news.by])
    said = within(speech.why(news.said), _SAID_LIMIT) if news.said.strip() else ""
    match news.kind:
        case "version":
            return _another_version(news, speech, by, said)
        case "published":
            where = speech.say("stands.outbox") if news.outbox else link(news.url, speech.say("stands.reply"))
            line = speech.say("stands.published", version=news.version, who=by)
            return f"{line} · {where}" if where else line
        case "left_alone":
            kind = f" ({speech.kind(news.why)})" if news.why else ""
            return speech.say("stands.left_alone", who=by, why=kind + (f": {speech.quoted(said)}" if said else ""))
        case _:
            because = f" ({said.rstrip('.')})" if said else ""
            return (
                f"{speech.say(f'news.{news.kind}', version=news.version, channel=channel_name(news.channel))}{because}."
            )


def _another_version(news: News, speech: Speech, by: str, said: str) -> str:
    """Who wrote it, why there is one more, and what a colleague said."""
    why = f"news.{news.why}"
    parts = (
        speech.say("news.version", version=news.version),
        writer(news.drafter, within(news.template or "", _NAME_LIMIT), by, speech),
        speech.say(why, by=by) if why in speech.words else "",
        speech.quoted(said) if said else "",
    )
    return " · ".join(filter(None, parts))
