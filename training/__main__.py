"""`python -m training measure|diversity`: what the next judge is worth, and how unlike each other its posts are."""

from __future__ import annotations

from pathlib import Path

import click

from training import corpus, public
from training.measure import table


@click.group()
def cli() -> None:
    """The judge's training ground."""


@cli.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the public sets; without it the own corpus alone.",
)
@click.option("--lang", type=click.Choice(["de", "en"]), multiple=True, default=("de", "en"))
def measure(data: Path | None, lang: tuple[str, ...]) -> None:
    """Each public set by a model that never saw it, the own corpus by trades it never saw."""
    for each in lang:
        click.echo(f"\n| {each} | rows | macro-F1 | accuracy | calibration error |\n|---|---|---|---|---|")
        click.echo("\n".join(table(each, data)))


@cli.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the public sets, to compare.",
)
def diversity(data: Path | None) -> None:
    """How unlike each other the posts are, beside as many of each public set."""
    for lang in ("de", "en"):
        texts = [row.text for row in corpus.rows(lang)]
        others = (
            {name: [row.text for row in public.rows(name, data)][: len(texts)] for name in public.SETS[lang]}
            if data
            else {}
        )
        for name, some in {f"own {lang}": texts, **others}.items():
            found = corpus.diversity(some)
            click.echo(f"| {name} | {len(some)} | {found.grams} | {found.nearest} | {len(found.copies)} |")


if __name__ == "__main__":
    cli()
