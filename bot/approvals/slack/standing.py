"""The line of standing on a card: where the question is on its way, who has it, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, marked, plain, section, small
from bot.approvals.slack.posts import promises_opened
from bot.approvals.slack.speech import channel_name
from bot.approvals.slack.wording import escaped, foreign, link, within

if TYPE_CHECKING:
    from datetime import datetime

    from bot.approvals.slack.speech import Speech
    from bot.core.house import House
    from bot.core.question import Question, Ruling


def happening(question: Question, speech: Speech, house: House) -> list[Json]:
    """What became of it, in one clear paragraph; nothing while it simply waits for a person."""
    if question.standing == "half_signed":
        return [section(marked(_half_signed(question, speech, house)))]
    if question.standing == "published":
        return _published(question, speech)
    said = _what_happened(question, speech)
    return [section(marked(said))] if said else []


def standing_line(question: Question, speech: Speech, house: House, now: datetime) -> Json:
    """Version, time left, signatures, whose table it is on, tone and certainty, and the promise it would open."""
    return small(
        speech.say("line.question", number=question.number, version=question.version),
        _time_left(question, speech, now) if question.open else "",
        _signatures(question, speech) if question.needs > 1 and question.open else "",
        _on_whose_table(question, speech, now),
        speech.sounds(question.tone, question.tone_by) if question.tone else "",
        _would_promise(question, speech, house),
    )


def _what_happened(question: Question, speech: Speech) -> str:
    ruling = question.ruling
    about = {
        "who": escaped(speech.listed(ruling.by if ruling else ())),
        "channel": channel_name(question.newest.channel),
        "version": ruling.version if ruling else question.version,  # a newer draft may lie on the table by now
        "why": speech.sentence(question.trouble.why) if question.trouble else "",
    }
    match question.standing:
        case "sending":
            return speech.say("stands.sending", **about) + _at(ruling, speech)
        case "held":
            return speech.say("stands.held", **about | {"why": about["why"] or speech.say("stands.held_why")})
        case "unknown" | "failed":
            return speech.say(f"stands.{question.standing}", **about).rstrip()
        case "needs_words" if ruling is not None and ruling.kind == "declined":
            return speech.say("stands.declined", **about | {"why": _why(ruling, speech)})
        case "left_alone":
            return speech.say("stands.left_alone", **about | {"why": _why(ruling, speech)}) + _at(ruling, speech)
        case _:
            return ""


def _signers(question: Question) -> tuple[str, ...]:
    """The people who signed, each once."""
    return tuple(dict.fromkeys(signature.person for signature in question.signatures))


def _signatures(question: Question, speech: Speech) -> str:
    return speech.say("line.signatures", n=len(_signers(question)), of=question.needs)


def _half_signed(question: Question, speech: Speech, house: House) -> str:
    """1 of 2 · Tom, second person please."""
    signed, of = escaped(speech.listed(_signers(question))), question.needs
    if house.second_person == "none":
        pause = speech.span(house.second_look_after.total_seconds())
        return speech.say("stands.half_alone", n=len(question.signatures), of=of, who=signed, pause=pause)
    return speech.say("stands.half_signed", n=len(_signers(question)), of=of, who=signed)


def _published(question: Question, speech: Speech) -> list[Json]:
    """Who, when, which version, the words and the link."""
    by = escaped(speech.listed(question.ruling.by if question.ruling else ()))
    if not question.said:
        return [section(marked(speech.say("stands.published_unseen", who=by)))]
    reply = question.said[-1]
    where = speech.say("stands.outbox") if reply.outbox else link(reply.url, speech.say("stands.reply"))
    draft = question.draft.words.text if question.draft else None
    words = [] if reply.text == draft else [section(plain(foreign(reply.text)))]
    facts = (speech.say("stands.published", version=reply.version, who=by), speech.moment(reply.at), where)
    return [section(marked(" · ".join(filter(None, facts)))), *words, *promises_opened(question.promises, speech)]


def _why(ruling: Ruling | None, speech: Speech) -> str:
    """The kind and the words that somebody gave."""
    if ruling is None:
        return ""
    kind = f" ({speech.kind(ruling.why)})" if ruling.why else ""
    return kind + (f": {speech.quoted(within(ruling.reason, 300))}" if ruling.reason else "")


def _at(ruling: Ruling | None, speech: Speech) -> str:
    """When it was decided."""
    return f" · {speech.moment(ruling.at)}" if ruling else ""


def _time_left(question: Question, speech: Speech, now: datetime) -> str:
    """By when the customer should have an answer."""
    left = (question.due_at - now).total_seconds()
    name = "line.due" if left > 0 else "line.overdue"
    return speech.say(name, due=speech.moment(question.due_at), span=speech.span(abs(left)))


def _on_whose_table(question: Question, speech: Speech, now: datetime) -> str:
    """Claimed, edited or escalated; a claim that ran out is nobody's."""
    hand = question.handover
    if hand is None or not question.open or (hand.until is not None and hand.until < now):
        return ""
    name = f"line.{hand.kind}_to" if hand.kind == "escalate" and hand.to else f"line.{hand.kind}"
    return speech.say(name, person=escaped(hand.person), to=escaped(hand.to or ""))


def _would_promise(question: Question, speech: Speech, house: House) -> str:
    """The promise these words would open, with owner and due time."""
    if question.draft is None or not question.draft.words.promises or not question.decidable:
        return ""
    promise = speech.quoted(within(question.draft.words.promises[0], 150))
    return speech.say("line.promise", promise=promise, span=speech.span(house.promise_within.total_seconds()))
