"""`candor draft`: words for replies, and what the guard says about them."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, get_args

import click

from bot.cli.check import FactRow, Facts, facts_from, rows_of
from bot.cli.rows import Answer, MentionRow, answer_rows
from bot.core.case import Case
from bot.core.draft import Brief, Words
from bot.core.mention import Mention
from bot.core.playbook import situation_of
from bot.drafting.drafters import DrafterChoice, drafter_of
from bot.guard.guard import Guard
from bot.settings import load
from bot.tone.judge import RuleJudge

if TYPE_CHECKING:
    from bot.core.house import House


class BriefRow(MentionRow):
    """A post, and what a drafter may know about it."""

    fault: Literal["confirmed", "open", "not_ours"] = "open"
    facts: Facts = ()
    address: Literal["Sie", "du", "neutral"] = "neutral"
    crisis: bool = False


@click.command
@click.option(
    "--drafter",
    type=click.Choice(get_args(DrafterChoice)),
    default="auto",
    show_default=True,
    help="auto: the model when OPENAI_API_KEY is set, else templates. llm: the same, but refused without a key.",
)
@click.argument("file", type=click.File("rb"), default="-")
def draft(file: BinaryIO, drafter: DrafterChoice) -> None:
    """Draft replies to posts, one JSON row per line, from FILE or from standard input.

    \b
    In:  {"id", "text", "lang"?, "author"?, "channel"?, "fault"?, "facts"?, "address"?, "crisis"?}
    Out: {"id", "text", "drafter", "template"?, "claims", "promises", "findings"}

    Nothing is published and nothing is kept. A post that only a person can answer gives a row with "error".
    """
    settings = load(Path.cwd(), os.environ, house_needed=False)
    house, judge, guard = settings.house, RuleJudge(settings.house.languages), Guard()
    key = settings.openai_api_key
    writer = drafter_of(
        drafter,
        settings.folder,
        key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
    )
    with asyncio.Runner() as runner:

        def answer(row: BriefRow) -> Answer:
            brief = brief_from(row, house, judge)
            words = runner.run(writer.draft(brief))
            return {**row_of(words), "findings": rows_of(guard.check(case_from(brief, words, house)))}

        answer_rows(file, BriefRow, answer, {"facts": FactRow})


def brief_from(row: BriefRow, house: House, judge: RuleJudge) -> Brief:
    """All that a drafter may know: the post's tone, and the situation that the playbook sees in it."""
    tone = judge.judge(row.text, row.lang)
    post = Mention(
        channel=row.channel,
        id=str(row.id),
        author=row.author or "",
        text=row.text,
        at=datetime(2000, 1, 1, tzinfo=UTC),  # a post on a test bench has no time, and no draft reads it
        lang=row.lang,
    )
    return Brief(
        brand=house.brand,
        posts=(post,),
        tone=tone,
        fault=row.fault,
        facts=facts_from(row.facts),
        address=row.address,
        situation=situation_of(tone, row.fault),
        crisis=row.crisis,
    )


def case_from(brief: Brief, words: Words, house: House) -> Case:
    """What the guard is given about a draft: the same as in the real house."""
    return Case(
        text=words.text,
        mention=brief.newest.text,
        author=brief.newest.author or None,
        lang=words.lang,
        address=brief.address,
        fault=brief.fault,
        facts=tuple(brief.facts),
        allow=house.allow,
        channel=brief.newest.channel,
        crisis=brief.crisis,
    )


def row_of(words: Words) -> Answer:
    """Words as a row of JSON; `template` only where one was used."""
    return {
        "text": words.text,
        "drafter": words.drafter,
        **({"template": words.template} if words.template else {}),
        "claims": [{"fact": claim.fact, "words": claim.words} for claim in words.claims],
        "promises": list(words.promises),
    }
