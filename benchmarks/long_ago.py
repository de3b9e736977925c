"""A house that has been at work for a while: thousands of questions open, each with its card in Slack."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from benchmarks import mentions
from benchmarks.house import candor
from benchmarks.watched import run
from bot.core.card import StaleCard
from bot.history.store import History

if TYPE_CHECKING:
    from pathlib import Path

CHANNEL = "C0CANDOR"


def open_questions(folder: Path, database: Path, count: int) -> None:
    """Replay that many questions, and write down that their cards hang: hanging them takes Slack over a second each."""
    if not count:
        return
    rows = {(row["author_id"], row["thread"]): row for row in mentions.flood(2 * count)}
    mentions.write(folder / "before.jsonl", list(rows.values())[:count])
    run(candor("replay", "before.jsonl"), folder)
    history = History(f"sqlite:///{database}", clock=lambda: datetime.now(UTC))
    with history.together() as table:
        for _, number in table.open_numbers(after=None, limit=count, channel=None, standing=None):
            card = StaleCard(question=number, changed=0, place=None, begun=False)
            table.keep_card(card, "slack", f"{CHANNEL}/1.{number:06}", drawn=1)
    history.close()
