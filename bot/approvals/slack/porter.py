"""Who may come in: the right workspace, the right channel, a colleague we know, with the right to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.approvals.slack.cards import Cards
    from bot.approvals.slack.knocks import Knock
    from bot.approvals.slack.wire import Wire
    from bot.core.person import People


class Porter:
    """Unknown means no."""

    def __init__(self, wire: Wire, cards: Cards, people: People) -> None:
        self._wire, self._cards, self._people = wire, cards, people

    async def why_not(self, knock: Knock) -> str | None:
        """Why this person may not decide here; nothing when they may."""
        if knock.team != (await self._wire.who()).team:
            return "You are in another workspace than this bot; nothing was decided."
        if knock.channel is not None and knock.channel not in await self._cards.rooms():
            return "Decisions are not taken in this channel; nothing was decided."
        person = self._people.by_slack(knock.account)
        if person is None:
            return "Your Slack account belongs to nobody in candor.toml: you may read here, not decide."
        if not person.may_decide:
            return f"{person.name}, you may read here, not decide: candor.toml does not list you as an approver."
        return None
