"""H6: every number, date, time and amount comes from a confirmed fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.figures import figures_in
from bot.guard.reading import blanked, found, sentence_around, short
from bot.guard.said import named_places

if TYPE_CHECKING:
    from bot.core.case import Case
    from bot.core.fact import Fact
    from bot.core.finding import Finding
    from bot.guard.figures import Figure

_THEIRS = re.compile(
    r"\b(?:sie|du|ihr) (?:hier |uns |selbst )?(?:nenn\w*|schreib\w*|sag\w*|erwähn\w*|ansprech\w*|beschreib\w*|angeb\w*|meld\w*|bezahlt|gezahlt|genannt)\b"
    r"|\b(?:nennen|schreiben|erwähnen|beschreiben) sie\b|\b(?:nennst|schreibst|erwähnst|beschreibst) du\b|\bvon (?:ihnen|dir) genannte\w*"
    r"|\byou(?:.ve| have)? (?:name|named|mention|mentioned|write|wrote|say|said|describe|described|quote|quoted|report|reported|paid)\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(r"\b(?:sie|ihnen|ihre?[nmrs]?|du|dir|dich|deine?[nmrs]?|euch|eure?[nmrs]?|you|your)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|wird|werden|bekommen|erhalten|bekommst|erhältst|bis|by|within|innerhalb|spätestens)\b|[’']ll\b", re.IGNORECASE)
_NAMED_THING = re.compile(
    r"(?:linie|bus|zug|tram|gleis|filiale|strecke|raum|zimmer|kasse|tor|schalter|version|ice|ic|re|rb|line|train|platform|gate|room|route|till|flight|counter)"
    r"\s?\Z",
    re.IGNORECASE,
)
_HINT = {
    "money": "Leave the amount out, or have a money fact confirmed first.",
    "time": "Leave the time out, or have it confirmed as a fact.",
    "date": "Leave the day out, or have it confirmed as a fact.",
    "number": "Leave the number out, or have it confirmed as a fact.",
}


def unconfirmed_figures(case: Case) -> list[Finding]:
    """Name every figure that no confirmed fact says and that is not plainly the customer's own (H6)."""
    text = blanked(case.text, named_places(case))
    theirs = {(figure.kind, figure.value) for figure in figures_in(case.mention or "")}
    return [
        _finding(case.text, figure)
        for figure in figures_in(text)
        if _is_money_in_crisis(case, figure)
        or not (_confirmed(figure, case.facts) or _quoted(figure, case.text, theirs) or _names_thing(figure, case))
    ]


def _is_money_in_crisis(case: Case, figure: Figure) -> bool:
    """In a wave no money is offered in public at all, confirmed or not."""
    return case.crisis and case.public and figure.kind == "money" and not _THEIRS.search(sentence_around(case.text, figure.start))


def _confirmed(figure: Figure, facts: tuple[Fact, ...]) -> bool:
    """Money needs a money fact; the same value under another kind counts for the rest („9 Uhr“, „09:00“)."""
    sayable = [fact for fact in facts if figure.kind != "money" or fact.kind == "money"]
    return any(figure.value == said.value and _alike(figure, said) for fact in sayable for said in figures_in(fact.text))


def _alike(figure: Figure, said: Figure) -> bool:
    return figure.kind == said.kind or "number" in (figure.kind, said.kind)


def _quoted(figure: Figure, text: str, theirs: set[tuple[str, str]]) -> bool:
    """Whether the customer named this figure and the sentence says so.

    Money needs „die Sie nennen“; for other figures it is enough that the sentence speaks of the customer's past.
    """
    sentence = sentence_around(text, figure.start)
    if (figure.kind, figure.value) not in theirs:
        return False
    if _THEIRS.search(sentence):
        return True
    return figure.kind != "money" and bool(_TO_YOU.search(sentence)) and not _AHEAD.search(sentence)


def _names_thing(figure: Figure, case: Case) -> bool:
    """„Bus 12“ is a name when the customer used it too."""
    before = _NAMED_THING.search(case.text[: figure.start])
    return bool(before and case.mention and case.text[before.start() : figure.end].casefold() in case.mention.casefold())


def _finding(text: str, figure: Figure) -> Finding:
    words = text[figure.start : figure.end]
    return found(
        "H6",
        (figure.start, figure.end),
        why=f'No confirmed fact says "{short(words)}".',
        hint=_HINT[figure.kind],
        liftable=figure.kind != "money",
    )
