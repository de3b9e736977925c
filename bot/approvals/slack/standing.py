"""The line of standing on a card: where the question is on its way, who has it, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, marked, plain, section, small
from bot.approvals.slack.phrases import channel_name, how_it_sounds, listed, ruling_reason
from bot.approvals.slack.posts import promises_opened
from bot.approvals.slack.wording import escaped, foreign, link, moment, span, within

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.house import House
    from bot.core.question import Question, Ruling


def happening(question: Question, house: House) -> list[Json]:
    """What became of it, in one clear paragraph; nothing while it simply waits for a person."""
    ruling, zone = question.ruling, house.timezone
    by = escaped(listed(ruling.by)) if ruling else "somebody"
    trouble = f": {within(question.trouble.why.rstrip('.'), 500)}" if question.trouble else ""
    match question.standing:
        case "half_signed":
            return [section(marked(_half_signed(question, house)))]
        case "sending":
            return [section(marked(f"*Sending* · {by}{_at(ruling, zone)}"))]
        case "held":
            why = trouble or ": sending is paused, or the channel's key no longer fits"
            return [section(marked(f"*Held*, approved by {by}{why}. Nothing is lost, it goes on by itself."))]
        case "unknown":
            return [section(marked(_unknown(question, by, trouble)))]
        case "failed":
            where = channel_name(question.newest.channel)
            return [section(marked(f"*Not published.* {escaped(where)} refused the reply for good{trouble}."))]
        case "needs_words" if ruling is not None and ruling.kind == "declined":
            return [section(marked(f"*Version {ruling.version} was declined* by {by}{_why(ruling)}. Please write."))]
        case "published":
            return _published(question, house, by)
        case "left_alone":
            return [section(marked(f"*Left alone* by {by}{_why(ruling)}{_at(ruling, zone)}"))]
        case _:
            return []


def standing_line(question: Question, house: House, now: datetime) -> Json:
    """Version, time left, signatures, whose table it is on, tone and certainty, and the promise it would open."""
    return small(
        f"Question {question.number}, version {question.version}",
        _time_left(question, house, now) if question.open else "",
        f"{len(_signers(question))} of {question.needs} signatures" if question.needs > 1 and question.open else "",
        _on_whose_table(question, now),
        how_it_sounds(question.tone, escaped(question.tone_by)) if question.tone else "",
        _would_promise(question, house),
    )


def _signers(question: Question) -> tuple[str, ...]:
    """The people who signed, each once."""
    return tuple(dict.fromkeys(signature.person for signature in question.signatures))


def _half_signed(question: Question, house: House) -> str:
    """1 of 2 · Tom, second person please."""
    signed = escaped(listed(_signers(question)))
    if house.second_person == "none":
        pause = span(house.second_look_after.total_seconds())
        return f"*{len(question.signatures)} of {question.needs}* · {signed}, a second look please, after {pause}"
    return f"*{len(_signers(question))} of {question.needs}* · {signed}, second person please"


def _unknown(question: Question, by: str, trouble: str) -> str:
    """Why a person must look, in words that calm."""
    where = escaped(channel_name(question.newest.channel))
    sent = question.ruling.version if question.ruling else question.version  # a newer draft may lie on the table by now
    return (
        f"*Did our reply arrive?* {where} took it and did not confirm it, so version {sent} "
        f"(approved by {by}) perhaps stands there and perhaps not. Sending it again without looking could say it "
        f"twice. Please look below the post, then choose. What happened{trouble or ': nothing is known'}."
    )


def _published(question: Question, house: House, by: str) -> list[Json]:
    """Who, when, which version, the words and the link."""
    if not question.said:
        return [section(marked(f"*Published* · {by}"))]
    reply = question.said[-1]
    where = "in the outbox (replayed)" if reply.outbox else link(reply.url, "open the reply")
    draft = question.draft.words.text if question.draft else None
    words = [] if reply.text == draft else [section(plain(foreign(reply.text)))]
    facts = f"*Published* · approved by {by} · version {reply.version} · {moment(reply.at, house.timezone)}"
    return [
        section(marked(facts + (f" · {where}" if where else ""))),
        *words,
        *promises_opened(question.promises, house),
    ]


def _why(ruling: Ruling | None) -> str:
    """The kind and the words that somebody gave."""
    if ruling is None:
        return ""
    kind = f" ({ruling_reason(ruling.why)})" if ruling.why else ""
    return kind + (f": “{within(ruling.reason, 300)}”" if ruling.reason else "")


def _at(ruling: Ruling | None, zone: str) -> str:
    """When it was decided."""
    return f" · {moment(ruling.at, zone)}" if ruling else ""


def _time_left(question: Question, house: House, now: datetime) -> str:
    """By when the customer should have an answer."""
    left = (question.due_at - now).total_seconds()
    due = moment(question.due_at, house.timezone)
    return f"answer by {due}, {span(left)} left" if left > 0 else f"*overdue* by {span(-left)}, was due {due}"


def _on_whose_table(question: Question, now: datetime) -> str:
    """Claimed, edited or escalated; a claim that ran out is nobody's."""
    hand = question.handover
    if hand is None or not question.open or (hand.until is not None and hand.until < now):
        return ""
    person = escaped(hand.person)
    match hand.kind:
        case "claim":
            return f"claimed by {person}"
        case "editing":
            return f"{person} is editing"
        case _:
            return f"escalated by {person}" + (f" to {escaped(hand.to)}" if hand.to else "")


def _would_promise(question: Question, house: House) -> str:
    """The promise these words would open, with owner and due time."""
    if question.draft is None or not question.draft.words.promises or not question.decidable:
        return ""
    promise = within(question.draft.words.promises[0], 150)
    due = span(house.promise_within.total_seconds())
    return f"would promise “{promise}” · whoever approves keeps it, within {due}"
