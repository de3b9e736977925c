"""The upper part of a card: who said what about us, and what we answered before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, plain, section, small
from bot.approvals.slack.phrases import channel_name
from bot.approvals.slack.wording import TEXT_LIMIT, ago, escaped, foreign, link, moment, one_line, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.core.house import House
    from bot.core.question import Post, Promise, Question, Reply

MOST_POSTS = 10
"""Posts quoted on one card; a card takes 50 blocks, and nobody reads more before deciding."""
MOST_CHARACTERS = 6_000
"""Characters of customers' words on one card; what is cut stands behind the link."""
MOST_PROMISES = 3
NAME_LIMIT = 80


def lead(question: Question, name_of: Callable[[str, int], str] = one_line) -> str:
    """Who speaks to us where, in one line; `name_of` fits their name to the text it stands in."""
    newest = question.newest
    name = name_of(newest.author or "Somebody", NAME_LIMIT)
    where = channel_name(newest.channel)
    if question.reopened:
        return f"{name} came back to us on {where}"
    if not newest.public:
        return f"{name} writes to us privately on {where}"
    return f"{name} {'names' if newest.aimed == 'names_us' else 'asks'} us on {where}"


def posts_of(question: Question, now: datetime) -> list[Json]:
    """Every post, newest last, each with its age, its attachments and a link to the original."""
    shown = question.posts[-MOST_POSTS:]
    room = min(TEXT_LIMIT, MOST_CHARACTERS // len(shown))
    earlier = len(question.posts) - len(shown)
    missing = [small(f"{earlier} earlier posts of this person are not shown here")] if earlier else []
    heard = [small(f"*A colleague answered:* {within(said, 300)}") for said in question.overheard[-2:]]
    return missing + [block for post in shown for block in _post(post, room, now)] + heard


def _post(post: Post, room: int, now: datetime) -> list[Json]:
    """One post: small print, then the words, or what stands in their place."""
    mention = post.mention
    with_what = ", ".join(f"with {escaped(kind)}" for kind in mention.attachments)
    cut = "shortened here" if len(foreign(mention.text, 10**6)) > room else ""
    edited = "*edited by the customer*" if post.edited else ""
    replayed = "*replayed:* the reply goes to the outbox, not into the channel" if mention.replayed else ""
    facts = small(ago(mention.at, now), with_what, edited, cut, link(mention.url, "original"), replayed)
    words = foreign(mention.text, room) if mention.text.strip() else f"(no words, {with_what or 'nothing to see'})"
    return [facts, section(plain(words))]


def said_before(question: Question, house: House) -> list[Json]:
    """Our last reply in this thread and what it promised, when the customer came back."""
    if not question.reopened:
        return []
    newest = question.said[-1]
    promised = [small(_promise(promise, house)) for promise in question.promises[-MOST_PROMISES:]]
    return [_when_we_said(newest, house), section(plain(foreign(newest.text, 1_500))), *promised]


def _when_we_said(reply: Reply, house: House) -> Json:
    """The small print above our own words."""
    return small("*What we said before*", moment(reply.at, house.timezone), link(reply.url, "our reply"))


def promises_opened(promises: Sequence[Promise], house: House) -> list[Json]:
    """What a published reply now commits us to."""
    return [small(_promise(promise, house)) for promise in promises[-MOST_PROMISES:]]


def _promise(promise: Promise, house: House) -> str:
    """One promise with its owner and its time."""
    due = moment(promise.due_at, house.timezone)
    return f"*We promised* “{within(promise.text, 200)}” · {escaped(promise.owner)} · by {due}"
