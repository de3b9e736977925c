"""H10: we insult nobody and threaten nobody, whatever somebody else began."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.reading import Told, both, found, without_customers_words

if TYPE_CHECKING:
    from bot.core.case import Case
    from bot.core.finding import Finding

_INSULT = re.compile(
    r"\b(?:idiot\w*|vollidiot\w*|trottel\w*|depp(?:en)?|dummkopf|dummköpfe|arschl[oö]ch\w*|arsch|wichser\w*|hurensohn\w*|schlampe\w*|missgeburt\w*|spast\w*|vollpfosten|penner\w*|fotze\w*|verpiss\w*|halts? (?:\w+ )?maul"
    r"|fick\w*|blödmann|(?:sie|du|ihr) (?:sind|bist|seid) (?:\w+ ){0,2}(?:dumm|blöd|bescheuert|bekloppt|krank im kopf|lächerlich)"
    r"|moron\w*|imbecile\w*|stupid (?:\w+ )?(?:person|people|customers?|losers?)|losers?|asshole\w*|arsehole\w*|dickhead\w*|bastards?|bitch\w*|cunt\w*|fuck\w*|screw you|shut up|piss off|you(?:.re| are) (?:\w+ ){0,2}(?:stupid|dumb|ridiculous|pathetic))\b",
    re.IGNORECASE,
)
_THREAT = re.compile(
    r"\b(?:wir|ich) (?:werden? (?:sie|dich|euch) )?(?:verklagen|zeigen? (?:sie|dich|euch) an|anzeigen)\b|\b(?:wir|ich) verklagen? (?:sie|dich|euch)\b"
    r"|\b(?:we|i)(?:.ll| will) (?:sue|report|prosecute) you\b|\bour lawyers will\b|\bunsere anwälte werden\b",
    re.IGNORECASE,
)
_INSULTS = Told("is an insult.", "ist eine Beleidigung.")
_THREATENS = Told("is a threat.", "ist eine Drohung.")
_HINT = Told("Take it out and stay calm.", "Nehmen Sie es heraus und bleiben Sie ruhig.")


def insults(case: Case) -> list[Finding]:
    """Name every insult and every threat (H10); what the customer wrote may be quoted as theirs."""
    text = without_customers_words(case.text, case.mention)
    return [
        found("H10", match.span(), why=both(match.group(), what.en, what.de), hint=_HINT)
        for what, pattern in ((_INSULTS, _INSULT), (_THREATENS, _THREAT))
        for match in pattern.finditer(text)
    ]
