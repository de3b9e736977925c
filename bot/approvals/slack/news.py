"""One short post in the thread of a card: another version and why, or how the question ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, marked, plain, section, small
from bot.approvals.slack.card import Card
from bot.approvals.slack.news_words import Words, words_for
from bot.approvals.slack.phrases import channel_name
from bot.approvals.slack.wording import link, pieces, within

if TYPE_CHECKING:
    from bot.core.house import House
    from bot.core.news import News

KIND = "candor_news"
"""The metadata by which we find our own post again, when its answer was lost."""
_MOST_PIECES = 4
_SAID_LIMIT = 500


def post_of(news: News, *, house: House, desk_url: str | None = None) -> Card:
    """Draw the post; what others wrote in it is nobody's markup, and no link unfolds."""
    words = words_for(house.languages)
    line = _line(news, words)
    return Card(
        text=line,
        blocks=tuple(_version(news, line, words, desk_url) if news.kind == "version" else [section(marked(line))]),
        metadata={"event_type": KIND, "event_payload": {"question": news.question, "news": news.name}},
    )


def _version(news: News, line: str, words: Words, desk_url: str | None) -> list[Json]:
    """Small print, then the words as they would be sent."""
    parts = pieces(news.text)
    page = link(f"{desk_url.rstrip('/')}/q/{news.question}", words["longer"]) if desk_url else words["longer"]
    more = [small(page)] if len(parts) > _MOST_PIECES else []
    return [section(marked(line)), *[section(plain(part)) for part in parts[:_MOST_PIECES]], *more]


def _line(news: News, words: Words) -> str:
    """What happened, by whom and why, in one line."""
    about = {
        "version": news.version,
        "by": _listed(news.by, words),
        "channel": within(channel_name(news.channel), 80),
        "template": within((news.template or "").replace("_", " "), 80),
    }
    said = words["quoted"].format(said=within(news.said, _SAID_LIMIT)) if news.said.strip() else ""
    if news.kind == "version":
        why = words[news.why].format(**about) if news.why in words else ""
        return " · ".join(
            part for part in (words["version"].format(**about), _writer(news, words, about), why, said) if part
        )
    if news.kind == "left_alone":
        kind = f" ({words[news.why]})" if news.why in words else ""
        return words["left_alone"].format(**about) + kind + (f": {said}" if said else "")
    if news.kind == "published":
        where = words["outbox"] if news.outbox else link(news.url, words["reply"])
        return words["published"].format(**about) + (f" · {where}" if where else "")
    why = within(news.said.rstrip("."), _SAID_LIMIT) if news.said.strip() else ""
    return f"{words[news.kind].format(**about)}{f' ({why})' if why else ''}."


def _writer(news: News, words: Words, about: dict[str, object]) -> str:
    """Who or what wrote the words."""
    return words[f"from_{news.drafter}"].format(**about)


def _listed(names: tuple[str, ...], words: Words) -> str:
    known = [within(name, 80) for name in names] or [words["somebody"]]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} {words['and']} {known[-1]}"
