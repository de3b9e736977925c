"""The upper part of a card: who said what about us, and what we answered before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, plain, section, small
from bot.approvals.slack.speech import capital, channel_name
from bot.approvals.slack.wording import TEXT_LIMIT, escaped, foreign, link, one_line, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.approvals.slack.speech import Speech
    from bot.core.question import Post, Promise, Question, Reply

MOST_POSTS = 10
"""Posts quoted on one card; a card takes 50 blocks, and nobody reads more before deciding."""
MOST_CHARACTERS = 6_000
"""Characters of customers' words on one card; what is cut stands behind the link."""
MOST_PROMISES = 3
NAME_LIMIT = 80


def lead(question: Question, speech: Speech, name_of: Callable[[str, int], str] = one_line) -> str:
    """Who speaks to us where, in one line; `name_of` fits their name to the text it stands in."""
    newest = question.newest
    name = name_of(newest.author or capital(speech.say("somebody")), NAME_LIMIT)
    return speech.say(f"lead.{_how(question)}", name=name, channel=channel_name(newest.channel))


def _how(question: Question) -> str:
    """How they speak to us."""
    if question.reopened:
        return "came_back"
    if not question.newest.public:
        return "privately"
    return "names_us" if question.newest.aimed == "names_us" else "asks_us"


def posts_of(question: Question, speech: Speech, now: datetime) -> list[Json]:
    """Every post, newest last, each with its age, its attachments and a link to the original."""
    shown = question.posts[-MOST_POSTS:]
    room = min(TEXT_LIMIT, MOST_CHARACTERS // len(shown))
    earlier = len(question.posts) - len(shown)
    missing = [small(speech.count("post.earlier", earlier))] if earlier else []
    heard = [small(speech.say("post.overheard", said=within(said, 300))) for said in question.overheard[-2:]]
    return missing + [block for post in shown for block in _post(post, speech, room, now)] + heard


def _post(post: Post, speech: Speech, room: int, now: datetime) -> list[Json]:
    """One post: small print, then the words, or what stands in their place."""
    mention = post.mention
    attached = ", ".join(escaped(speech.one_of("attachment", kind)) for kind in mention.attachments)
    with_what = speech.say("post.with", what=attached) if attached else ""
    cut = speech.say("post.cut") if len(foreign(mention.text, 10**6)) > room else ""
    edited = speech.say("post.edited") if post.edited else ""
    replayed = speech.say("post.replayed") if mention.replayed else ""
    original = link(mention.url, speech.say("post.original"))
    facts = small(speech.ago(mention.at, now), with_what, edited, cut, original, replayed)
    wordless = speech.say("post.no_words", what=with_what) if with_what else speech.say("post.nothing")
    return [facts, section(plain(foreign(mention.text, room) if mention.text.strip() else wordless))]


def said_before(question: Question, speech: Speech) -> list[Json]:
    """Our last reply in this thread and what it promised, when the customer came back."""
    if not question.reopened:
        return []
    newest = question.said[-1]
    promised = promises_opened(question.promises, speech)
    return [_when_we_said(newest, speech), section(plain(foreign(newest.text, 1_500))), *promised]


def _when_we_said(reply: Reply, speech: Speech) -> Json:
    """The small print above our own words."""
    return small(speech.say("post.before"), speech.moment(reply.at), link(reply.url, speech.say("post.our_reply")))


def promises_opened(promises: Sequence[Promise], speech: Speech) -> list[Json]:
    """What a published reply commits us to."""
    return [small(_promise(promise, speech)) for promise in promises[-MOST_PROMISES:]]


def _promise(promise: Promise, speech: Speech) -> str:
    """One promise with its owner and its time."""
    said = speech.quoted(within(promise.text, 200))
    return speech.say("post.promised", promise=said, owner=escaped(promise.owner), due=speech.moment(promise.due_at))
