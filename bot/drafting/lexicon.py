"""The things and troubles a team knows by name, read from its own small table."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.drafting.spotting import words_of
from bot.drafting.wordings import text_of
from bot.errors import WordsError

if TYPE_CHECKING:
    from pathlib import Path

Voice = Literal["Sie", "du", "you"]


def _with_a_word(phrase: str) -> str:
    """An empty phrase cannot be looked for, and a lone hyphen would be found everywhere."""
    if not phrase.strip() or not all(map(words_of, phrase.split())):
        raise ValueError("a phrase is made of words, each with a letter or a digit")
    return phrase


Phrase = Annotated[str, AfterValidator(_with_a_word)]
"""Words to be found in a post; `-torte` is any word's end, `verspät-` any word's beginning."""
Heard = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Thing(_Strict):
    """A noun that customers name, with what the grammar needs to say it back."""

    gender: Literal["m", "f", "n", "p"] = "n"
    """German der, die, das, or a plural; English needs `p` only."""
    whose: Literal["your", "the"] = "your"
    """`your`: said as theirs where the customer says „mein“. `the`: it is ours, whatever they say."""
    kind: str
    heard: Heard


class Trouble(_Strict):
    """What went wrong, as the clause that follows "that" or „dass“."""

    fits: tuple[str, ...] = ()
    """Kinds of things it may happen to; none means that the clause names no thing."""
    mine: bool = False
    """Said of the customer only where they speak of themselves: „man hat mich angebrüllt“, never „er wurde angebrüllt“."""
    heard: Heard
    one: str = ""
    many: str = ""
    Sie: str = ""
    du: str = ""
    you: str = ""


class Phrases(_Strict):
    """The small turns of phrase around a thing: `{nom}`, `{acc}` and `{dat}` are its cases."""

    there: str
    there_else: str
    on: str


class Lexicon(_Strict):
    """Everything one language can echo."""

    things: dict[str, Thing]
    troubles: tuple[Trouble, ...]
    shown: dict[str, str]
    """What a customer attached, in the accusative, by the house's word for its kind."""
    phrases: Phrases
    plain: str
    """What is said of trouble that has no name in the table: it happened, and no more."""
    negations: tuple[Phrase, ...]


def lexicon_from(path: Path) -> Lexicon:
    """The table in this file; raises WordsError with file, place and mend."""
    try:
        return Lexicon.model_validate(tomllib.loads(text_of(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WordsError(f"{path}: {error}; mend the line") from error
    except ValidationError as error:
        raise WordsError(f"{path}: {faults_in(error)}") from error


def faults_in(error: ValidationError) -> str:
    """Every fault of a file's contents in one line, without the contents."""
    return "; ".join(
        f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}"
        for fault in error.errors(include_input=False)[:5]
    )
