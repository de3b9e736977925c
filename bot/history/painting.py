"""Painting: which cards no longer show what is true, and where each card hangs."""

from __future__ import annotations

from bot.core.card import StaleCard
from bot.history.words import Table, stamp


class Painting(Table):
    """Rows about cards; `stale_cards` is the painter's work list."""

    def repaint(self, question: int, *, first: bool = False) -> None:
        """This question's card no longer shows what is true; decided and troubled ones are drawn first, then by due time."""
        rank = "0" if first else "1"
        self.db.execute(
            "insert into stale_cards (question, changed, rank) "
            "values (?, 1, ? || coalesce((select due_at from waiting where question = ?), '')) "
            "on conflict (question) do update set changed = changed + 1, rank = min(rank, excluded.rank)",
            [question, rank, question],
        )

    def hang_missing_cards(self, surface: str) -> None:
        """Put every open question on the list that has no card on this surface yet."""
        self.db.execute(
            "insert or ignore into stale_cards (question, changed, rank) select question, 1, '1' || due_at from waiting "
            "where not exists (select 1 from cards where cards.question = waiting.question and cards.surface = ? and place is not null)",
            [surface],
        )

    def next_stale(self) -> StaleCard | None:
        """The card to draw next."""
        row = self.one("select question, changed from stale_cards order by rank limit 1")
        if row is None:
            return None
        card = self.one("select place from cards where question = ? order by number desc limit 1", row["question"])
        place = self.place_of(row["question"])
        begun = card is not None and place is None
        return StaleCard(question=row["question"], changed=row["changed"], place=place, begun=begun)

    def fresh_card(self) -> bool:
        """Whether a card is to be drawn that was not put off."""
        return self.one("select 1 as fresh from stale_cards where rank < '2' limit 1") is not None

    def place_of(self, question: int) -> str | None:
        """Where a question's card hangs now."""
        row = self.one(
            "select place from cards where question = ? and place is not null order by number desc limit 1", question
        )
        return str(row["place"]) if row else None

    def question_at(self, place: str) -> int | None:
        """Whose card hangs there."""
        row = self.one("select question from cards where place = ? order by number desc limit 1", place)
        return int(row["question"]) if row else None

    def begin_card(self, question: int, surface: str) -> None:
        """Keep that a card is about to be hung, before the call."""
        self.insert(
            "cards", {"question": question, "surface": surface, "place": None, "drawn": 0, "at": stamp(self.now)}
        )

    def keep_card(self, stale: StaleCard, surface: str, place: str, drawn: int) -> None:
        """Keep where the card hangs and which version it shows; it leaves the list unless it changed meanwhile."""
        self.insert(
            "cards",
            {"question": stale.question, "surface": surface, "place": place, "drawn": drawn, "at": stamp(self.now)},
        )
        self.drop_stale(stale)

    def drop_stale(self, stale: StaleCard) -> None:
        """Take a card off the list, unless it changed meanwhile."""
        self.db.execute("delete from stale_cards where question = ? and changed = ?", [stale.question, stale.changed])

    def put_off(self, stale: StaleCard) -> None:
        """Draw this card after all others: it could not be drawn now."""
        self.db.execute("update stale_cards set rank = '2' || ? where question = ?", [stamp(self.now), stale.question])
