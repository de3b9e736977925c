"""A thing in the form a sentence needs: „Ihr Paket“, „mit deiner Bestellung“, "the app"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.drafting.lexicon import Thing, Voice

_THE = {"m": ("der", "den", "dem"), "f": ("die", "die", "der"), "n": ("das", "das", "dem"), "p": ("die", "die", "den")}
_YOUR = {"m": ("", "en", "em"), "f": ("e", "e", "er"), "n": ("", "", "em"), "p": ("e", "e", "en")}
_STEM = {"Sie": "Ihr", "du": "dein"}
_CASES = ("nom", "acc", "dat")
_CONTRACTED = {"zu dem ": "zum ", "zu der ": "zur ", "bei dem ": "beim ", "in dem ": "im ", "an dem ": "am "}


def cases_of(noun: str, thing: Thing, voice: Voice, *, theirs: bool) -> Mapping[str, str]:
    """Nominative, accusative and dative, with the possessive in front when it is the customer's, else the article.

    Nouns stand in the table in the nominative; only the German dative plural changes the noun itself.
    """
    if voice == "you":
        return dict.fromkeys(_CASES, f"{'your' if theirs else 'the'} {noun}")
    ahead = _THE[thing.gender] if not theirs else [_STEM[voice] + end for end in _YOUR[thing.gender]]
    nouns = (noun, noun, _dative_plural(noun) if thing.gender == "p" else noun)
    return {case: f"{first} {second}" for case, first, second in zip(_CASES, ahead, nouns, strict=True)}


def filled(phrase: str, cases: Mapping[str, str]) -> str:
    """The phrase with the thing in it, contracted as people speak: „zum Termin“."""
    for case, words in cases.items():
        phrase = phrase.replace(f"{{{case}}}", words)
    for long, short in _CONTRACTED.items():
        phrase = phrase.replace(long, short)
    return phrase


def _dative_plural(noun: str) -> str:
    return noun if noun.endswith(("n", "s")) else f"{noun}n"
