"""The small windows in which a person writes: other words, a reason, or why nothing is said."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Literal, get_args

from bot.approvals.slack.blocks import Json, divider, field, marked, option, plain, section, small, writing
from bot.approvals.slack.posts import lead
from bot.approvals.slack.reply import finding_line, words_of
from bot.approvals.slack.speech import capital, channel_name, speech_of
from bot.approvals.slack.wording import TEXT_LIMIT, escaped, foreign, pieces, within
from bot.core.decision import DeclineKind, LeaveKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.approvals.slack.speech import Speech
    from bot.core.finding import Finding
    from bot.core.house import House
    from bot.core.question import Question

DECLINES: tuple[DeclineKind, ...] = get_args(DeclineKind)
LEAVES: tuple[LeaveKind, ...] = get_args(LeaveKind)
SHORTEST_REASON = 10
"""Characters of a written reason: enough to say something."""
_REASON_LIMIT = 1_000
_POSTS_IN_VIEW = 3


def edit_view(
    question: Question,
    *,
    house: House,
    limit: int,
    typed: str | None = None,
    findings: Sequence[Finding] = (),
    busy: str = "",
) -> Json:
    """The customer's words on top, the reply to edit below; with `findings`, the reason that would lift them.

    The name of the window carries a fingerprint of the words the reason is for: other words are checked afresh.
    `busy`: the colleague who is editing, too.
    """
    speech = speech_of(house)
    words = typed if typed is not None else _words_on_the_table(question)
    most = min(limit, TEXT_LIMIT)
    override = bool(findings)
    return _modal(
        f"edit:{fingerprint(words)}" if override else "edit",
        ("edit", "send_with_reason" if override else "send"),
        question,
        speech,
        [
            *([small(speech.say("window.busy", person=escaped(busy)))] if busy else []),
            *_customer(question, speech),
            _words_field(question, speech, words, most),
            *([section(marked(speech.say("window.stops")))] if override else []),
            *[section(plain(finding_line(finding, words, speech))) for finding in findings[:6]],
            *([_reason_field("override", "why_lift", speech)] if override else []),
            *([_reason_field("reason", "why_alone", speech)] if alone(question, house) else []),
        ],
    )


def second_look_view(question: Question, *, house: House) -> Json:
    """In a one-person house: the whole text once more, and a reason in place of the second person."""
    speech = speech_of(house)
    return _modal(
        "second_look",
        ("look", "send" if question.signatures else "sign_first"),
        question,
        speech,
        [
            small(speech.say("window.second_look" if question.signatures else "window.first_look")),
            *_customer(question, speech),
            *words_of(question, speech, None),
            _reason_field("reason", "why_right", speech),
        ],
    )


def decline_view(question: Question, *, house: House) -> Json:
    """Not these words: what is wrong with them? The customer still waits."""
    speech = speech_of(house)
    blocks = [small(speech.say("window.decline_note")), *_why_fields("decline", DECLINES, speech)]
    return _modal("decline", ("decline", "decline_go"), question, speech, blocks)


def leave_alone_view(question: Question, *, house: House) -> Json:
    """No reply, on purpose, with a name and a reason."""
    speech = speech_of(house)
    note = small(speech.say("window.leave_alone_note"))
    blocks = [note, *_customer(question, speech), *_why_fields("leave", LEAVES, speech)]
    return _modal("leave_alone", ("leave_alone", "leave_alone_go"), question, speech, blocks)


def decided_view(question: Question, *, house: House, why: str, typed: str) -> Json:
    """Somebody was faster: the decision, and the typed words so that they can be copied."""
    speech = speech_of(house)
    typed_words = [section(plain(part)) for part in pieces(typed)[:4]]
    return {
        "type": "modal",
        "callback_id": "decided",
        "title": plain(speech.say("window.not_decided" if question.decidable else "window.decided")),
        "close": plain(speech.say("window.close")),
        "private_metadata": question.name,
        "blocks": [
            section(plain(foreign(speech.why(why)))),
            *([divider(), small(speech.say("window.typed")), *typed_words] if typed_words else []),
        ],
    }


def alone(question: Question, house: House) -> bool:
    """Whether a reason and a second look stand in for the second person."""
    return house.second_person == "none" and question.needs > 1


def fingerprint(words: str) -> str:
    """Tells whether the words are still the ones that a reason was asked for."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _modal(name: str, says: tuple[str, str], question: Question, speech: Speech, blocks: list[Json]) -> Json:
    """A window; it `says` its title, and what sending it does."""
    title, submit = says
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(speech.say(f"window.{title}")),
        "submit": plain(speech.say(f"window.{submit}")),
        "close": plain(speech.say("window.cancel")),
        "notify_on_close": name.partition(":")[0] == "edit",  # closing it puts the claim back
        "private_metadata": question.name,
        "blocks": blocks,
    }


def _customer(question: Question, speech: Speech) -> list[Json]:
    """What we answer, newest last."""
    said = [post.mention.text for post in question.posts[-_POSTS_IN_VIEW:] if post.mention.text.strip()]
    return [small(lead(question, speech, within)), *[section(plain(foreign(text, 2_000))) for text in said], divider()]


def _words_on_the_table(question: Question) -> str:
    return question.draft.words.text if question.draft else ""


def _words_field(question: Question, speech: Speech, words: str, most: int) -> Json:
    """Prefilled with the whole draft, or with nothing: half a draft would be sent as a whole one."""
    where, language = channel_name(question.newest.channel), question.tone.lang if question.tone else "und"
    fits = len(words) <= most
    hint = speech.say("window.limit", n=speech.number(most), channel=where)
    if not fits:
        hint = speech.say("window.too_long", limit=hint)
    foreign_to_us = language not in ("und", speech.lang)
    label = speech.say("window.reply_in" if foreign_to_us else "window.reply", lang=speech.language(language))
    return field("words", label, writing("text", most=most, start=words if fits else ""), hint=hint)


def _reason_field(block: str, asks: str, speech: Speech) -> Json:
    writes = writing("text", most=_REASON_LIMIT, least=SHORTEST_REASON)
    return field(block, speech.say(f"window.{asks}"), writes, hint=speech.say("window.reason"))


def _why_fields(group: Literal["decline", "leave"], kinds: Sequence[str], speech: Speech) -> list[Json]:
    """A kind to choose and words of one's own: Slack takes one element in each field."""
    options = [option(capital(speech.one_of(group, kind)), kind) for kind in kinds]
    choices = {"type": "radio_buttons", "action_id": "kind", "options": options}
    words = writing("text", most=_REASON_LIMIT)
    return [
        field("kind", speech.say("window.why"), choices),
        field("reason", speech.say("window.in_words"), words, optional=True),
    ]
