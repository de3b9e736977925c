"""Every wording of every template in telling scenes; `python -m tests.drafting.rendering` approves what changed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.playbook import SITUATIONS, WORDLESS
from bot.drafting.template import SHELVES, TemplateDrafter
from bot.errors import DraftingError
from tests.drafting.briefs import CAUSE, CAUSE_EN, TEMPLATES, a_brief, a_post, again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.draft import Brief, Words
    from bot.drafting.template import Shelf

RENDERED = Path(__file__).parent.parent / "rendered"
_NAMED = {"de": "Meine Torte kam völlig zerdrückt an!", "en": "My cake was smashed when it came!"}
_PRAISED = {"de": "Die Torte war ein Traum, danke!", "en": "The cake was a dream, thank you!"}


Said = dict[tuple[str, str], dict[str, list["Words"]]]
"""Wordings by place and scene."""


async def everything_said() -> Said:
    """Every wording of every template in every scene."""
    drafter = TemplateDrafter(TEMPLATES)
    return {
        (shelf, situation): {name: await wordings(drafter, brief) for name, brief in scenes(shelf, situation).items()}
        for shelf, situation in places()
    }


def pages_of(said: Said) -> dict[str, str]:
    """Every approved page by its path below `tests/rendered`."""
    return {f"{shelf}/{situation}.txt": _page(told) for (shelf, situation), told in said.items()}


def places() -> Iterator[tuple[Shelf, str]]:
    """Every template there must be."""
    for shelf in SHELVES:
        for situation in SITUATIONS:
            if situation not in WORDLESS:
                yield shelf, situation


def scenes(shelf: Shelf, situation: str) -> dict[str, Brief]:
    """The scenes that show what a template can say."""
    lang, address = shelf[:2], {"de-Sie": "Sie", "de-du": "du", "en": "neutral"}[shelf]
    fault = situation.split("_", 2)[2] if situation.startswith("complaint") else "open"
    text = (_PRAISED if situation == "praise" else _NAMED)[lang]
    named = a_post(text, attachments=("picture",))
    bare = a_post(text if situation.startswith("complaint") else "…", public=False)
    cause = CAUSE if lang == "de" else CAUSE_EN
    told = {
        "names a thing, with a picture": a_brief(post=named),
        "in private, we have spoken before": a_brief(post=bare, said_before=("…",)),
        "names a thing, the cause is confirmed": a_brief(post=named, facts=(cause,)),
        "names a thing, our fault is confirmed": a_brief(post=named, fault="confirmed"),
    }
    if situation.startswith("complaint"):
        del told["names a thing, our fault is confirmed"]
    return {name: _at(brief, lang, address, situation, fault) for name, brief in told.items()}


async def wordings(drafter: TemplateDrafter, brief: Brief) -> list[Words]:
    """Everything a question can be given, in the file's order."""
    said: list[Words] = []
    try:
        while True:
            said.append(await drafter.draft(brief))
            brief = again(brief)
    except DraftingError:
        return sorted(said, key=lambda words: str(words.template))


def approve() -> None:
    """Write every page as it reads now."""
    for place, text in pages_of(asyncio.run(everything_said())).items():
        path = RENDERED / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _at(brief: Brief, lang: str, address: str, situation: str, fault: str) -> Brief:
    kept = brief.fault if brief.fault == "confirmed" else fault
    return a_brief(
        post=brief.newest,
        lang=lang,
        address=address,
        situation=situation,
        fault=kept,
        facts=brief.facts,
        said_before=brief.said_before,
    )


def _page(told: dict[str, list[Words]]) -> str:
    return "\n".join(
        f"== {scene}\n" + "".join(f"{words.template}: {words.text}\n" for words in ways) for scene, ways in told.items()
    )


if __name__ == "__main__":
    approve()
