"""`candor judge`: how posts sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.cli.rows import Answer, MentionRow, answer_rows
from bot.settings import load_house
from bot.tone.judge import RuleJudge

if TYPE_CHECKING:
    from bot.core.tone import Tone


@click.command
@click.argument("file", type=click.File("rb"), default="-")
def judge(file: BinaryIO) -> None:
    """Hear the tone of posts, one JSON row per line, from FILE or from standard input.

    \b
    In:  {"id", "text", "lang"?}
    Out: {"id", "lang", "polarity", "confidence", "arousal", "flags", "certain"}
    """
    judging = RuleJudge(load_house(Path.cwd()).languages)
    answer_rows(file, MentionRow, lambda row: row_of(judging.judge(row.text, row.lang)))


def row_of(tone: Tone) -> Answer:
    """A tone as a row of JSON."""
    return {
        "lang": tone.lang,
        "polarity": tone.polarity,
        "confidence": round(tone.confidence, 4),
        "arousal": tone.arousal,
        "flags": list(tone.ordered_flags),
        "certain": tone.certain,
    }
