"""Who may come in: the right workspace, the right channel, a colleague we know, with the right to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.why import Why

if TYPE_CHECKING:
    from bot.approvals.slack.cards import Cards
    from bot.approvals.slack.knocks import Knock
    from bot.approvals.slack.wire import Wire
    from bot.core.person import People
    from bot.core.why import Told


class Porter:
    """Unknown means no."""

    def __init__(self, wire: Wire, cards: Cards, people: People) -> None:
        self._wire, self._cards, self._people = wire, cards, people

    async def why_not(self, knock: Knock) -> Told | None:
        """Why this person may not decide here; nothing when they may."""
        if knock.team != (await self._wire.who()).team:
            return Why.other_workspace()
        if knock.channel is not None and knock.channel not in await self._cards.rooms():
            return Why.other_channel()
        person = self._people.by_slack(knock.account)
        if person is None:
            return Why.nobodys_account()
        if not person.may_decide:
            return Why.may_only_read(person=person.name)
        return None
