"""H6: causes, "never again", "already done", safety, money and legal words come from confirmed facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.guard.clauses import clause_at, left_open
from bot.guard.reading import Told, both, covered, found, sentences, stems, without_customers_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.case import Case
    from bot.core.fact import FactKind
    from bot.core.finding import Finding

_CAUSE = re.compile(
    r"\b(?P<marker>weil|wegen|aufgrund|auf grund|infolge|grund (?:dafür |hierfür )?(?:war|ist|sind|waren)|ursache(?: dafür)?(?: war| ist|:)"
    r"|verursacht (?:durch|von|hat)|l(?:ag|iegt) (?:am|an|daran)|because(?: of)?|due to|owing to|caused by|as a result of|(?:the|our) reason (?:was|is)"
    r"|(?:the )?(?:root )?cause (?:was|is|of \w+ (?:was|is))|resulted from|was down to|came from)\b:? (?P<cause>[^.!?;\n]{2,160})",
    re.IGNORECASE,
)
_ON_US = re.compile(r"\A(?:an )?(?:uns|mir|us|me)\b(?! \w+(?:er|nal)\b)", re.IGNORECASE)
_OURS = re.compile(r"\b(?:wir|unser\w*|we|our|ours)\b", re.IGNORECASE)
_BEFORE = 300
"""Characters before a claim that are read."""
_OUR_ACT = re.compile(
    r"\b(?:wir|ich) (?:fragen?|schreiben?|bitten?|sagen?|brauchen?|melden?|antworten?|prüfen?|möchten?|wollen?)\b|\b(?:frage[n]?|schreibe[n]?|bitten|melde[n]?) (?:wir|ich)\b|\bfreut uns\b"
    r"|\b(?:we|i)(?:.re| are|.m| am)? (?:ask(?:ing)?|writ(?:e|ing)|need|say(?:ing)?|glad|happy|reply(?:ing)?|check(?:ing)?|want)\b",
    re.IGNORECASE,
)
"""Behind these „weil“ tells why we speak, not what went wrong."""
_WISH = re.compile(
    r"\b(?:darf|dürfen|soll|sollte|sollten|should|must|ought|hätte|cannot|can.t|können nicht|nicht versprechen|not promise|not guarantee)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:nie wieder|nie mehr|niemals wieder|never again|(?:wird|kommt|passiert) (?:so )?(?:etwas |das |sich )?nicht (?:wieder|noch einmal|mehr) ?(?:vor(?:kommen)?|passieren|geschehen|wiederholen)?"
    r"|(?:will not|won.t|will never) happen again|garantier\w+|guarantee[ds]?|hundertprozentig\w*|100 ?(?:%|prozent|percent)|ausnahmslos|auf jeden fall"
    r"|ein für alle mal|once and for all|ab sofort immer|from now on always|without exception)",
    re.IGNORECASE,
)
_SAFETY = re.compile(
    r"\b(?:no data (?:was|were|has|have|left|is)\b[^.!?]{0,40}|your data (?:is|are|was|remains?) (?:safe|secure)|(?:ihre|deine|eure|alle) daten (?:sind|waren|bleiben) (?:sicher|geschützt)"
    r"|keine daten (?:sind|wurden|haben|abgeflossen)\b[^.!?]{0,40}|(?:besteht|bestand|gab|gibt) (?:es )?(?:zu keiner zeit |jederzeit )?keine(?:rlei)? gefahr|(?:no|not any) (?:danger|risk) (?:to|for|of)"
    r"|(?:nobody|no one) (?:was|is|has been) (?:hurt|injured|harmed|in danger|affected)|niemand (?:wurde|ist|war) (?:verletzt|gefährdet|betroffen)|unbedenklich|völlig sicher|perfectly safe|completely safe)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:hat|haben|habe|ist|sind|wurde|wurden) (?:\w+ ){0,5}?(?:bereits|schon|inzwischen|längst) (?:\w+ ){0,5}?(?P<de>\w*(?:ge\w{2,}(?:t|en)|be\w{3,}(?:t|en)|er\w{3,}t|ver\w{3,}(?:t|en)|\w{3,}iert))"
    r"|(?:ist|sind) (?:\w+ ){0,2}?(?P<de2>behoben|repariert|gelöst|erledigt|abgestellt|beseitigt|geklärt|wiederhergestellt|ausgetauscht)|(?P<de3>(?:läuft|laufen|funktioniert|funktionieren|geht) (?:jetzt |nun |seitdem )?wieder)"
    r"|(?:have|has|had|is|are|was|were|been) (?:now |been )?already (?:been )?(?P<en>\w{3,})|already (?P<en2>fixed|sent|called|solved|resolved|replaced|refunded|done|informed|shipped|paid)"
    r"|(?:is|are|has been|have been) (?:now |all )?(?P<en3>fixed|solved|resolved|repaired|restored|sorted|back online|up and running))\b",
    re.IGNORECASE,
)
_THEY_DID = re.compile(
    r"\b(?:sie|du|ihr) (?:uns )?(?:haben|hast|habt|sind|bist|seid)\b|\b(?:haben sie|hast du|habt ihr)\b|\byou(?: have|.ve) already\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:sobald|wenn|falls|bis|ob|once|when|until|if|as soon as|whether|nicht|not|kein\w*)\b[^,.!?]{0,60}\Z",
    re.IGNORECASE,
)


_CAUSE_UNKNOWN = Told("gives a cause that no confirmed fact says.", "nennt eine Ursache, die niemand bestätigt hat.")
_WITHOUT_FACT: Mapping[FactKind, Told] = {
    "money": Told("is a word of money without a money fact.", "spricht von Geld, das niemand bestätigt hat."),
    "legal": Told("is a word of law without a legal fact.", "spricht vom Recht; bestätigt hat das niemand."),
}
_INSTEAD: Mapping[FactKind, Told] = {
    "money": Told(
        "Leave it out, and say that it is being checked.", "Lassen Sie es weg und schreiben Sie, dass Sie es prüfen."
    ),
    "legal": Told(
        "Leave it out; say that you take it seriously and are checking it.",
        "Lassen Sie es weg und schreiben Sie, dass Sie es ernst nehmen und prüfen.",
    ),
}
_IN_A_WAVE = Told("In a wave, money is offered in private only.", "In einer Welle wird Geld nur privat angeboten.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """Words of money or law that mean the same, in both languages."""

    kind: FactKind
    words: re.Pattern[str]


def _family(kind: FactKind, words: str) -> _Family:
    return _Family(kind=kind, words=re.compile(rf"\b(?:{words})", re.IGNORECASE))


_FAMILIES = (
    _family("money", r"(?:rück)?erstatt\w*|rückzahl\w*|zurückzahl\w*|geld zurück|zurückerstatt\w*|refund\w*|reimburs\w*|money back|pay you back"),
    _family("money", r"gutschein\w*|vouchers?\b|gift cards?\b"),
    _family("money", r"gutschrift\w*|gutschreiben|gutgeschrieben|schreiben (?:ihnen|dir)[^.!?]{0,30} gut\b|credit (?:you|your|note|to your)\w*|store credit"),
    _family("money", r"entschädig\w*|ausgleichszahlung\w*|wiedergutmachung\w*|compensat\w*|goodwill (?:payment|gesture)"),
    _family("money", r"rabatt\w*|preisnachlass\w*|nachlass\b|discount\w*|% (?:off|rabatt)"),
    _family("money", r"kostenlos\w*|kostenfrei\w*|gratis|umsonst|geschenkt|free of charge|for free|at no cost|complimentary|on the house"),
    _family(
        "money",
        r"überweis\w*|(?:wir|ich) (?:be)?zahlen?\b(?! (?:mit|nicht))|(?:be)?zahlen wir|zahlen? (?:ihnen|dir|euch)\b|auszahl\w*|(?:kosten|rechnung|schaden) (?:\w+ ){0,3}(?:übernehmen|übernommen|tragen|ersetzen|ersetzt)"
        r"|(?:übernehmen|tragen|ersetzen)(?: \w+){0,4} (?:kosten|schaden|rechnung)|(?:aufs|auf unser) haus|we(?:.ll| will| can| shall)? (?:pay|cover)\b|pay (?:you|for)\b|cover (?:all|the|your|every)\b[^.,;]{0,20}\b(?:costs?|bill|damage|expenses?)|transfer\w* [^.,;]{0,20}\b(?:money|amount|sum)",
    ),
    _family("legal", r"schadens?ersatz\w*|schmerzensgeld|damages\b"),
    _family("legal", r"haftung\w*|haften\b|haftbar|haftet|liab(?:le|ility)\w*"),
    _family("legal", r"anspruch\b|ansprüche\w*|(?:legal |your |any |a )claims?\b(?! that)|entitled\b|entitlement"),
    _family("legal", r"kulanz\w*|kulant\w*"),
    _family("legal", r"rechtlich\w*|rechtsweg|rechtsanspruch|gewährleistung\w*|legally|legal (?:action|steps|obligation|responsibility)|negligen\w*|fahrlässig\w*|schuldhaft"),
)  # fmt: skip


def unconfirmed_claims(case: Case) -> list[Finding]:
    """Name every cause, absolute, deed, safety statement, money or legal word that no confirmed fact says (H6)."""
    rules = (_causes, _absolutes, _safety, _deeds, _money_and_law)
    return [
        hit
        for start, sentence in sentences(without_customers_words(case.text, case.mention))
        if _may_claim(sentence)
        for rule in rules
        for hit in rule(sentence, start, case)
    ]


@lru_cache(maxsize=1024)  # templates say the same sentences to everybody, and a flood is made of templates
def _may_claim(sentence: str) -> bool:
    """Whether any rule has something to look at; most sentences hold none of these words."""
    return any(
        words.search(sentence) for words in (_CAUSE, _ABSOLUTE, _SAFETY, _DONE, *(family.words for family in _FAMILIES))
    )


def _causes(sentence: str, start: int, case: Case) -> list[Finding]:
    """A cause of what happened; not what we do not know, not „lag an uns“, not the customer's trouble told back."""
    hits = []
    for match in _CAUSE.finditer(sentence):
        cause = match["cause"].split(",")[0]
        if (
            left_open(sentence, match.start())
            or _tells_why_open(sentence, match)
            or _ON_US.match(cause)
            or _told_back(match, case.mention)
            or _OUR_ACT.search(sentence, max(0, match.start() - _BEFORE), match.start())
        ):
            continue
        if not covered(cause, [fact for fact in case.facts if fact.kind == "cause"]):
            hits.append(
                _hit(
                    match,
                    start,
                    why=_CAUSE_UNKNOWN,
                    hint=Told(
                        "Leave the cause out and say that it is not known yet.",
                        "Lassen Sie die Ursache weg und schreiben Sie, dass sie noch nicht bekannt ist.",
                    ),
                    liftable=False,
                )
            )
    return hits


def _tells_why_open(sentence: str, match: re.Match[str]) -> bool:
    """„Wir wissen es nicht, weil die Prüfung läuft“ tells why we do not know."""
    return match["marker"].casefold() in ("weil", "because") and left_open(
        sentence, len(sentence[: match.start()].rstrip(" ,")) - 1
    )


def _told_back(match: re.Match[str], mention: str | None) -> bool:
    """Whether every word that carries meaning is the customer's own („wegen der Verspätung“): a thing, not a deed of ours."""
    cause = match["cause"].split(",")[0]
    said = stems(cause)
    if mention is None or not said or match["marker"].casefold() in ("weil", "because") or _OURS.search(cause):
        return False
    return said <= stems(mention)


def _absolutes(sentence: str, start: int, case: Case) -> list[Finding]:
    if covered(sentence, case.facts):
        return []
    return [
        _hit(
            match,
            start,
            why=Told("promises more than anyone can keep.", "verspricht mehr, als jemand halten kann."),
            hint=Told(
                "Say that it should not happen, or what you are doing now.",
                "Schreiben Sie, dass es nicht passieren darf, oder was Sie jetzt tun.",
            ),
        )
        for match in _ABSOLUTE.finditer(sentence)
        if not _WISH.search(clause_at(sentence, match.start()))
    ]


def _safety(sentence: str, start: int, case: Case) -> list[Finding]:
    if covered(sentence, case.facts):
        return []
    return [
        _hit(
            match,
            start,
            why=Told(
                "says that something is safe, and no confirmed fact does.",
                "sagt, dass etwas sicher ist; bestätigt hat das niemand.",
            ),
            hint=Told(
                "Leave it out, and say what is being checked.", "Lassen Sie es weg und schreiben Sie, was geprüft wird."
            ),
        )
        for match in _SAFETY.finditer(sentence)
        if not left_open(sentence, match.start())
    ]


def _deeds(sentence: str, start: int, case: Case) -> list[Finding]:
    """What we say is done already."""
    if sentence.endswith("?") or covered(sentence, case.facts):
        return []
    return [
        _hit(
            match,
            start,
            why=Told(
                "says that something is done, and no confirmed fact does.",
                "sagt, dass etwas erledigt ist; bestätigt hat das niemand.",
            ),
            hint=Told(
                "Say what is being done. If it is done, send it with a written reason.",
                "Schreiben Sie, was gerade getan wird. Ist es wirklich erledigt, senden Sie es mit einer Begründung.",
            ),
        )
        for match in _DONE.finditer(sentence)
        if not _THEY_DID.search(clause_at(sentence, match.start()))
        and not _NOT_YET.search(sentence[max(0, match.start() - _BEFORE) : match.start()])
        and "nicht" not in match.group().casefold().split()
    ]


def _money_and_law(sentence: str, start: int, case: Case) -> list[Finding]:
    return [
        _hit(
            match,
            start,
            why=_WITHOUT_FACT[family.kind],
            hint=_hint(family, case),
            liftable=False,
        )
        for family in _FAMILIES
        for match in family.words.finditer(sentence)
        if not _may_say(family, case) and not left_open(sentence, match.start(), asked=True)
    ]


def _may_say(family: _Family, case: Case) -> bool:
    """Whether a fact of this kind says a word of this family; never for money in a wave."""
    if family.kind == "money" and case.crisis and case.public:
        return False
    return any(fact.kind == family.kind and family.words.search(fact.text) for fact in case.facts)


def _hint(family: _Family, case: Case) -> Told:
    if family.kind == "money" and case.crisis and case.public:
        return _IN_A_WAVE
    return _INSTEAD[family.kind]


def _hit(match: re.Match[str], start: int, *, why: Told, hint: Told, liftable: bool = True) -> Finding:
    span = (start + match.start(), start + match.end())
    return found("H6", span, why=both(match.group(), why.en, why.de), hint=hint, liftable=liftable)
