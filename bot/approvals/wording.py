"""What Slack and the desk say, in German and English: written twice, not translated."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.approvals.why import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHARED = Path(__file__).parent / "words"
LANGUAGES = ("de", "en")
_NOT_OURS_TO_SAY = ("why", "lang", "slack")
"""Tables of the shared file that `in_words` reads, and the one of Slack alone."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language of a surface."""

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


def wording_of_slack(lang: str) -> Wording:
    """What both surfaces say, and Slack alone; English where we do not speak the language."""
    spoken = lang if lang in LANGUAGES else "en"
    written = _written(SHARED, spoken)
    return Wording(spoken, _shared(written) | dict(_flat(written["slack"])))


def wording_of_desk(lang: str, words: Path) -> Wording:
    """What both surfaces say, and the desk alone, whose words lie in this folder."""
    return Wording(lang, _shared(_written(SHARED, lang)) | dict(_flat(_written(words, lang))))


def _shared(written: Mapping[str, Any]) -> dict[str, str]:
    return dict(_flat({name: words for name, words in written.items() if name not in _NOT_OURS_TO_SAY}))


def _written(folder: Path, lang: str) -> Mapping[str, Any]:
    return tomllib.loads((folder / f"{lang}.toml").read_text(encoding="utf-8"))


def _flat(words: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in words.items():
        if isinstance(value, str):
            yield path + name, value
        else:
            yield from _flat(value, f"{path}{name}.")
