"""How often the language is told rightly: German and English on public sets and our corpus, others on our own posts."""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bot.tone.language import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from py3langid.langid import LanguageIdentifier

OURS = ("de", "en")
SETS = ("sb10k_de", "potts_de", "brighter_de", "semeval2017_en", "goemotions_en", "brighter_en")
HERE = Path(__file__).parent
_HEAD = "| posts | rows | right | the other of the two | a third | und | sure | right where sure | py3langid right |"
_THIRD_HEAD = "| posts | rows | named a third language | of three words or more | exactly | as de or en | und | py3langid exactly |"


def measure(data: Path | None, corpus: Path, teacher: LanguageIdentifier) -> str:
    """Both tables and the speed, on check rows only; `teacher` is py3langid's identifier, for comparison."""
    ours, seconds = list(_ours(data, corpus)), []
    lines = [_HEAD, _rule(_HEAD)]
    for name, lang, posts in ours:
        begun = time.perf_counter()
        heard = [language_of(post, OURS) for post in posts]
        seconds.append((time.perf_counter() - begun) / max(1, len(posts)))
        lines.append(_row(name, lang, [(each.lang, each.sure) for each in heard], _agrees(teacher, posts, lang)))
    lines += ["", _THIRD_HEAD, _rule(_THIRD_HEAD)]
    lines += [_third_row(lang, posts, _agrees(teacher, posts, lang)) for lang, posts in third_posts("check")]
    microseconds = sum(seconds) / len(seconds) * 1e6
    return "\n".join([*lines, "", f"{microseconds:.0f} microseconds a post, mean of the sets of the first table"])


def third_posts(part: str) -> Iterator[tuple[str, list[str]]]:
    """Our posts in other languages: the half for choosing (`tune`), or the half for measuring only (`check`)."""
    for path in sorted((HERE / "languages").glob("*.txt")):
        tune, check = path.read_text("utf-8").split("== check ==\n")
        yield path.stem, (check if part == "check" else tune).splitlines()


def _ours(data: Path | None, corpus: Path) -> Iterator[tuple[str, str, list[str]]]:
    for name in SETS if data else ():
        rows = gzip.decompress((Path(str(data)) / f"{name}.jsonl.gz").read_bytes()).decode().splitlines()
        yield name, name[-2:], _checked(json.loads(row)["text"] for row in rows if row)
    posts = [json.loads(row) for path in sorted(corpus.glob("*.jsonl")) for row in path.read_text("utf-8").splitlines()]
    for lang in OURS:
        yield f"our corpus, {lang}", lang, _checked(row["text"] for row in posts if row["lang"] == lang)


def _checked(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 5 == 0]


def _row(name: str, lang: str, heard: Sequence[tuple[str, bool]], teacher: str) -> str:
    counts = Counter(each for each, _ in heard)
    sure = [each for each, plain in heard if plain]
    other = sum(counts[each] for each in OURS if each != lang)
    third = len(heard) - counts[lang] - other - counts["und"]
    shares = [_share(each, len(heard)) for each in (counts[lang], other, third, counts["und"], len(sure))]
    return _cells(name, len(heard), *shares, _share(sure.count(lang), len(sure)), teacher)


def _third_row(lang: str, posts: Sequence[str], teacher: str) -> str:
    heard = [language_of(post, OURS).lang for post in posts]
    third = [each not in (*OURS, "und") for each in heard]
    longer = [named for named, post in zip(third, posts, strict=True) if len(post.split()) > 2]  # noqa: PLR2004
    shares = [_share(sum(each), len(each)) for each in (third, longer)]
    rest = [_share(heard.count(each), len(heard)) for each in (lang, "und")]
    ours = _share(sum(each in OURS for each in heard), len(heard))
    return _cells(lang, len(posts), *shares, rest[0], ours, rest[1], teacher)


def _agrees(teacher: LanguageIdentifier, posts: Sequence[str], lang: str) -> str:
    return _share(sum(teacher.classify(post)[0] == lang for post in posts), len(posts))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _cells(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _rule(head: str) -> str:
    return "|" + "---|" * (head.count("|") - 1)
