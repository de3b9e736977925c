"""What the desk's forms may carry, and nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

from fastapi import Form, Path, Query

from bot.core.decision import DeclineKind, LeaveKind
from bot.core.fact import Fault
from bot.core.tone import Polarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi.params import Depends

    Rules = Sequence[Depends]

_ROW = 2**63 - 1
"""The highest number a row can have."""

Number = Annotated[int, Path(ge=1, le=_ROW)]
Before = Annotated[int | None, Query(ge=1, le=_ROW)]
Version = Annotated[int, Form(ge=0, le=_ROW)]
Attempt = Annotated[int | None, Form(ge=1, le=_ROW)]
"""The try in doubt that the page spoke of."""
Typed = Annotated[str, Form()]
Reason = Annotated[str, Form(max_length=2_000)]
Decline = Annotated[DeclineKind, Form()]
Leave = Annotated[LeaveKind, Form()]
Whose = Annotated[Fault, Form()]
Sounds = Annotated[Polarity, Form()]
Back = Annotated[str, Form(pattern=r"^/(q/\d{1,19})?$")]
"""Only pages of our own: nobody is sent elsewhere."""
Cursor = Annotated[str | None, Query(max_length=200)]
Choice = Annotated[str, Query(max_length=40)]


def as_typed(text: str) -> str:
    """The words as the person sees them: browsers send line ends in two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def digest(text: str) -> str:
    """A short name of exactly these words: it ties a reason to the findings that were shown."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
