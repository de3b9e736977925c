"""Where a question stands, told from its rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.question import Standing

_AFTER_OUTCOME: dict[str | None, Standing] = {
    None: "sending",
    "sent": "published",
    "there": "published",
    "not_sent": "held",
    "needs_login": "held",
    "not_there": "sending",
    "unknown": "unknown",
    "refused": "failed",
    "withdrawn": "preparing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What the journey says about one question, as far as its standing depends on it."""

    newest: int
    """The newest mention."""
    ended: str | None = None
    """How it ended, when its ending covers the newest mention."""
    set_aside: bool = False
    drafted: bool = False
    covers: int = 0
    wordless: bool = False
    declined_or_stale: bool = False
    """A newer draft was asked for than the one on the table."""
    decision: str | None = None
    begun: bool = False
    outcome: str | None = None
    held: bool = False
    """The decided reply waits for its time to be tried (again)."""
    signatures: int = 0


def standing_of(track: Track) -> Standing:
    """One word for where a question stands; endings first, then trouble, then what people wait for."""
    if track.ended:
        return "published" if track.ended == "published" else "left_alone"
    behind = not track.drafted or track.covers < track.newest or track.declined_or_stale
    # What was refused matters until somebody says more.
    over = ("sent", "there", "refused") if behind else ("sent", "there")
    # What was taken back because the customer wrote again, and could then not be drafted, waits for a person.
    given_up = track.set_aside and track.outcome == "withdrawn"
    if track.decision in ("approved", "rewritten") and track.outcome not in over and not given_up:
        return _on_its_way(track)
    if track.set_aside:
        return "needs_words"
    if behind:
        return "preparing"
    if track.wordless or track.decision is not None:
        return "needs_words"
    return "half_signed" if track.signatures else "asked"


def _on_its_way(track: Track) -> Standing:
    if not track.begun:
        return "held" if track.held else "sending"
    return _AFTER_OUTCOME[track.outcome]
