"""Reads the word lists of the judge: named groups of words and phrases that a team can read and extend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import bot.tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.judge.reading import Reading

HERE, ROOM = Path(__file__).parent, Path(bot.tone.__file__).parent
Side = Literal["against", "for", "need", "neither"]
LANGUAGES = ("de", "en")
_SHORTEST = 3
"""Letters that the beginning or end of a word must have to stand for it."""
_AHEAD, _BEHIND, _BEHIND_NEED = 4, 2, 6
"""How many words a „nicht“ reaches: what follows it, what precedes it, and verbs that precede it."""
_REMEMBERED = 100_000
"""Words whose group is remembered: a bound on memory."""
_PICTURES: tuple[tuple[str, Side], ...] = (("positive", "for"), ("negative", "against"), ("angry", "against"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Words that say the same about us."""

    name: str
    side: Side
    """What they say before anything was learnt; words of `need` weigh only when they are denied."""
    number: int


_NONE: dict[str, Group] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A word or phrase of a group in a post."""

    group: Group
    start: int
    """Its first token."""
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one language."""

    groups: tuple[Group, ...]
    words: dict[str, Group]
    beginnings: dict[str, Group]
    endings: dict[str, Group]
    phrases: dict[tuple[str, ...], dict[str, Group]]
    """By their first two words, the longest first."""
    common: frozenset[str]
    negators: frozenset[str]
    not_negating: frozenset[str]
    but: frozenset[str]
    _known: dict[str, Group | None] = field(default_factory=dict)
    """What was looked up before: customers repeat their words."""

    def finds(self, reading: Reading) -> Iterator[Find]:
        """Phrases first, the longest first; then single words; each with whether it is denied."""
        tokens = reading.tokens
        deniers = [
            place for place, token in enumerate(tokens) if self.denies(token) and not self._only_seems(tokens, place)
        ]
        place = 0
        while place < len(tokens):
            length, group = self._at(tokens, place)
            if group is not None:
                yield Find(group=group, start=place, denied=_reached(deniers, reading, place, length, group))
            place += length

    def denies(self, token: str) -> bool:
        """Whether this word turns a meaning round."""
        return token in self.negators or token.endswith("n't")

    def group_of(self, word: str) -> Group | None:
        """The group of a word, by its whole form, its beginning or its end."""
        if word not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = self._look_up(word) or self._look_up(_with_umlauts(word))
        return self._known[word]

    def _at(self, tokens: tuple[str, ...], place: int) -> tuple[int, Group | None]:
        for phrase, group in self.phrases.get(tokens[place : place + 2], _NONE).items():
            length = phrase.count(" ") + 1
            if " ".join(tokens[place : place + length]) == phrase:
                return length, group
        return 1, self.group_of(tokens[place])

    def _look_up(self, word: str) -> Group | None:
        if (group := self.words.get(word)) is not None:
            return group
        for length in range(len(word), _SHORTEST - 1, -1):
            if (group := self.beginnings.get(word[:length]) or self.endings.get(word[-length:])) is not None:
                return group
        return None

    def _only_seems(self, tokens: tuple[str, ...], place: int) -> bool:
        """Whether a „nicht“ denies nothing here: „nicht nur“, "no doubt"."""
        around = (tokens[max(0, place - 1) : place + 1], tokens[place : place + 2], tokens[place : place + 3])
        return any(" ".join(some) in self.not_negating for some in around)


def _reached(deniers: Sequence[int], reading: Reading, place: int, length: int, group: Group) -> bool:
    """Whether a „nicht“ means these words: near before them, or a little behind them, in the same clause."""
    if not deniers:
        return False
    clause, end = reading.clauses[place], place + length
    behind = _BEHIND_NEED if group.side == "need" else _BEHIND
    return any(
        reading.clauses[denier] == clause and (place - _AHEAD <= denier < place or end <= denier < end + behind)
        for denier in deniers
    )


@cache
def lexicon(lang: str) -> Lexicon:
    """The word list of `de` or `en`, read once."""
    pictures = tables("emoji.toml")
    faces = [{"name": name, "side": side, "words": pictures[name]} for name, side in _PICTURES]
    return built([*faces, *tables(f"words_{lang}.toml")["group"]], tables("little_words.toml")[lang])


def built(written: Sequence[dict[str, Any]], little: dict[str, Any]) -> Lexicon:
    """A lexicon from its tables; what stands in two groups belongs to the first."""
    words: dict[str, Group] = {}
    phrases: dict[tuple[str, ...], dict[str, Group]] = {}
    groups = tuple(Group(name=one["name"], side=one["side"], number=number) for number, one in enumerate(written))
    for group, table in zip(reversed(groups), reversed(written), strict=True):
        words |= dict.fromkeys(table.get("words", "").split(), group)
        for phrase in (" ".join(each.split()) for each in table.get("phrases", "").split(",")):
            if phrase:
                phrases.setdefault(tuple(phrase.split()[:2]), {})[phrase] = group
    whole = {word: group for word, group in words.items() if "*" not in (word[0], word[-1]) or word.endswith("**")}
    starred = {word: group for word, group in words.items() if word not in whole}
    return Lexicon(
        groups=groups,
        words=whole,
        beginnings={word[:-1]: group for word, group in starred.items() if word.endswith("*")},
        endings={word[1:]: group for word, group in starred.items() if word.startswith("*")},
        phrases={first: _longest_first(some) for first, some in phrases.items()},
        common=frozenset(little["common"].split()),
        negators=frozenset(little["negators"].split()),
        but=frozenset(little["but"].split()),
        not_negating=frozenset(little["not_negating"]),
    )


def tables(name: str) -> dict[str, Any]:
    """A word file: of the next judge, or one that it shares with the present one."""
    file = HERE / name
    return tomllib.loads((file if file.exists() else ROOM / name).read_text("utf-8"))


def _longest_first(phrases: dict[str, Group]) -> dict[str, Group]:
    return dict(sorted(phrases.items(), key=lambda pair: -pair[0].count(" ")))


def _with_umlauts(word: str) -> str:
    """The word as it is spelled on a keyboard that has them."""
    return word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü").replace("ß", "ss")
