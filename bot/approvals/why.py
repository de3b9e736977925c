"""What Candor says by itself, in the language of whoever reads it: the same words in Slack and on the desk."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.languages import language_name
from bot.core.why import Told

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = Path(__file__).parent / "words"
_ENDS = (".", "!", "?", "…")


def in_words(line: str, lang: str) -> str:
    """A line for people who read this language; what is not our own sentence, and what nobody put into it, stays as it is.

    English needs no words of its own: a line is English, and is only made a whole sentence.
    """
    if not isinstance(line, Told):
        return line
    words = _words(lang)
    return _said(line, words) if "why" in words else _sentence(line)


def language_in(code: str, lang: str) -> str:
    """The name of the language with this ISO 639-1 code, as people who read `lang` call it."""
    names = _words(lang).get("lang")
    return _named(code, names) if names else language_name(code)


def _said(told: Told, words: Mapping[str, Any]) -> str:
    return str(words["why"][told.why.name]).format(**{name: _value(name, v, words) for name, v in told.about.items()})


def _value(name: str, value: object, words: Mapping[str, Any]) -> object:
    """What a sentence speaks of, as people read it."""
    match name, value:
        case _, Told():
            return _said(value, words)
        case "lang", str():
            return _named(value, words["lang"])
        case "channel", str():
            return value[:1].upper() + value[1:]
        case _, tuple():
            return str(words["and"]).join(value)
        case _:
            return value


def _named(code: str, names: Mapping[str, str]) -> str:
    return names.get(code) or names["other"].format(code=code)


def _sentence(line: str) -> str:
    whole = line[:1].upper() + line[1:]
    return whole if whole.endswith(_ENDS) else f"{whole}."


@cache
def _words(lang: str) -> Mapping[str, Any]:
    path = WORDS / f"{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
