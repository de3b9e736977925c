"""H12: the reply was not taken over: no marks, pings, hidden characters, codes, role claims or orders carried out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.text import hidden_in
from bot.guard.links import foreign_links
from bot.guard.reading import Told, both, found, sentences
from bot.guard.said import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.case import Case
    from bot.core.finding import Finding

# The first brackets of a long rule say where it can begin: elsewhere nothing is tried, which halves the reading.
_RULES = (
    ("a template mark", re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|<%|%>|\[\[|\]\]|<\|[\w ]{1,30}\|>|\[/?INST\]|</?s>", re.IGNORECASE)),
    ("a ping that rings people", re.compile(r"<[!@#][^>\s]{0,80}>?|(?<!\w)@(?:everyone|here|channel|all)\b", re.IGNORECASE)),
    (
        "a key or code",
        re.compile(
            r"(?=\b\w|-)(?:"
            r"\bxox[a-z]-[\w-]{4,}|\bxapp-[\w-]{4,}|\bsk-[\w-]{8,}|\bgh[pousr]_\w{8,}|\b\d{8,10}:[\w-]{30,}|\bAKIA[A-Z0-9]{12,}|\bBearer [\w.-]{8,}|\beyJ[\w-]{10,}\.[\w.-]{5,}|\bcanary\b[-_:\w]*"
            r"|-----BEGIN [A-Z ]{3,30}-----|\b(?:api[- ]?key|token|passwor[dt]|kennwort|secret)\b\W{0,3}(?:is |ist |lautet )?\W{0,2}(?=[^\s\d]{0,40}\d)[\w.-]{6,}|\b(?=[a-f]{0,31}\d)[0-9a-f]{32,}\b|\b(?:rabatt|gutschein|aktions|discount|promo|voucher|coupon)[- ]?code\W{0,3}(?:ist |is |lautet )?\W{0,2}(?=[A-Z0-9-]*[A-Z])(?-i:[A-Z0-9-]{4,20})\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "a claim to be something else",
        re.compile(
            r"(?=\b\w)(?:"
            r"\b(?:als|bin) (?:ein[e]? )?(?:ki|k\.i\.|künstliche intelligenz|sprachmodell|chatbot|bot)\b(?:-?\w+)?|\bals ki-\w+|\bki-sprachmodell\w*|\bals (?:großes |grosses )?sprachmodell\b"
            r"|\b(?:as|am|being) an? (?:ai|large language model|language model|assistant|chatbot|llm|bot)\b|\b(?:large )?language model\b|\bchatgpt\b|\bopenai\b|\b(?:new|neue) (?:role|rolle|persona)\b|\bi am dan\b|\bdan mode\b|\bdeveloper mode\b|\bentwicklermodus\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "an instruction that leaked",
        re.compile(
            r"(?=\b\w|[\"'])(?:"
            r"\b(?:meine[rnm]?|unsere[rnm]?|die|alle|vorherige[nr]?|laut|gemäß) (?:internen? |vorherigen? |bisherigen? |geheimen? |meiner )?(?:vorgaben?|anweisung(?:en)?|instruktion(?:en)?|systemnachricht|systemprompt|systemanweisung\w*|prompt)\b"
            r"(?! (?:am|an der|auf dem|auf der|im|des|der|vor ort|unter))|\bsystem ?prompt\w*|\bsystemnachricht\w*|\b(?:my|these|previous|prior|system|hidden|all|internal|ignore the|ignoring the) (?:\w+ )?(?:instructions?|prompts?|directives?)\b(?! (?:reply|response|answer|action))"
            r"|\bignor(?:iere|ieren|e|ing) (?:ich )?(?:alle|meine|die|all|my|the|any) (?:\w+ )?(?:regeln|anweisungen|vorgaben|rules|instructions|guidelines)\b|\bi (?:was|am|have been) (?:told|instructed|asked|programmed) to\b|\bsoll ich (?:\w+ ){0,3}antworten\b|\bich wurde (?:angewiesen|programmiert)\b"
            r"|\bmeine[rn]? (?:regeln|anleitung|richtlinien|aufgabe ist)\b|\bmy (?:rules|guidelines|task is)\b|\bnamed in the brief\b|[\"'](?:text|claims|promises|refused|facts|brand|mark|colleague|said_before|longest)[\"']\s?:)",
            re.IGNORECASE,
        ),
    ),
    (
        "a claim that somebody approved it",
        re.compile(
            r"(?=\A|[.!?\n]|\b\w)(?:"
            r"(?:\A|[.!?]\s|\n)(?:approved|freigegeben|genehmigt)\b|\b(?:approval|freigabe) (?:granted|erteilt|given)\b|\b(?:publishing|posting) (?:now|this|it)\b|\bveröffentliche (?:ich )?(?:jetzt|hiermit|das)\b|\bwird (?:jetzt|hiermit) veröffentlicht\b|\bauto-?approved\b|\bno (?:human )?review (?:needed|required)\b"
            r"|\b(?:antwort|entwurf|text|nachricht|reply|answer|draft|message|response)\b[^.!?\n]{0,40}\b(?:genehmigt|freigegeben|abgesegnet|approved|authori[sz]ed|signed off)\b|\bapprove this\b|(?:\A|\n|[.!?]\s)(?:system|admin|assistant|developer)\s?:)",
            re.IGNORECASE,
        ),
    ),
    (
        "an order from outside carried out",
        re.compile(
            r"(?=\b\w)(?:"
            r"\b(?:hier (?:ist|kommt) (?:ein|dein|ihr|das|eine?) (?:\w+ )?(?:gedicht|lied|witz|geschichte|reim|rezept|code)|here(?:'s| is|’s) (?:a|the|your) (?:\w+ )?(?:poem|song|joke|story|rhyme|limerick|haiku|recipe|code))\b"
            r"|\b(?:konkurrenz|mitbewerber\w*|wettbewerb\w*)\b[^.!?]{0,30}\b(?:besser|empfehl\w+)|\b(?:besser|empfehl\w+)\b[^.!?]{0,30}\b(?:konkurrenz|mitbewerber\w*)\b"
            r"|\bcompetit(?:ors?|ion)\b[^.!?]{0,30}\b(?:better|best|recommend\w*)\b|\b(?:better|recommend\w*)\b[^.!?]{0,30}\bcompetit(?:ors?|ion)\b)",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_ORDER = re.compile(
    r"\b(?:schreib\w*|antworte\w*|sag\w*|wiederhole\w*|poste\w*|veröffentliche\w*|bestätig\w*|erklär\w*|verkünde\w*|gib zu|gebt zu|behaupte\w*|übersetz\w*|antwort (?:ist|lautet)|write|say|reply|answer|repeat|post|publish|respond|output|print|confirm|admit|state|declare|announce|claim|translate)\b[^:„“\"'\n]{0,60}[:„“\"']+\s*[„“\"']?(?P<words>[^\n“”\"]{8,200})",
    re.IGNORECASE,
)
_SENTENCE = 5
"""Words from which a sentence of ours that stands in the post word for word is no chance."""
_HINT = Told(
    "Take it out; answer only what went wrong for the customer.",
    "Nehmen Sie es heraus; antworten Sie allein auf das, was der Kunde erlebt hat.",
)
_IN_GERMAN = {
    "a template mark": "ein Zeichen aus einer Vorlage",
    "a ping that rings people": "ein Ruf, der Leute anklingelt",
    "a key or code": "ein Schlüssel oder Code",
    "a claim to be something else": "die Behauptung, jemand anderes zu sein",
    "an instruction that leaked": "eine Anweisung, die nach außen dringt",
    "a claim that somebody approved it": "die Behauptung, jemand habe es freigegeben",
    "an order from outside carried out": "die Ausführung eines Auftrags von außen",
    "a hidden character": "ein verborgenes Zeichen",
    "a link that is not ours": "ein Link, der nicht unserer ist",
    "what the customer ordered us to write": "was der Kunde uns zu schreiben befahl",
}


def taken_over(case: Case) -> list[Finding]:
    """Name everything that does not belong into an answer of ours (H12)."""
    return [
        found("H12", span, why=_why(case.text, span, what), hint=_HINT, liftable=False) for span, what in _places(case)
    ]


def _places(case: Case) -> Iterator[tuple[tuple[int, int], str]]:
    for what, pattern in _RULES:
        yield from ((match.span(), what) for match in pattern.finditer(case.text))
    yield from ((span, "a hidden character") for span in hidden_in(case.text))
    yield from ((span, "a link that is not ours") for span in foreign_links(case))
    yield from ((span, "what the customer ordered us to write") for span in _obeyed(case))


def _obeyed(case: Case) -> Iterator[tuple[int, int]]:
    """The words that the post told us to write, when the reply holds them; and whole sentences of the post, said as ours."""
    if not case.mention:
        return
    reply = squeezed(case.text)
    for order in _ORDER.finditer(case.mention):
        wanted = squeezed(order["words"].rstrip(" .!'’"))
        if len(wanted) >= 8 and wanted in reply:  # noqa: PLR2004  # shorter words are everybody's
            yield 0, len(case.text)
            return
    theirs = squeezed(case.mention)
    yield from (
        (start, start + len(sentence))
        for start, sentence in sentences(case.text)
        if len(sentence.split()) >= _SENTENCE and squeezed(sentence) in theirs
    )


def _why(text: str, span: tuple[int, int], what: str) -> Told:
    """The words, or the code of a character that cannot be seen."""
    words = text[span[0] : span[1]]
    if not words.isprintable():
        code = f"U+{ord(words[0]):04X}"
        return Told(f"{code} is {what}.", f"{code} ist {_IN_GERMAN[what]}.")
    return both(words, f"is {what}.", f"ist {_IN_GERMAN[what]}.")
