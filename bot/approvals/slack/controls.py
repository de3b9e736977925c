"""The controls of a card: what a person can do now, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, actions, button, menu, option, plain
from bot.approvals.slack.phrases import FAULTS, POLARITIES, channel_name, how_it_sounds
from bot.approvals.slack.reply import shown_whole
from bot.approvals.slack.wording import escaped

if TYPE_CHECKING:
    from bot.core.question import Question


def controls_of(question: Question) -> list[Json]:
    """Buttons, menu and selects; none once it is decided."""
    if question.standing == "unknown":
        return [_look_first(question)]
    if not question.decidable:
        return []
    return [_decide(question), _judge(question)]


def _decide(question: Question) -> Json:
    """Approve & send (the only primary one), edit, redraft, decline, and more."""
    name = question.name
    writes = "Edit" if question.draft is not None and question.draft.words.text else "Write"
    approve = [_approve(question)] if question.approvable and _readable(question) else []
    return actions(
        f"decide:{_shown(question)}:{name}",
        *approve,
        button(writes, "edit", name),
        button("Redraft", "redraft", name),
        button("Decline", "decline", name),
        {"type": "overflow", "action_id": "more", "options": _more(name)},
    )


def _shown(question: Question) -> str:
    """The commitment to the words on this card: a signature is bound to it, and Slack brings it back with the click."""
    return question.draft.commitment[:200] if question.draft else ""


def _readable(question: Question) -> bool:
    return question.draft is not None and shown_whole(question.draft)


def _approve(question: Question) -> Json:
    """Asks once more only where a mistake would be grave: confirming everything trains blind clicking."""
    asks = {"confirm": _are_you_sure(question)} if question.high_risk else {}
    return button(escaped("Approve & send"), "approve", question.name, style="primary", **asks)


def _are_you_sure(question: Question) -> Json:
    tone = how_it_sounds(question.tone, escaped(question.tone_by)) if question.tone else "unclear"
    where = channel_name(question.newest.channel)
    said = f"This one carries a high risk ({tone}). Once sent it stands in public on {where}, in your name."
    return {
        "title": plain("Stand behind these words?"),
        "text": plain(said[:300]),
        "confirm": plain(escaped("Approve & send")),
        "deny": plain("Look again"),
    }


def _more(name: str) -> list[Json]:
    return [
        option("Escalate to the deputy", f"escalate:{name}"),
        option("Claim it", f"claim:{name}"),
        option("Leave alone …", f"leave_alone:{name}"),
    ]


def _judge(question: Question) -> Json:
    """Whose fault, and how it sounds: a change drafts anew. The block's name tells the version."""
    faults = [option(label, value) for value, label in FAULTS.items()]
    tones = [option(label, value) for value, label in POLARITIES.items()]
    heard = question.tone.polarity if question.tone else None
    return actions(
        f"judge:{question.name}",
        menu("fault", "Whose fault?", faults, question.fault),
        menu("tone", "How does it sound?", tones, heard),
    )


def _look_first(question: Question) -> Json:
    """Nobody but a person who looked may say whether our words stand there: after exactly this try."""
    tried = f"{question.number}:{question.trouble.attempt if question.trouble else 0}"
    return actions(
        f"look:{tried}",
        button("It stands there", "there", tried),
        button("It is not there: send again", "not_there", tried),
    )
