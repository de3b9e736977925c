"""The small windows in which a person writes: other words, a reason, or why nothing is said."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, field, marked, option, plain, section, small, writing
from bot.approvals.slack.phrases import DECLINES, LEAVES, channel_name, language_name
from bot.approvals.slack.posts import lead
from bot.approvals.slack.reply import finding_line, words_of
from bot.approvals.slack.wording import TEXT_LIMIT, escaped, foreign, pieces, within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.decision import DeclineKind, LeaveKind
    from bot.core.finding import Finding
    from bot.core.house import House
    from bot.core.question import Question

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
    told: str = "",
) -> Json:
    """The customer's words on top, the reply to edit below; with `findings`, the reason that would lift them.

    The name of the window carries a fingerprint of the words the reason is for: other words are checked afresh.
    """
    words = typed if typed is not None else _words_on_the_table(question)
    most = min(limit, TEXT_LIMIT)
    override = bool(findings)
    return _modal(
        f"edit:{fingerprint(words)}" if override else "edit",
        "Write the reply",
        "Publish with reason" if override else "Approve and send",
        question,
        [
            *([small(f"*{escaped(told)}*")] if told else []),
            *_customer(question),
            _words_field(question, words, most),
            *([section(marked("*This stands in the way:*"))] if override else []),
            *[section(plain(finding_line(finding, words))) for finding in findings[:6]],
            *([_reason_field("override", "Why publish it all the same?")] if override else []),
            *([_reason_field("reason", "Why do you answer for it alone?")] if alone(question, house) else []),
        ],
    )


def second_look_view(question: Question, *, house: House) -> Json:
    """In a one-person house: the whole text once more, and a reason in place of the second person."""
    looks = "second look" if question.signatures else "first look"
    return _modal(
        "second_look",
        "Look at it again",
        "Approve and send" if question.signatures else "Sign the first look",
        question,
        [
            small(f"You decide alone here, so this needs two looks and a reason. This is the *{looks}*."),
            *_customer(question),
            *words_of(question, house, None),
            _reason_field("reason", "Why is this the right answer?"),
        ],
    )


def decline_view(question: Question) -> Json:
    """Not these words: what is wrong with them? The customer still waits."""
    note = "The customer still waits: a new draft is asked for, or somebody writes."
    return _modal("decline", "Decline the draft", "Decline", question, [small(note), *_why_fields(DECLINES)])


def leave_alone_view(question: Question) -> Json:
    """No reply, on purpose, with a name and a reason."""
    note = "Nobody answers this customer; your name and the reason are kept."
    return _modal(
        "leave_alone",
        "Leave it alone",
        "Leave alone",
        question,
        [small(note), *_customer(question), *_why_fields(LEAVES)],
    )


def decided_view(question: Question | None, *, why: str, typed: str) -> Json:
    """Somebody was faster: the decision, and the typed words so that they can be copied."""
    typed_words = [section(plain(part)) for part in pieces(typed)[:4]]
    return {
        "type": "modal",
        "callback_id": "decided",
        "title": plain("Already decided" if question and not question.decidable else "Not decided"),
        "close": plain("Close"),
        "private_metadata": question.name if question else "",
        "blocks": [
            section(plain(foreign(why))),
            *([divider(), small("*What you typed*, to copy:"), *typed_words] if typed_words else []),
        ],
    }


def alone(question: Question, house: House) -> bool:
    """Whether a reason and a second look stand in for the second person."""
    return house.second_person == "none" and question.needs > 1


def fingerprint(words: str) -> str:
    """Tells whether the words are still the ones that a reason was asked for."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _modal(name: str, title: str, submit: str, question: Question, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "notify_on_close": name.partition(":")[0] == "edit",  # closing it puts the claim back
        "private_metadata": question.name,
        "blocks": blocks,
    }


def _customer(question: Question) -> list[Json]:
    """What we answer, newest last."""
    said = [post.mention.text for post in question.posts[-_POSTS_IN_VIEW:] if post.mention.text.strip()]
    return [small(lead(question, within)), *[section(plain(foreign(text, 2_000))) for text in said], divider()]


def _words_on_the_table(question: Question) -> str:
    return question.draft.words.text if question.draft else ""


def _words_field(question: Question, words: str, most: int) -> Json:
    """Prefilled with the whole draft, or with nothing: half a draft would be sent as a whole one."""
    where, language = channel_name(question.newest.channel), question.tone.lang if question.tone else "und"
    fits = len(words) <= most
    hint = f"Up to {most:,} characters. What you type here is what stands on {where}, signed by you."
    if not fits:
        hint = f"The draft is longer than Slack can show here; edit it on the web desk, or write anew. {hint}"
    label = f"Your reply ({language_name(language)})" if language not in ("und", "en") else "Your reply"
    return field("words", escaped(label), writing("text", most=most, start=words if fits else ""), hint=escaped(hint))


def _reason_field(block: str, label: str) -> Json:
    hint = "At least ten characters; it is kept with your name and appears in the report."
    return field(block, label, writing("text", most=_REASON_LIMIT, least=SHORTEST_REASON), hint=hint)


def _why_fields(kinds: Mapping[DeclineKind, str] | Mapping[LeaveKind, str]) -> list[Json]:
    """A kind to choose and words of one's own: Slack takes one element in each field."""
    choices = {
        "type": "radio_buttons",
        "action_id": "kind",
        "options": [option(label, value) for value, label in kinds.items()],
    }
    words = writing("text", most=_REASON_LIMIT)
    return [field("kind", "Why?", choices), field("reason", "In your words", words, optional=True)]
