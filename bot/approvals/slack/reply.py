"""The middle of a card: the words we might say, and why to look at them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, plain, section, small
from bot.approvals.slack.wording import escaped, one_line, pieces, within
from bot.core.text import utf16_length
from bot.core.why import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.approvals.slack.speech import Speech
    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.question import Question

MOST_PIECES = 4
"""Text objects that a draft may fill; a longer one is decided on the desk, where it is read whole."""
MOST_FINDINGS = 6
_MARKS = {"stop": "⛔", "warn": "⚠️", "hint": "💡"}
_NOTE_LIMIT = 300


def shown_whole(draft: Draft) -> bool:
    """Whether the card shows every character of the draft; nobody approves what was not shown."""
    return len(pieces(draft.words.text)) <= MOST_PIECES


def words_of(question: Question, speech: Speech, limit: int | None) -> list[Json]:
    """The draft, set apart, with what was found in it; or that a person must write."""
    draft = question.draft
    if draft is None or not draft.words.text:
        return [divider(), section(plain(nothing_drafted(question, speech)))] if question.open else []
    note = speech.why(question.note or draft.words.note)
    return [
        divider(),
        _about(draft, question, speech, limit),
        *[section(plain(part)) for part in pieces(draft.words.text)[:MOST_PIECES]],
        *([] if shown_whole(draft) else [small(speech.say("draft.too_long"))]),
        *([small(speech.say("draft.note", note=within(note, _NOTE_LIMIT)))] if note else []),
        *(findings_of(draft.findings, draft.words.text, speech) if question.open else []),
    ]


def nothing_drafted(question: Question, speech: Speech) -> str:
    """Why there are no words yet, and what helps."""
    if question.standing == "preparing":
        return speech.say("draft.preparing")
    return one_line(speech.why(question.note or Why.nothing_drafted()), _NOTE_LIMIT)


def findings_of(findings: Sequence[Finding], text: str, speech: Speech) -> list[Json]:
    """Each finding with the words it points at; the gravest first."""
    ordered = sorted(findings, key=lambda finding: ("stop", "warn", "hint").index(finding.severity))
    more = len(ordered) - MOST_FINDINGS
    told = [section(plain(finding_line(finding, text, speech))) for finding in ordered[:MOST_FINDINGS]]
    return told + ([small(speech.count("draft.more", more))] if more > 0 else [])


def finding_line(finding: Finding, text: str, speech: Speech) -> str:
    """One line: mark, item, the words meant, why, and a better way."""
    meant, better = text[finding.start : finding.end], finding.hint_in(speech.lang)
    mark = f"{_MARKS[finding.severity]} {speech.one_of('found', finding.severity)} ({finding.item})"
    words = f" {speech.quoted(one_line(meant, 200))}" if meant.strip() else ""
    hint = f" {speech.say('found.better')} {one_line(better, 400)}" if better else ""
    return f"{mark}{words}: {one_line(finding.why_in(speech.lang).rstrip('.'), 400)}.{hint}"


def writer(drafter: str, template: str, by: str, speech: Speech) -> str:
    """Who or what wrote the words; names come escaped."""
    if drafter == "template":
        return speech.say("draft.template", name=template.replace("_", " ")).rstrip()
    return speech.say(f"draft.{drafter}", name=by)


def _about(draft: Draft, question: Question, speech: Speech, limit: int | None) -> Json:
    """Version, language, length and whose words these are."""
    length = speech.number(utf16_length(draft.words.text))
    counted = (
        speech.say("draft.length_of", n=length, limit=speech.number(limit))
        if limit
        else speech.say("draft.length", n=length)
    )
    return small(
        speech.say("draft.ours" if question.open else "draft.closed"),
        speech.say("draft.version", version=draft.version),
        speech.language(draft.words.lang),
        counted,
        writer(draft.words.drafter, escaped(draft.words.template or ""), escaped(draft.by), speech),
    )
