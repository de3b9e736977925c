"""The middle of a card: the words we might say, and why to look at them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.slack.blocks import Json, divider, plain, section, small
from bot.approvals.slack.phrases import language_name
from bot.approvals.slack.wording import escaped, one_line, pieces, within
from bot.core.text import utf16_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.house import House
    from bot.core.question import Question

MOST_PIECES = 4
"""Text objects that a draft may fill; a longer one is decided on the desk, where it is read whole."""
MOST_FINDINGS = 6
_MARKS = {"stop": "⛔ Stop", "warn": "⚠️ Look twice", "hint": "💡 Hint"}  # fmt: skip


def shown_whole(draft: Draft) -> bool:
    """Whether the card shows every character of the draft; nobody approves what was not shown."""
    return len(pieces(draft.words.text)) <= MOST_PIECES


def words_of(question: Question, house: House, limit: int | None) -> list[Json]:
    """The draft, set apart, with what was found in it; or that a person must write."""
    draft = question.draft
    if draft is None or not draft.words.text:
        return [divider(), section(plain(nothing_drafted(question, house)))] if question.open else []
    note = question.note or draft.words.note
    return [
        divider(),
        _about(draft, question, limit),
        *[section(plain(part)) for part in pieces(draft.words.text)[:MOST_PIECES]],
        *([] if shown_whole(draft) else [small("*Too long for a card:* please read and decide it on the web desk")]),
        *([small(f"Note: {within(note, 300)}")] if note else []),
        *(findings_of(draft.findings, draft.words.text) if question.open else []),
    ]


def nothing_drafted(question: Question, house: House) -> str:
    """Why there are no words yet, and what helps."""
    if question.standing == "preparing":
        return "A draft is being prepared."
    if question.tone is not None and question.tone.lang not in house.languages:
        said = f"{language_name(question.tone.lang)}: nothing drafted, please write"
        return said if not question.note else f"{said} ({one_line(question.note, 300)})"
    return one_line(question.note, 300) if question.note else "Nothing drafted, please write"


def findings_of(findings: Sequence[Finding], text: str) -> list[Json]:
    """Each finding with the words it points at; the gravest first."""
    ordered = sorted(findings, key=lambda finding: ("stop", "warn", "hint").index(finding.severity))
    more = len(ordered) - MOST_FINDINGS
    told = [section(plain(finding_line(finding, text))) for finding in ordered[:MOST_FINDINGS]]
    return told + ([small(f"{more} more findings stand on the question's page")] if more > 0 else [])


def finding_line(finding: Finding, text: str) -> str:
    """One line: mark, item, the words meant, why, and a better way."""
    meant = text[finding.start : finding.end]
    words = f" “{one_line(meant, 200)}”" if meant.strip() else ""
    hint = f" Better: {one_line(finding.hint, 400)}" if finding.hint else ""
    return f"{_MARKS[finding.severity]} ({finding.item}){words}: {one_line(finding.why.rstrip('.'), 400)}.{hint}"


def _about(draft: Draft, question: Question, limit: int | None) -> Json:
    """Version, language, length and whose words these are."""
    length = utf16_length(draft.words.text)
    counted = f"{length:,} of {limit:,} characters" if limit else f"{length:,} characters"
    title = "*Our draft*" if question.open else "*The draft*"
    return small(title, f"version {draft.version}", language_name(draft.words.lang), counted, _writer(draft))


def _writer(draft: Draft) -> str:
    """Who or what wrote these words."""
    match draft.words.drafter:
        case "template":
            return (
                f"from the template {escaped(draft.words.template.replace('_', ' '))}"
                if draft.words.template
                else "from a template"
            )
        case "llm":
            return "written by the model"
        case "person":
            return f"typed by {escaped(draft.by)}"
        case _:
            return ""
