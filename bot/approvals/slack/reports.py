"""What Slack's room reports of itself: whether cards appear, and whether clicks arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.approvals.slack.outcomes import Gone
from bot.core.why import Told, Why
from bot.errors import NeedsLogin

if TYPE_CHECKING:
    from bot.core.health import Health
    from bot.errors import ChannelError

ROOM: Final = "slack"
_LINE_IS_DOWN = frozenset({Why.slack_away, Why.slack_silent, Why.slack_broken})


class Reports:
    """Tells one lost answer, which happens every day, from a Slack that is not there."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._lost = 0
        """Cards to which Slack gave no answer since one last appeared."""

    def card_appeared(self) -> None:
        """A card shows what is true."""
        self._lost = 0
        self._health.well(ROOM, "cards")

    def card_failed(self, error: ChannelError) -> None:
        """It does not; a rest that Slack wants, or one card that it refuses, keeps no other away."""
        line_is_down = isinstance(error.why, Told) and error.why.why in _LINE_IS_DOWN
        self._lost += line_is_down
        if (line_is_down and self._lost > 1) or isinstance(error, NeedsLogin | Gone):
            self._health.ill(ROOM, "cards", error.why)

    def clicks_arrive(self) -> None:
        """A line is open."""
        self._health.well(ROOM, "clicks")

    def no_click_arrives(self, why: str | None = None) -> None:
        """No line is open; `why`, where Slack said so."""
        self._health.ill(ROOM, "clicks", why or Why.slack_away(said=Why.no_connection()))
