"""What a window shows after it was sent and nothing was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.modals import decided_view, edit_view
from bot.approvals.slack.reply import finding_line
from bot.approvals.slack.wording import unescaped
from bot.core.text import shortened
from bot.errors import AlreadyDecided, AlreadySigned, CandorError, Outdated, Stopped

if TYPE_CHECKING:
    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.knocks import Form
    from bot.approvals.slack.reception import Reception
    from bot.core.question import Question

_ERROR_LIMIT = 500
"""Characters below a field; more is not read."""


def errors(where: dict[str, str]) -> Json:
    """The window stays, with a line below each field that is not right."""
    told = {block: shortened(why, _ERROR_LIMIT) for block, why in where.items()}
    return {"response_action": "errors", "errors": told}


def update(view: Json) -> Json:
    """The window gets another face."""
    return {"response_action": "update", "view": view}


def on_refusal(error: CandorError, form: Form, question: Question, block: str, reception: Reception) -> Json:
    """Nothing typed is lost: it stays in its field, or is shown so that it can be copied."""
    if isinstance(error, Stopped) and block == "words":
        return _on_stop(error, form, question, reception)
    if isinstance(error, AlreadyDecided | AlreadySigned | Outdated):
        return update(decided_view(question, house=reception.house, why=error.why, typed=form.words or form.reason))
    return errors({block: reception.speech.why(error.why)})


def _on_stop(stop: Stopped, form: Form, question: Question, reception: Reception) -> Json:
    """What nobody may lift is named below the field; the rest asks for a reason, bound to these words."""
    if not stop.liftable:
        forbidden = [finding for finding in stop.findings if not finding.liftable]
        told = [unescaped(finding_line(finding, form.words, reception.speech)) for finding in forbidden]
        return errors({"words": " ".join(told)})
    limit = reception.limit_of(question.newest.channel)
    view = edit_view(question, house=reception.house, limit=limit, typed=form.words, findings=stop.findings)
    return update(view | {"private_metadata": f"{form.about.question}:{form.about.version}"})
