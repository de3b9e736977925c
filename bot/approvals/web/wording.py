"""The desk's own words in German and English: written twice, not translated; chosen by the browser or by hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.approvals.why import in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

WORDS = Path(__file__).parent / "words"
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """One language of the desk."""

    lang: str
    words: Mapping[str, str]

    def say(self, key: str, /, **values: object) -> str:
        """The words of this name, with values set in as they are; raises KeyError for a name that nobody wrote."""
        return self.words[key].format(**values)

    def why(self, line: str) -> str:
        """One of the house's own sentences in this language; what it did not write itself stays as it is."""
        return in_words(line, self.lang)

    def number(self, n: int) -> str:
        """A count as this language writes it."""
        return f"{n:,}".replace(",", self.words["thousands"])

    def count(self, key: str, n: int) -> str:
        """The words for one, or for many, with their number."""
        return self.say(f"{key}.{'one' if n == 1 else 'many'}", n=self.number(n))

    def one_of(self, group: str, name: str) -> str:
        """The words for one name of a closed list; a name we have no words for is shown as it is."""
        return self.words.get(f"{group}.{name}", name)


def wordings() -> dict[str, Wording]:
    """Every language that has a file, by its ISO 639-1 code."""
    read = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(WORDS.glob("*.toml"))}
    return {lang: Wording(lang, dict(_flat(words))) for lang, words in read.items()}


def preferred(accept_language: str, offered: Collection[str]) -> str:
    """The language of the header (RFC 9110, 12.5.4) that we speak; English when there is none."""
    wishes: list[tuple[float, str]] = []
    for wish in accept_language.split(","):
        tag, _, quality = wish.partition(";q=")
        lang = tag.strip().partition("-")[0].casefold()
        if lang in offered:
            wishes.append((_quality(quality), lang))
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, DEFAULT))
    return best[1] if best[0] > 0 else DEFAULT


def _quality(given: str) -> float:
    try:
        return float(given or 1)
    except ValueError:
        return 0.0


def _flat(words: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in words.items():
        if isinstance(value, str):
            yield path + name, value
        else:
            yield from _flat(value, f"{path}{name}.")
