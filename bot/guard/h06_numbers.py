"""H6: every number, date, time and amount comes from a confirmed fact."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.guard.figures import figures_in
from bot.guard.reading import Told, around, blanked, found, short
from bot.guard.said import named_places

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
_TO_YOU = re.compile(
    r"\b(?:sie|ihnen|ihre?[nmrs]?|du|dir|dich|deine?[nmrs]?|euch|eure?[nmrs]?|you|your|danke|thanks?)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:will|wird|werden|bekommen|erhalten|bekommst|erhältst|bis|by|within|innerhalb|spätestens)\b|[’']ll\b",
    re.IGNORECASE,
)
_NAMED_THING = re.compile(
    r"(?:linie|bus|zug|tram|gleis|filiale|strecke|raum|zimmer|kasse|tor|schalter|version|ice|ic|re|rb|line|train|platform|gate|room|route|till|flight|counter)"
    r"\s?\Z",
    re.IGNORECASE,
)
_HINT = {
    "money": Told("Leave the amount out.", "Lassen Sie den Betrag weg."),
    "time": Told(
        "Leave the time out. If it is certain, send it with a written reason.",
        "Lassen Sie die Uhrzeit weg. Ist sie sicher, senden Sie sie mit einer Begründung.",
    ),
    "date": Told(
        "Leave the day out. If it is certain, send it with a written reason.",
        "Lassen Sie den Tag weg. Ist er sicher, senden Sie ihn mit einer Begründung.",
    ),
    "number": Told(
        "Leave the number out. If it is certain, send it with a written reason.",
        "Lassen Sie die Zahl weg. Ist sie sicher, senden Sie sie mit einer Begründung.",
    ),
}


def unconfirmed_figures(case: Case) -> list[Finding]:
    """Name every figure that no confirmed fact says and that is not plainly the customer's own (H6)."""
    figures = figures_in(blanked(case.text, named_places(case)))
    if not figures:
        return []
    theirs = {(figure.kind, figure.value) for figure in figures_in(case.mention or "")}
    facts = [(fact, figures_in(fact.text)) for fact in case.facts]
    sentence = around(case.text)
    return [
        _finding(case.text, figure)
        for figure in figures
        if not (
            _confirmed(figure, facts, case)
            or _quoted(figure, sentence(figure.start), theirs)
            or _names_thing(figure, case)
        )
    ]


def _confirmed(figure: Figure, facts: Sequence[tuple[Fact, list[Figure]]], case: Case) -> bool:
    """Money needs a money fact, and in a wave it is not offered in public at all."""
    if figure.kind == "money" and case.crisis and case.public:
        return False
    sayable = [figures for fact, figures in facts if figure.kind != "money" or fact.kind == "money"]
    return any(_same(figure, said) and _alike(figure, said) for figures in sayable for said in figures)


def _same(figure: Figure, said: Figure) -> bool:
    """The same value; a month is said where one of its days is."""
    return figure.value == said.value or (figure.kind == "date" and said.value.startswith(f"{figure.value}-"))


def _alike(figure: Figure, said: Figure) -> bool:
    return figure.kind == said.kind or "number" in (figure.kind, said.kind)


def _quoted(figure: Figure, sentence: str, theirs: Collection[tuple[str, str]]) -> bool:
    """Whether the customer named this figure and the sentence says so.

    Money needs „die Sie nennen“; for other figures it is enough that the sentence speaks of the customer's past.
    """
    if (figure.kind, figure.value) not in theirs:
        return False
    return _tells_theirs(sentence) or (figure.kind != "money" and _tells_the_past(sentence))


@lru_cache(maxsize=64)  # many figures stand in one sentence
def _tells_theirs(sentence: str) -> bool:
    return _THEIRS.search(sentence) is not None


@lru_cache(maxsize=64)
def _tells_the_past(sentence: str) -> bool:
    return _TO_YOU.search(sentence) is not None and not _AHEAD.search(sentence)


def _names_thing(figure: Figure, case: Case) -> bool:
    """„Bus 12“ is a name when the customer used it too."""
    before = _NAMED_THING.search(case.text[max(0, figure.start - 12) : figure.start])
    name = f"{before.group()}{case.text[figure.start : figure.end]}" if before else ""
    return bool(name and case.mention and name.casefold() in case.mention.casefold())


def _finding(text: str, figure: Figure) -> Finding:
    words = text[figure.start : figure.end]
    return found(
        "H6",
        (figure.start, figure.end),
        why=Told(f'No confirmed fact says "{short(words)}".', f"„{short(words)}“ hat niemand bestätigt."),
        hint=_HINT[figure.kind],
        liftable=figure.kind != "money",
    )
