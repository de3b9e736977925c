"""Customers' posts of many trades, and the page of drafts that was read aloud; `python -m tests.drafting.posts` approves it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.tone import Tone
from bot.drafting.template import TemplateDrafter
from bot.errors import DraftingError
from tests.drafting.briefs import TEMPLATES, a_brief, a_post

if TYPE_CHECKING:
    from bot.core.draft import Brief
    from bot.core.tone import Arousal

PAGE = Path(__file__).parent.parent / "rendered" / "posts.txt"
SITUATIONS = {
    "c": "complaint_calm_open",
    "h": "complaint_heated_open",
    "q": "question",
    "w": "praise",
    "n": "neutral",
    "s": "safety",
    "l": "legal",
    "r": "press",
}
HARM = "chs"
"""Kinds of posts in which something went wrong for somebody."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """What one customer wrote."""

    number: int
    kind: str
    address: str
    trade: str
    text: str

    @property
    def lang(self) -> str:
        """De or en."""
        return "en" if self.address == "en" else "de"

    def heard_as(self, kind: str) -> Brief:
        """The brief when a judge hears this kind in the post."""
        changed: dict[str, Any] = {"address": "neutral" if self.lang == "en" else self.address}
        heat: Arousal = "heated" if kind == "h" else "calm"
        return a_brief(
            post=a_post(self.text, author="", id=f"-100/{self.number}"),
            tone=Tone(lang=self.lang, polarity="negative" if kind in HARM else "neutral", confidence=0.6, arousal=heat),
            situation=SITUATIONS[kind],
            **changed,
        )


def posts() -> list[Post]:
    """All of them, in order."""
    path = Path(__file__).with_name("posts.txt")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parted = (line.split("|", 3) for line in lines)
    return [
        Post(number=number, kind=kind, address=address, trade=trade, text=text)
        for number, (kind, address, trade, text) in enumerate(parted, start=1)
    ]


async def drafted(drafter: TemplateDrafter, brief: Brief) -> str:
    """The words, with the template's name; or why a person must write."""
    try:
        words = await drafter.draft(brief)
    except DraftingError as why:
        return f"({why})"
    return f"{words.template}: {words.text}"


async def page() -> str:
    """Every post with its draft, for reading aloud."""
    drafter = TemplateDrafter(TEMPLATES)
    told = [f"{post.trade}: {post.text}\n    {await drafted(drafter, post.heard_as(post.kind))}\n" for post in posts()]
    return "\n".join(told)


if __name__ == "__main__":
    PAGE.write_text(asyncio.run(page()), encoding="utf-8")
