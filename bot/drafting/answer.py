"""A model's answer, believed only as far as it keeps to the agreed form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.draft import Claim
from bot.core.text import visible
from bot.core.why import Why
from bot.errors import DraftingError

if TYPE_CHECKING:
    from collections.abc import Collection

_IN_A_ROW: Final = 7
_TEXT: Final = {"type": "string"}
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "text": _TEXT,
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"fact": _TEXT, "words": _TEXT},
                "required": ["fact", "words"],
                "additionalProperties": False,
            },
        },
        "promises": {"type": "array", "items": _TEXT},
        "refused": {"type": "boolean"},
    },
    "required": ["text", "claims", "promises", "refused"],
    "additionalProperties": False,
}
"""The agreed form, as the provider enforces it; we check it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model wrote, in the agreed form."""

    text: str
    claims: tuple[Claim, ...]
    promises: tuple[str, ...]
    tokens: int


class _Loose(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Part(_Loose):
    type: str
    text: str = ""


class _Output(_Loose):
    type: str
    content: list[_Part] | None = None


class _Usage(_Loose):
    total_tokens: int = 0


class _Envelope(_Loose):
    """The Responses API's wrapping, as far as we read it."""

    status: str
    output: list[_Output]
    usage: _Usage | None = None


class _Claimed(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    fact: str
    words: str


class _Written(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    text: str
    claims: list[_Claimed]
    promises: list[str]
    refused: bool


def answer_in(body: str, facts: Collection[str]) -> Answer:
    """The answer in the provider's body, resting on these fact ids only; raises DraftingError."""
    try:
        envelope = _Envelope.model_validate_json(body)
        written = _Written.model_validate_json(_spoken(envelope))
    except ValidationError:
        raise DraftingError(Why.model_off_form()) from None  # it may hold anything
    text = visible(written.text).strip()
    if written.refused:
        raise DraftingError(Why.model_declined())
    if not text:
        raise DraftingError(Why.model_empty())
    return Answer(
        text=text,
        claims=tuple(_claim(claim, text, facts) for claim in written.claims),
        promises=tuple(promise for promise in written.promises if promise and promise in text),
        tokens=envelope.usage.total_tokens if envelope.usage else 0,
    )


def repeats(text: str, instructions: str) -> bool:
    """Whether the text says seven words of our instructions in a row: then it speaks of its task, not to a customer."""
    told, words = f" {_bare(instructions)} ", _bare(text).split()
    return any(f" {' '.join(words[at : at + _IN_A_ROW])} " in told for at in range(len(words) - _IN_A_ROW + 1))


def _spoken(envelope: _Envelope) -> str:
    if envelope.status != "completed":
        raise DraftingError(Why.model_unfinished())
    parts = [part for said in envelope.output if said.type == "message" for part in said.content or ()]
    if any(part.type == "refusal" for part in parts):
        raise DraftingError(Why.model_declined())
    return "".join(part.text for part in parts if part.type == "output_text")


def _claim(claim: _Claimed, text: str, facts: Collection[str]) -> Claim:
    if claim.fact not in facts:
        raise DraftingError(Why.model_invents_facts())
    if _bare(claim.words) not in _bare(text):
        raise DraftingError(Why.model_misquotes())
    return Claim(fact=claim.fact, words=claim.words)


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
