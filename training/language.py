"""Makes the small file by which the judge tells languages apart, and measures what it is worth.

    python -m training.language                        writes bot/tone/languages.npz and its manifest
    python -m training.language measure --data DIR     prints the tables of docs/tone.md

The knowledge is that of py3langid's model (BSD, see NOTICE), for the languages in which people write to European
companies: its pieces of text are folded as the judge folds posts, and those that tell most are kept. Nothing is drawn
by lot. The same py3langid gives the same arrays, except that a weight may differ by one step of 1/16 where another
processor rounds `log` another way; the file is the same byte for byte where numpy and zlib are, too.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.tone.letters import LONGEST, STEP, folded
from training.language_measure import measure
from training.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

HERE = Path(__file__).parent
ROOM = HERE.parent / "bot" / "tone"
LANGUAGES = [
    "de", "en", "fr", "it", "es", "pt", "ca", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "ro", "hu", "sv", "da", "no", "fi",
    "et", "lv", "lt", "sq", "tr", "az", "id", "ms", "vi", "ru", "uk", "bg", "mk", "be", "ar", "fa", "ur",
]  # fmt: skip
"""Languages that have a script to themselves are not here: the script tells them."""
DIALECTS = {"lb": "de"}
"""Luxembourgish stands for German dialect: half of the dialect posts that were taken for Dutch and others are found."""
KEPT = 15_000
"""Pieces; more no longer fit the size that we allow ourselves, fewer take more short Danish for Norwegian."""
RARE = 1e-6
"""Share that every piece has in every language at least."""


_BETWEEN = re.compile(r"[^a-z'\x80-\U0010ffff]+|[\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2000-\u206f\u3000-\u303f]+")
"""What stands between words, as far as a piece of text can tell."""


def main(words: list[str]) -> int:
    """Train, or measure."""
    parser = argparse.ArgumentParser(prog="python -m training.language", description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="?", choices=("train", "measure"), default="train")
    parser.add_argument("--data", type=Path, help="folder of the public sets (measure)")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus", help="folder of our own posts (measure)")
    given = parser.parse_args(words)
    if given.what == "measure":
        sys.stdout.write(f"{measure(given.data, given.corpus, LanguageIdentifier.from_model_file(MODEL_FILE))}\n")
    else:
        train(ROOM)
    return 0


def train(room: Path) -> None:
    """Write the file and its manifest into this folder."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    pieces = Pieces(_folded_pieces(model))
    pieces.keep(KEPT)
    stored = _packed(_columns(model)[0], pieces)
    (room / "languages.npz").write_bytes(stored)
    (room / "languages.toml").write_text(_manifest(stored), encoding="utf-8")


def _columns(model: LanguageIdentifier) -> tuple[list[str], list[int]]:
    """Our languages and their places in the model; two where a language has two scripts."""
    spoken = [DIALECTS.get(lang, lang) for lang in model.nb_classes]
    pairs = [(lang, place) for lang in LANGUAGES for place, each in enumerate(spoken) if each == lang]
    return [lang for lang, _ in pairs], [place for _, place in pairs]


def _folded_pieces(model: LanguageIdentifier) -> dict[bytes, NDArray[np.float64]]:
    """How usual each piece is in our languages, after the folding that posts get; without the model's smoothing."""
    often = np.exp(model.nb_ptc.astype(np.float64))
    often = (often - often.min(axis=0))[:, _columns(model)[1]]
    sums: dict[bytes, Any] = defaultdict(float)
    for piece, feature in sorted(_own_pieces(model)):
        if len(short := folded_piece(piece)[-LONGEST:]) > 1:
            sums[short] = sums[short] + often[feature]
    return {piece: each for piece, each in sums.items() if each.any()}


def _own_pieces(model: LanguageIdentifier) -> Iterator[tuple[bytes, int]]:
    """The model's pieces and their rows: the shortest text that leads its automaton to each."""
    reached, order, named = {0: b""}, [0], set()
    for state in order:
        feature = model.tk_output[state]
        if feature >= 0 and feature not in named:
            named.add(feature)
            yield reached[state], feature
        row = model.tk_row[state] << 8
        for letter, following in enumerate(model.tk_nextmove[row : row + 256]):
            if following not in reached:
                reached[following] = reached[state] + bytes([letter])
                order.append(following)


def folded_piece(piece: bytes) -> bytes:
    """A piece as it looks in a folded post; halves of characters at its ends stay as they are."""
    return _BETWEEN.sub(" ", folded(piece.decode("utf-8", "surrogateescape"))).encode("utf-8", "surrogateescape")


def _packed(languages: Sequence[str], pieces: Pieces) -> bytes:
    """The stored form: names, pieces and one byte per weight."""
    names = sorted(pieces.usual)
    often = np.array([pieces.usual[piece] for piece in names]) + RARE
    steps = np.round((np.log(often / often.sum(axis=0)) + 256 * STEP) / STEP)
    arrays: dict[str, Any] = {
        "languages": np.array(languages),
        "pieces": np.frombuffer(b"\n".join(names), np.uint8),
        "weights": np.clip(steps, 0, 255).astype(np.uint8),
    }
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def _manifest(stored: bytes) -> str:
    return (
        "# Written by `python -m training.language`; the judge reads no other file than this one.\n"
        f'file = "languages.npz"\nsha256 = "{hashlib.sha256(stored).hexdigest()}"\n'
        f'from = "py3langid {version("py3langid")}, BSD 3-Clause, (c) Marco Lui and Adrien Barbaresi"\n'
        f"languages = {len(LANGUAGES)}\npieces = {KEPT}\nrare = {RARE}\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
