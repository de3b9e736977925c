"""What a person decided about one version of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.core.person import Person

Surface = Literal["slack", "desk", "command"]
DeclineKind = Literal["wrong_facts", "wrong_tone", "too_vague", "not_ours", "other"]
LeaveKind = Literal["spam", "praise", "settled_elsewhere", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Click:
    """One person's answer to exactly one version."""

    question: int
    version: int
    by: Person
    surface: Surface
    shown: str = ""
    """The commitment of the text the person saw, where the surface can carry it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(_Click):
    """Publish these words."""

    reason: str = ""
    """Why, where findings are lifted or the second person is replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten(_Click):
    """Publish what I typed instead."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(_Click):
    """Not these words; the customer still waits."""

    kind: DeclineKind
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAlone(_Click):
    """This question gets no reply, on purpose."""

    kind: LeaveKind
    reason: str = ""


Decision = Approved | Rewritten | Declined | LeftAlone
