"""Where the words of a team lie: their own folder first, then the ones that came with Candor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["prompts", "templates"]
_ROOM = Path(__file__).resolve().parent.parent


def folders_of(kind: Kind, user: Path | None = None) -> tuple[Path, ...]:
    """The folders that may hold words of this kind, the user's first; only those that exist."""
    places = (
        *((user / kind,) if user is not None else ()),
        _ROOM.parent / kind,  # a checkout: beside `bot/`
        _ROOM / "_words" / kind,  # an installed wheel carries them inside
    )
    return tuple(dict.fromkeys(place.resolve() for place in places if place.is_dir()))


def first_of(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of this name in the first folder that has it: one edited file replaces one of ours."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
