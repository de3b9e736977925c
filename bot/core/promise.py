"""Which sentences of a reply commit us to something, so that somebody keeps the promise."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.sentence import sentences_in

_READ = 1000
"""Characters of one sentence that are read."""
_CLAUSE = re.compile(r"[,;:–—]|\s-\s|\b(?:und|aber|sondern|and|but|so)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:nicht|nichts|nie|niemals|kein\w*|ohne|not|never|nothing|cannot|unable|without|no longer)\b|n[’']t\b",
    re.IGNORECASE,
)
_UNDER = r"(?<!\bwenn )(?<!\bfalls )(?<!\bweil )(?<!\bdass )(?<!\bob )(?<!\bwas )(?<!\bwie )(?<!\bwarum )(?<!\bwo )(?<!\bals )"
"""Behind these words „wir schreiben“ tells when or why, not that we shall."""

_LATE = r"(?! uns (?:hier )?(?:erst|so spät))"
_BACK = (  # verbs that are a promise by themselves
    rf"melden?{_LATE} (?:uns|mich)|kommen? (?:wieder |darauf |nochmals? )*auf (?:sie|dich|euch) zu|geben? [^,;]{{0,30}}\bbescheid"
    r"|sagen? [^,;]{0,30}\bbescheid|halten? [^,;]{0,20}\bauf dem laufenden|versprechen?|kümmern? (?:uns|mich)"
)
_BACK_INVERTED = (
    r"melde(?:n wir uns| ich mich)|(?:gebe?n?|sagen?) (?:wir|ich)\b[^,;]{0,30}\bbescheid"
    r"|halten? (?:wir|ich) [^,;]{0,20}\bauf dem laufenden|kommen? (?:wir|ich) [^,;]{0,20}\bauf (?:sie|dich|euch) zu|kümmern wir uns"
)
_TELL = r"(?:schreiben?|berichten?|posten?|antworten?|informieren?|aktualisieren?|veröffentlichen?|rufen?|ersetzen?|erstatten?|liefern?|schicken?|senden?)"
_LATER = r"\b(?:hier|wieder|weiter|ihnen|sie|dir|dich|euch|es|sobald|dann|dazu|darüber|morgen|heute|später|bald|nach|bis|um|am)\b"

_AT_A_WORD = r"(?=\b\w)"
"""Every promise begins with a word: inside of one nothing is tried, which halves the reading."""

_COMMITS = tuple(
    re.compile(rf"{_AT_A_WORD}(?:{pattern})", re.IGNORECASE)
    for pattern in (
        rf"{_UNDER}(?:\b(?:wir|ich) |\A(?:hier |dann )?)(?:{_BACK})\b",
        rf"\b(?:{_BACK_INVERTED})\b",
        rf"{_UNDER}\b(?:wir|ich) {_TELL}\b[^,;]{{0,80}}?{_LATER}",
        rf"(?:\A|{_LATER}[^,;]{{0,80}}? |\bdas )(?:{_TELL}) (?:wir|ich)\b",
        r"\b(?:wir|ich) werden? (?:[^,;]{0,80}? )?\w{2,}(?:en|rn|ln)\b(?! (?:werden|worden|gefragt))|\bwerden? wir\b[^,;]{0,80}\w(?:en|rn|ln)\b",
        r"\b(?:sie|du|ihr) (?:hör(?:en|s?t)|les(?:en|t)|bekomm(?:en|s?t)|erhalt(?:en|et)|erhältst)\b[^,;]{0,80}\b(?:von uns|hier)\b",
        (
            r"\b(?:hör(?:en sie|st du|t ihr)|les(?:en sie|t ihr)|liest du|bekomm(?:en sie|st du|t ihr)|erhalten sie|erhältst du)"
            r"\b[^,;]{0,80}\b(?:von uns|hier)\b"
        ),
        r"\b\w+ (?:meldet sich|schreibt (?:ihnen|dir|euch)|ruft (?:sie|dich|euch)\b[^,;]{0,80}\b(?:an|zurück))\b",
        r"\bmeldet sich (?:\w+ ){1,3}bei (?:ihnen|dir|euch)\b|\bversprochen\b",
        r"\b(?:update|neuigkeit(?:en)?|information(?:en)?|infos|stand|antwort|mehr(?: dazu)?)\b[^,;]{0,80}\b(?:folgt|folgen|kommt|kommen|geben wir|gibt es)\b",
        r"\bnächste[sr]? (?:update|meldung|nachricht|stand)\b",
    )
)
_VERB = (
    r"(?:write|post|update|report|reply|answer|respond|get back|be back|be in touch|come back|follow up|keep|continue|let|tell|share"
    r"|call|phone|ring|contact|reach out|message|send|e?-?mail|fix|repair|replace|refund|reimburse|pay|deliver|bring|check"
    r"|look into|find out|ask|change|make sure|put|sort|arrange|inform|publish|add|give|return|investigate|pass (?:this|that|it|your))"
)
_SOON = r"(?: (?:also|then|now|still|again|gladly|certainly|personally|be able to|of course|always|soon))*"
_COMMITS_EN = tuple(
    re.compile(rf"{_AT_A_WORD}(?:{pattern})", re.IGNORECASE)
    for pattern in (
        rf"(?:\Awill|\b(?!you\b|it\b|that\b|which\b)\w+(?: will|[’']ll| shall|(?: are| am|[’']re|[’']m) going to)){_SOON} {_VERB}\b",
        r"\byou(?: will|[’']ll)(?: then)? (?:hear|read|get|receive|have|find)\b[^,;]{0,80}\b(?:from us|back|here|update|answer|news|reply)\b",
        r"\b(?:more|updates?|news|details|information|answer)\b[^,;]{0,80}\b(?:to follow|(?:will|[’']ll) (?:follow|come|be posted|be here|appear))\b",
        r"\bnext update\b|\b(?:we|i) promise\b|\byou have our word\b|\bkeep you (?:posted|updated|informed)\b",
    )
)


def promises_in(text: str) -> tuple[str, ...]:
    """The sentences that commit us to write again, to report back or to do something later.

    German and English; questions, negations and requests to the customer are no promises.

    >>> promises_in("Das tut uns leid. Wir melden uns hier wieder. Bitte melden Sie sich auch.")
    ('Wir melden uns hier wieder.',)
    """
    return tuple(dict.fromkeys(sentence for sentence in sentences_in(text) if _commits(sentence[:_READ])))


@lru_cache(maxsize=1024)  # templates say the same sentences to everybody, and a flood is made of templates
def _commits(sentence: str) -> bool:
    """Whether one clause of the sentence promises and does not deny."""
    if sentence.endswith("?"):
        return False
    clauses = [" ".join(clause.split()) for clause in _CLAUSE.split(sentence)]
    return any(_promised(clause) for clause in clauses)


def _promised(clause: str) -> bool:
    """Whether this clause is a promise, and nothing in it says „nicht“."""
    if _NEGATED.search(clause):
        return False
    return any(pattern.search(clause) for pattern in (*_COMMITS, *_COMMITS_EN))
