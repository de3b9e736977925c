"""H9: no personal data in public, neither what we hold about the customer nor what looks like it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.reading import Told, both, found
from bot.guard.said import public_name, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.case import Case
    from bot.core.finding import Finding

_REGIONS = ("DE", "AT", "CH", "GB")
_NAMES_OF_PEOPLE = frozenset(
    {"what we know about this customer", "the customer's name", "a customer's name", "an order or contract number"}
)
"""What a public name may look like; it is no way to have a telephone or an account of one's choice in a reply."""
_IN_GERMAN = {
    "what we know about this customer": "etwas, das wir über diesen Kunden wissen",
    "the customer's name": "der Name des Kunden",
    "a customer's name": "der Name eines Kunden",
    "an order or contract number": "eine Bestell- oder Vertragsnummer",
    "a street address": "eine Anschrift",
    "a birth date": "ein Geburtsdatum",
    "somebody's health or money": "etwas über jemandes Gesundheit oder Geld",
    "a mail address": "eine Mailadresse",
    "a card number": "eine Kartennummer",
    "a bank account": "eine Kontonummer",
    "a telephone number": "eine Telefonnummer",
}
_HINT = Told("Take it out and go on in private.", "Nehmen Sie es heraus und schreiben Sie privat weiter.")
_LEAST = 3
"""Letters and digits below which a held value is only looked for as a whole word."""
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00A0-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])", re.IGNORECASE)
_CARD = re.compile(r"(?<!\d)(?:\d[ \u00A0-]?){12,18}\d(?!\d)")
_PHONE_LIKE = re.compile(r"\d(?:\D{0,3}\d){5}")
_PATTERNS = (
    (
        "a street address",
        re.compile(
            r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|damm|ufer|chaussee|steig|graben)\s\d{1,4}\s?[a-z]?\b"
            r"|\b(?:[A-ZÄÖÜ][\wäöüß-]+\s){1,2}(?:Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Ring|Damm|Ufer|Chaussee)\s\d{1,4}\s?[a-z]?\b"
            r"|\b\d{1,4}[a-z]?,?\s(?:[A-Z][\w'’-]+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Court|Terrace|Gardens|Crescent|Way|Place|Square|Row|Hill|Grove|Mews)\b"
            r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b(?:D-|A-|CH-)?\d{5}\s(?!Euro|Franken|Kund|Haushalt|Mensch|Leut|Pers|Paket|Stück|Mal|Stimmen|Nutzer)[A-ZÄÖÜ][a-zäöüß]{2,}"
        ),
    ),
    (
        "a birth date",
        re.compile(
            r"\b(?:geboren|geb\.|geburtsdatum|geburtstag|born|date of birth|birth date|birthday|d\.?o\.?b\.?)\W{0,3}(?:\w{2,4}\W){0,3}?\d{1,4}(?:[./-]\s?|\.?\s\w{3,9}\s|\s\w{3,9}\s?)\d{1,4}(?:[./-]\d{2,4})?",
            re.IGNORECASE,
        ),
    ),
    (
        "an order or contract number",
        re.compile(
            r"\b(?:bestell(?:ung)?|auftrag|auftrags|kunden|vertrags?|rechnungs?|sendungs?|vorgangs?|buchungs?|mitglieds|konto|versicherungs|paket|kennzeichen|order|customer|contract|invoice|account|reference|booking|tracking|ticket|policy|member(?:ship)?|parcel|case)"
            r"(?:[- ]?(?:nummer|nr\.?|no\.?|number|num|id|code|#))?\s?(?:(?:is|ist|lautet|:|#)\s?){0,2}(?!(?:19|20)\d\d\b)(?=(?:[A-Z_/-]{0,12}\d){4})[A-Z0-9][\w/-]{3,24}\b"
            r"|\b[A-Z]{2,4}-?\d{5,20}\b|\b\d{2,4}-\d{3,8}-\d{3,8}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "somebody's health or money",
        re.compile(
            r"\b(?:ihre[rnm]?|deine[rnm]?|eure[rnm]?|ihr|dein|your|his|her)\s(?:\w+\s)?(?:krankheit|erkrankung|diagnose|schwangerschaft|behinderung|operation|therapie|kontostand|mahnungen|schulden|zahlungsrückstand|gehalt|einkommen"
            r"|illness|disease|diagnosis|pregnancy|disability|surgery|therapy|account balance|bank balance|balance (?:was|is|of)|debts?|arrears|salary|income|unpaid (?:bills?|invoices?))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "a customer's name",
        re.compile(r"(?:\b(?:[Ll]iebe[r]?|[Ss]ehr geehrte[r]?|[Hh]allo|[Gg]uten Tag|[Dd]ear|[Hh]ello|[Hh]i)\s|(?:\A|(?<=[.!?]\s)))(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?|Miss)\s(?P<name>[A-ZÄÖÜ][\w-]+)(?=,|!|\s(?:Ihr|your))"),
    ),
)  # fmt: skip


def personal_values(case: Case) -> list[Finding]:
    """Name everything personal in a public text (H9); own hotlines and the customer's handle are fine."""
    if not case.public:
        return []
    places = [*_held(case), *_patterns(case.text), *_mails(case.text), *_accounts(case.text), *_phones(case.text)]
    ours = tuple(filter(None, map(squeezed, case.allow)))
    ours_and_theirs = tuple(filter(None, (*ours, squeezed(public_name(case.author)))))
    return [
        _finding(case.text, span, what)
        for span, what in places
        if not _allowed(case.text[span[0] : span[1]], what, ours_and_theirs if what in _NAMES_OF_PEOPLE else ours)
    ]


def _held(case: Case) -> Iterator[tuple[tuple[int, int], str]]:
    """Values we hold about this customer, however they are spaced and written."""
    for value in case.person_values:
        pattern = _spaced(value)
        if pattern is not None:
            yield from ((match.span(), "what we know about this customer") for match in pattern.finditer(case.text))
        *first, last = value.split() or [""]
        if first and len(last) >= _LEAST and all(part[0].isupper() and part.isalpha() for part in (*first, last)):
            yield from (
                (match.span(), "the customer's name") for match in re.finditer(rf"\b{re.escape(last)}\b", case.text)
            )


def _spaced(value: str) -> re.Pattern[str] | None:
    """The value with anything but letters and digits ignored; nothing for an empty one."""
    signs = [sign for sign in value if sign.isalnum()]
    if not signs:
        return None
    gap = r"[\W_]{0,3}" if len(signs) > _LEAST else ""
    words = gap.join(re.escape(sign) for sign in signs)
    if len(signs) > _LEAST and any(sign.isdigit() for sign in signs):
        return re.compile(words, re.IGNORECASE)
    return re.compile(rf"(?<!\w){words}s?(?!\w)", re.IGNORECASE)


def _patterns(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for what, pattern in _PATTERNS:
        yield from ((match.span(), what) for match in pattern.finditer(text))


def _mails(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    if "@" in text:
        yield from ((match.span(), "a mail address") for match in _MAIL.finditer(text))


def _accounts(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Bank accounts and cards, by their check digits."""
    candidates = [*_IBAN.finditer(text), *_CARD.finditer(text)]
    if not candidates:
        return
    from stdnum import iban, luhn  # noqa: PLC0415  # most replies hold no such number

    for match in candidates:
        value = re.sub(r"[ \u00A0-]", "", match.group())
        if value.isdecimal():
            if luhn.is_valid(value):
                yield match.span(), "a card number"
        elif (length := _valid_iban(match.group(), iban.is_valid)) is not None:
            yield (match.start(), match.start() + length), "a bank account"


def _valid_iban(written: str, is_valid: Callable[[str], bool]) -> int | None:
    """How many signs of what stands there are a valid IBAN: words may follow it."""
    ends = [place for place in range(len(written), 14, -1) if place == len(written) or not written[place].isalnum()]
    return next((end for end in ends if is_valid(written[:end])), None)


def _phones(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Telephone numbers of the countries we serve, and international ones."""
    if not _PHONE_LIKE.search(text):
        return
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415  # takes a while to load

    seen: set[tuple[int, int]] = set()
    for region in _REGIONS:
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            if (span := (match.start, match.end)) not in seen:
                seen.add(span)
                yield span, "a telephone number"


def _allowed(words: str, what: str, allowed: tuple[str, ...]) -> bool:
    """Whether this is one of our own values or the customer's public handle."""
    value = squeezed(words)
    if what == "a telephone number":
        return any(_number(value) == _number(ours) for ours in allowed if ours.isdecimal())
    if what in ("a customer's name", "the customer's name"):
        return any(squeezed(words.rsplit(maxsplit=1)[-1]) in ours for ours in allowed)
    return any(value == ours or (len(value) > _LEAST and value in ours) for ours in allowed)


def _number(digits: str) -> str:
    """A telephone number without its country: the last nine digits tell it."""
    return digits.lstrip("0")[-9:]


def _finding(text: str, span: tuple[int, int], what: str) -> Finding:
    en, de = f"is {what}, and this text is public.", f"ist {_IN_GERMAN[what]}, und dieser Text ist öffentlich."
    return found("H9", span, why=both(text[span[0] : span[1]], en, de), hint=_HINT, liftable=False)
