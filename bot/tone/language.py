"""Which language a post is written in: German, English, or a third one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.tone.lexicon import LANGUAGES, lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from py3langid.langid import LanguageIdentifier

_NO_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|(?<![\w.+-])[\w.+-]{1,64}@\S+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_READ = 400
"""Characters that tell a language well enough."""
_FEW = 3
"""Below this number of words a language is a guess."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_THIRD = 0.55
"""Share of a third language, among all that the identifier knows, above which we believe it."""
_HARDLY = 0.2
"""Share of our common words that a post in a third language may hold."""
_PLAIN, _PLAIN_SHARE = 4, 0.35
"""So many common words of one language, and none of the other, need no second opinion."""
_SURE = 0.3
"""Weight below which even the best configured language is a guess."""
_CLOSE = frozenset({"pcm", "sco", "lb", "nds", "gsw", "bar"})
"""Sisters of English and German, which short posts only seem to be."""
_PER_COMMON_WORD = 0.12
"""How much one common word of a configured language speaks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The language, and whether enough words told it."""

    lang: str
    sure: bool


def language_of(text: str, languages: Sequence[str]) -> Heard:
    """The language of a post: one of the configured ones, or a third one when that is plain; `und` when nothing tells."""
    plain = _NO_LANGUAGE.sub(" ", text[:_READ])
    words = [word.casefold().replace("’", "'") for word in _LETTERS.findall(plain)]
    if not words:
        return Heard(lang="und", sure=False)
    known = {lang: sum(word in _own_words(lang) for word in words) for lang in languages if lang in LANGUAGES}
    if len(words) < _FEW:
        return Heard(lang=_only_one(known), sure=False)
    plainly = [lang for lang, count in known.items() if count >= max(_PLAIN, len(words) * _PLAIN_SHARE)]
    if len(plainly) == 1 and sum(known.values()) == known[plainly[0]]:
        return Heard(lang=plainly[0], sure=True)
    return _weighed(plain, len(words), known, languages)


def _weighed(plain: str, words: int, known: dict[str, int], languages: Sequence[str]) -> Heard:
    """Identifier and common words together; a third language only where hardly a common word is ours."""
    shares = {lang: share for lang, share in _identifier().rank(plain) if lang not in _CLOSE}
    third, share = max(shares.items(), key=lambda pair: pair[1])
    if third not in languages and len(_LATIN.findall(plain)) * 2 < len(plain) - plain.count(" "):
        return Heard(lang=third, sure=True)
    if third not in languages and share >= _THIRD and max(known.values(), default=0) <= words * _HARDLY:
        return Heard(lang=third, sure=True)
    ours = {lang: shares.get(lang, 0.0) + _PER_COMMON_WORD * known.get(lang, 0) for lang in languages}
    best = max(ours, key=lambda lang: ours[lang], default="und")
    return Heard(lang=best, sure=ours.get(best, 0.0) >= _SURE)


@cache
def _own_words(lang: str) -> frozenset[str]:
    """Words that are common in this language and not in the other."""
    return lexicon(lang).common.difference(*(lexicon(other).common for other in LANGUAGES if other != lang))


def _only_one(known: dict[str, int]) -> str:
    """For one or two words: the language that alone knows them."""
    knowing = [lang for lang, count in known.items() if count]
    return knowing[0] if len(knowing) == 1 else "und"


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded when the first post is judged: it takes a moment and some megabytes."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
