"""Finds figures in a text: amounts of money, times of day, dates, and numbers in digits or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

FigureKind = Literal["money", "time", "date", "number"]

_SMALL_DE = [
    "null",
    ".",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
    "zwanzig",
]
_SMALL_EN = [
    "zero",
    ".",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_OTHERS = {
    "dreissig": 30, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100, "tausend": 1000,
    "dutzend": 12, "hunderte": 100, "tausende": 1000, "anderthalb": "1.5", "zweihundert": 200, "dreihundert": 300, "fünfhundert": 500,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "hundreds": 100, "thousand": 1000,
    "thousands": 1000, "dozen": 12, "dozens": 12, "twice": 2, "thrice": 3, "halbe": "0.5", "half": "0.5",
}  # fmt: skip
_WORDS: dict[str, str] = {
    **{word: str(value) for value, word in enumerate(_SMALL_DE) if word != "."},
    **{word: str(value) for value, word in enumerate(_SMALL_EN) if word != "."},
    **{word: str(value) for word, value in _OTHERS.items()},
}
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)"
_PARTS: dict[str, int] = {
    "ein": 1, "und": 0, "hundert": 100, "tausend": 1000,
    **{word: value for value, word in enumerate(_SMALL_DE) if value > 1},
    **{word: value for word, value in _OTHERS.items() if isinstance(value, int) and word.endswith(("zig", "ßig", "ssig"))},
}  # fmt: skip
_PART = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)), re.IGNORECASE)
_COMPOUND = rf"(?=\w{{7,60}}\b)(?:{_PART.pattern}){{2,12}}"
"""„vierundzwanzig“, „eintausendfünfhundert“."""
_TIMES = {f"{word}mal": value for word, value in _WORDS.items() if word not in ("half", "halbe")}
_UNIT = (
    r"(?:stunden?|minuten?|tag(?:en?|es)?|wochen?|monat(?:en?|s)?|jahr(?:en?|es)?|sekunden?|werktag\w*|arbeitstag\w*|prozent"
    r"|hours?|minutes?|days?|weeks?|months?|years?|seconds?|percent)"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar january jan", "februar february feb", "märz march mar", "april apr", "mai may", "juni june jun", "juli july jul", "august aug",
         "september sept sep", "oktober october okt oct", "november nov", "dezember december dez dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = {
    "montag": "mon", "monday": "mon", "dienstag": "tue", "tuesday": "tue", "mittwoch": "wed", "wednesday": "wed", "donnerstag": "thu",
    "thursday": "thu", "freitag": "fri", "friday": "fri", "samstag": "sat", "sonnabend": "sat", "saturday": "sat", "sonntag": "sun", "sunday": "sun",
    "morgen": "tomorrow", "tomorrow": "tomorrow", "übermorgen": "overmorrow", "gestern": "yesterday", "yesterday": "yesterday", "vorgestern": "ereyesterday",
    "heute noch": "today", "noch heute": "today", "by today": "today", "later today": "today", "bis heute": "today", "heute abend": "tonight", "tonight": "tonight",
    "this evening": "tonight", "heute nachmittag": "this afternoon", "this afternoon": "this afternoon", "nächste woche": "next week", "next week": "next week",
    "nächsten monat": "next month", "next month": "next month", "ende der woche": "end of week", "end of the week": "end of week", "ende des tages": "end of day",
    "end of the day": "end of day", "wochenende": "weekend", "weekend": "weekend",
}  # fmt: skip
_NUM = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_COIN = r"(?:€|\$|£|eur\b|euros?\b|cents?\b|chf\b|franken\b|usd\b|gbp\b|dollars?\b|pounds?\b|pence\b|quid\b)"
_MANY = r"(?:k|tsd\.?|mio\.?|mrd\.?|tausend|hundert|thousand|hundred|million(?:en|s)?)\b"
_IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))

_FIGURE = re.compile(
    r"(?=[\d€$£]|eur|chf|\b\w)(?:"  # inside of a word nothing begins: most places are passed over at once
    rf"(?P<money>(?:€|\$|£|eur|chf)\s?(?P<m1>{_NUM})|(?<![\w.,])(?P<m2>{_NUM}|(?:{_COMPOUND}|{_IN_WORDS}|eine?n?|one)\b)\s?(?P<many>{_MANY})?\s?{_COIN})"
    r"|(?P<time>(?<![\d.,:])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<min>[0-5]\d))?\s?(?P<half>uhr\b|h\b|o.clock\b|[ap]\.?m\b\.?)"
    r"|(?<![\d.,:])(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?![\d:])"
    r"|\b(?P<noon>noon|midday|midnight|mitternacht|heute mittag|morgen mittag)\b)"
    rf"|(?P<date>(?<![\d.])(?P<d1>[0-3]?\d)\.\s?(?:(?P<mo1>[01]?\d)\.(?P<y1>\d{{4}}|\d{{2}})?|(?P<mo2>{_MONTH})\b)"
    rf"|\b(?P<d3>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<mo3>{_MONTH})\b|\b(?P<mo4>{_MONTH}) (?P<d4>[0-3]?\d)(?:st|nd|rd|th)?\b"
    r"|\b(?P<y5>20\d\d)-(?P<mo5>[01]\d)-(?P<d5>[0-3]\d)\b"
    rf"|\b(?:im|in|since|seit|bis|by|ab|from|until|last|letzten|diesen) (?P<mo6>{_MONTH})\b"
    rf"|\b(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})(?:s|'s|’s)?\b)"
    rf"|(?P<one>\b(?:in|innerhalb|binnen|within|after|nach)\s(?:eine[rsmn]?|an?|one)\s(?P<unit>{_UNIT})\b|\bone (?P<unit2>{_UNIT})\b)"
    rf"|(?P<tens>\b{_TENS}\b)|(?P<times>\b(?:{'|'.join(sorted(_TIMES, key=len, reverse=True))})\b)"
    rf"|(?P<number>(?<![\w.,])(?:{_NUM})(?![\w])|\b(?:{_COMPOUND}|{_IN_WORDS})\b))",
    re.IGNORECASE,
)
_NOT_A_DAY = re.compile(
    r"(?:guten|gute|heute|jeden|am|der|diesem|schönen|schönes|nice|great|lovely|good|happy)\s\Z", re.IGNORECASE
)
_BEFORE = 12
"""Characters before a day that tell whether it is a greeting."""
_HALF = re.compile(r"(?:halbe[nrs]?|half) (?:an? )?(?:stunde|jahr|tag|hour|day|year)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with its place; two figures of one value mean the same, however they are written."""

    kind: FigureKind
    value: str
    start: int
    end: int


def figures_in(text: str) -> list[Figure]:
    """Every figure of the text, in order.

    >>> [figure.value for figure in figures_in("Am 3. Mai um 15 Uhr, zwei Tage, 20 Euro")]
    ['05-03', '15:00', '2', '20']
    """
    return list(_read(text))


@lru_cache(maxsize=1024)  # several rules ask about the same sentences, and templates say the same ones again and again
def _read(text: str) -> tuple[Figure, ...]:
    return tuple(figure for match in _FIGURE.finditer(text) if (figure := _figure(match, text)) is not None)


def _figure(match: re.Match[str], text: str) -> Figure | None:
    kind, value = _meaning(match, text)
    return None if value is None else Figure(kind=kind, value=value, start=match.start(), end=match.end())


def _meaning(match: re.Match[str], text: str) -> tuple[FigureKind, str | None]:
    """What kind of figure this is and its value; no value when it only looks like one."""
    parts = match.groupdict()
    if parts["money"]:
        return "money", _number(parts["m1"] or parts["m2"]) + (parts["many"] or "").casefold()
    if parts["time"]:
        return "time", _clock(parts)
    if parts["date"]:
        return "date", _date(parts, text[max(0, match.start() - _BEFORE) : match.start()])
    if parts["one"]:
        return "number", "1"
    if parts["tens"]:
        tens, ones = parts["tens"].casefold().split("-")
        return "number", str(int(_WORDS[tens]) + int(_WORDS.get(ones, "1")))
    if parts["times"]:
        return "number", _TIMES[parts["times"].casefold()]
    word = match.group().casefold()
    if word in ("half", "halbe") and not _HALF.match(text, match.start()):
        return "number", None
    return "number", _number(word)


def _number(words: str) -> str:
    """„1.234,50“ and "1,234.50" alike; words as digits."""
    word = words.casefold()
    if word in ("ein", "eine", "einen", "one"):
        return "1"
    if word in _WORDS:
        return _WORDS[word]
    if word[0].isalpha():
        return str(_counted(word))
    digits = re.sub(r"[ ']", "", word)
    digits = re.sub(r"[.,](?=\d{3}(?:\D|\Z))", "", digits).replace(",", ".")
    try:
        return format(Decimal(digits).normalize(), "f")
    except InvalidOperation:  # "1.2.3": no number, compared as it stands
        return digits


def _counted(word: str) -> int:
    """„eintausendfünfhundert“ is 1500."""
    total = group = 0
    for part in _PART.findall(word):
        if part == "tausend":
            total, group = total + (group or 1) * 1000, 0
        elif part == "hundert":
            group = (group or 1) * 100
        else:
            group += _PARTS[part]
    return total + group


def _clock(parts: dict[str, str | None]) -> str:
    """„15 Uhr“ and "3 pm" alike."""
    if parts["noon"]:
        return "00:00" if parts["noon"].casefold() in ("midnight", "mitternacht") else "12:00"
    hour, minute = int(parts["h"] or parts["h2"] or 0), parts["min"] or parts["min2"] or "00"
    half = (parts["half"] or "").casefold()
    if half.startswith("p") and hour < 12:  # noqa: PLR2004
        hour += 12
    elif half.startswith("a") and hour == 12:  # noqa: PLR2004
        hour = 0
    return f"{hour:02}:{minute}"


def _date(parts: dict[str, str | None], before: str) -> str | None:
    """„3. Mai“, "3.5.", "May 3rd" alike; days by their name."""
    if parts["day"]:
        day = " ".join(parts["day"].casefold().split())
        return None if day in ("morgen", "wochenende", "weekend") and _NOT_A_DAY.search(before) else _DAYS[day]
    day_number = parts["d1"] or parts["d3"] or parts["d4"] or parts["d5"] or ""
    month = parts["mo1"] or parts["mo2"] or parts["mo3"] or parts["mo4"] or parts["mo5"] or parts["mo6"] or ""
    number = _MONTHS.get(month.casefold()) or int(month)
    return f"{number:02}-{int(day_number):02}" if day_number else f"{number:02}"
