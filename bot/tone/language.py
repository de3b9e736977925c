"""Which language a post is written in: German, English, or a third one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.tone.letters import folded, letters
from bot.tone.lexicon import LANGUAGES, lexicon, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|(?<![\w.+-])[\w.+-]{1,64}@\S+")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_READ, _SPELLED = 400, 120
"""Characters whose words, and whose letters, tell a language well enough."""
_FEW = 3
"""Below this number of words a language is a guess."""
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\uffdc]")
_SCRIPTS = {
    lang: re.compile(letter)
    for lang, letter in {
        "el": r"[\u0370-\u03ff\u1f00-\u1fff]", "he": r"[\u0590-\u05ff]", "hy": r"[\u0530-\u058f]", "ka": r"[\u10a0-\u10ff]",
        "hi": r"[\u0900-\u097f]", "bn": r"[\u0980-\u09ff]", "ta": r"[\u0b80-\u0bff]", "th": r"[\u0e00-\u0e7f]",
        "ko": r"[\u1100-\u11ff\uac00-\ud7a3]", "ja": r"[\u3040-\u30ff]", "zh": r"[\u4e00-\u9fff]",
    }.items()
}  # fmt: skip
"""Scripts that one language of our customers has to itself; Japanese stands before Chinese, whose signs it shares."""
_THIRD = 9.0
"""So many times likelier than ours must all other languages be together, before a third one is named."""
_PER_COMMON_WORD = 2.0
"""So many times likelier does each common word make its language."""
_PLAIN, _PLAIN_SHARE = 4, 0.25
"""So many common words of one language, and none of the other, need no second opinion."""
_SURE, _GUESS, _PLAINLY_THIRD = 0.6, 0.2, 0.6
"""Share from which a language is sure, from which it is worth a guess, and from which one or two words are of a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The language, and whether enough words told it."""

    lang: str
    sure: bool


def language_of(text: str, languages: Sequence[str]) -> Heard:
    """The language of a post: one of the configured ones, or a third one when that is plain; `und` when nothing tells."""
    words = _WORDS.findall(folded(_NO_LANGUAGE.sub(" ", text[:_READ])))
    if not words:
        return Heard(lang="und", sure=False)
    if (foreign := _by_script(words)) is not None:
        return foreign
    known = {lang: len([word for word in words if word in _own_words(lang)]) for lang in languages if lang in LANGUAGES}
    plainly = [lang for lang, count in known.items() if count >= max(_PLAIN, len(words) * _PLAIN_SHARE)]
    if len(plainly) == 1 and sum(known.values()) == known[plainly[0]]:
        return Heard(lang=plainly[0], sure=True)
    return _weighed(words, known, languages)


def _by_script(words: list[str]) -> Heard | None:
    """The language of a post whose letters are mostly of another script; nothing when they are Latin."""
    together = "".join(words)
    if together.isascii() or len(others := _OTHER_SCRIPT.findall(together)) * 2 < len(together):
        return None
    signs = "".join(others)
    enough = len(words) >= _FEW or len(signs) >= _FEW * 3
    for lang, letter in _SCRIPTS.items():
        if len(letter.findall(signs)) * 4 > len(signs):
            return Heard(lang=lang, sure=enough)
    shares = letters().shares(" ".join(words)[:_SPELLED])
    return Heard(lang=max(shares, key=lambda lang: shares[lang]), sure=enough)


def _weighed(words: list[str], known: dict[str, int], languages: Sequence[str]) -> Heard:
    """Letters and common words together."""
    shares = letters().shares(" ".join(words)[:_SPELLED])
    ours = {lang: shares.pop(lang, 0.0) * _PER_COMMON_WORD ** known.get(lang, 0) for lang in languages}
    third = max(shares, key=lambda lang: shares[lang])
    best = max(ours, key=lambda lang: ours[lang], default=third)
    others, few = sum(shares.values()), len(words) < _FEW
    if others >= ours.get(best, 0.0) * _THIRD and (not few or shares[third] >= _PLAINLY_THIRD):
        return Heard(lang=third, sure=not few)
    share = ours.get(best, 0.0) / (sum(ours.values()) + others)
    return Heard(lang=best if share >= _GUESS or not few else "und", sure=share >= _SURE and not few)


@cache
def _own_words(lang: str) -> frozenset[str]:
    """Words that are common in this language, and neither in the other nor in the neighbours'."""
    others = (lexicon(other).common for other in LANGUAGES if other != lang)
    return lexicon(lang).common.difference(*others, tables("little_words.toml")[lang]["elsewhere"].split())
