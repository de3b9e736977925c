"""The controls of a card: what a person can do now, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from bot.approvals.slack.blocks import Json, actions, button, menu, option, plain
from bot.approvals.slack.reply import shown_whole
from bot.approvals.slack.speech import channel_name
from bot.approvals.slack.wording import escaped
from bot.core.fact import Fault
from bot.core.tone import Polarity

if TYPE_CHECKING:
    from bot.approvals.slack.speech import Speech
    from bot.core.question import Question

FAULTS: tuple[Fault, ...] = get_args(Fault)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)


def controls_of(question: Question, speech: Speech) -> list[Json]:
    """Buttons, menu and selects; none once it is decided."""
    if question.standing == "unknown":
        return [_look_first(question, speech)]
    if not question.decidable:
        return []
    return [_decide(question, speech), _judge(question, speech)]


def _decide(question: Question, speech: Speech) -> Json:
    """Approve & send (the only primary one), edit, redraft, decline, and more."""
    name = question.name
    drafted = question.draft is not None and question.draft.words.text
    approve = [_approve(question, speech)] if question.approvable and _readable(question) else []
    return actions(
        f"decide:{_shown(question)}:{name}",
        *approve,
        button(speech.say("do.edit" if drafted else "button.write"), "edit", name),
        button(speech.say("do.redraft"), "redraft", name),
        button(speech.say("do.decline"), "decline", name),
        {"type": "overflow", "action_id": "more", "options": _more(name, speech)},
    )


def _shown(question: Question) -> str:
    """The commitment to the words on this card: a signature is bound to it, and Slack brings it back with the click."""
    return question.draft.commitment[:200] if question.draft else ""


def _readable(question: Question) -> bool:
    return question.draft is not None and shown_whole(question.draft)


def _approve(question: Question, speech: Speech) -> Json:
    """Asks once more only where a mistake would be grave: confirming everything trains blind clicking."""
    asks = {"confirm": _are_you_sure(question, speech)} if question.high_risk else {}
    return button(escaped(speech.say("button.approve")), "approve", question.name, style="primary", **asks)


def _are_you_sure(question: Question, speech: Speech) -> Json:
    tone = speech.sounds(question.tone, question.tone_by) if question.tone else speech.say("card.not_judged")
    said = speech.say("confirm.text", tone=tone, channel=channel_name(question.newest.channel))
    return {
        "title": plain(speech.say("confirm.title")),
        "text": plain(said[:300]),
        "confirm": plain(escaped(speech.say("button.approve"))),
        "deny": plain(speech.say("confirm.deny")),
    }


def _more(name: str, speech: Speech) -> list[Json]:
    return [option(speech.say(f"button.{what}"), f"{what}:{name}") for what in ("escalate", "claim", "leave_alone")]


def _judge(question: Question, speech: Speech) -> Json:
    """Whose fault, and how it sounds: a change drafts anew. The block's name tells the version."""
    faults = [option(speech.say(f"fault.{value}"), value) for value in FAULTS]
    tones = [option(speech.say(f"sounds.{value}"), value) for value in POLARITIES]
    heard = question.tone.polarity if question.tone else None
    return actions(
        f"judge:{question.name}",
        menu("fault", speech.say("button.fault"), faults, question.fault),
        menu("tone", speech.say("button.tone"), tones, heard),
    )


def _look_first(question: Question, speech: Speech) -> Json:
    """Nobody but a person who looked may say whether our words stand there: after exactly this try."""
    tried = f"{question.number}:{question.trouble.attempt if question.trouble else 0}"
    return actions(
        f"look:{tried}",
        button(speech.say("do.there"), "there", tried),
        button(speech.say("do.not_there"), "not_there", tried),
    )
