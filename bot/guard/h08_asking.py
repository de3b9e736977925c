"""H8: nobody is asked for personal data in public."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.guard.clauses import clause_at
from bot.guard.reading import Told, both, found, sentences

if TYPE_CHECKING:
    from bot.core.case import Case
    from bot.core.finding import Finding

_ASKS = re.compile(
    r"\b(?:nenn(?:en|t|e)?|schreib(?:en|t|e)?|schick(?:en|t|e)?|send(?:en|et|e)|post(?:en|et|e)|gib|gebt|geben|teil(?:en|t|e)?|verrat(?:en|et|e)?|sag(?:en|t|e)?|hinterlass\w*|brauchen (?:wir|noch)|wir (?:brauchen|benötigen)|benötigen wir)\b"
    r"|\b(?:tell|send|post|give|share|provide|reply with|write|drop|leave|message|let us have|we (?:will |ll )?need|what is|what.s)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:(?:ihre?[nm]?|deine?[nm]?|eure?[nm]?|die|your) (?:\w+ )?(?:und |and |, )?(?:\w+ )?)?(?:telefonnummer|handynummer|rückrufnummer|(?:kunden|vertrags|bestell|auftrags|rechnungs|konto|karten|kreditkarten|versicherungs|kundenkarten)(?:nummer|-?nr\.?)|kontodaten|bankdaten"
    r"|iban|anschrift|(?:post|mail|e-mail-|wohn)?adresse|geburtsdatum|geburtstag|passwort|kennwort|pin|vollständigen namen|nachnamen|diagnose"
    r"|(?:phone|mobile|order|contract|customer|account|card|booking|tracking|invoice|policy|insurance) (?:number|no\.?|details)|postal address|home address|email address|address|date of birth|birthday|password|bank details|full name|last name|surname|diagnosis)\b",
    re.IGNORECASE,
)
_IN_PRIVATE = re.compile(
    r"(?=\b\w|n[’'])(?:\bprivat\w*|\bdirektnachricht\w*|\bpersönliche[rn]? nachricht|\bper (?:dm|pn|mail|telefon)\b|\bprivate(?:ly)?\b|\bdirect message\w*|\b(?:by|in a|via) (?:dm|mail|e-?mail)\b|\bdms?\b|\bnicht\b|\bkeine?n?\b|\bnever\b|\bnot?\b|n[’']t\b)",
    re.IGNORECASE,
)


def asks_for_personal_data(case: Case) -> list[Finding]:
    """Name what nobody should have to write where everybody reads (H8)."""
    if not case.public:
        return []
    return [
        found(
            "H8",
            (start + asked[0], start + asked[1]),
            why=both(
                sentence[asked[0] : asked[1]],
                "is asked for where everybody reads.",
                "wird dort erfragt, wo alle mitlesen.",
            ),
            hint=Told(
                "Offer to go on in private, and ask there.",
                "Bieten Sie an, privat weiterzuschreiben, und fragen Sie dort.",
            ),
        )
        for start, sentence in sentences(case.text)
        for asked in _asked_in(sentence)
    ]


@lru_cache(maxsize=1024)  # templates say the same sentences to everybody, and a flood is made of templates
def _asked_in(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        match.span()
        for match in _PERSONAL.finditer(sentence)
        if _ASKS.search(clause_at(sentence, match.start())) and not _IN_PRIVATE.search(sentence)
    )
