"""The language of a post is told, and guesses are marked as guesses."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import bot.tone
from bot.errors import CandorError
from bot.tone.language import language_of
from bot.tone.letters import folded, letters, letters_of
from training.language import folded_piece
from training.language_measure import third_posts
from training.pieces import Pieces

ROOM = Path(bot.tone.__file__).parent
OURS = ("de", "en")


@pytest.mark.parametrize(
    ("post", "lang"),
    [
        ("Paketim hâlâ gelmedi, çok kızgınım", "tr"),
        ("Siparişim nerede? Üç haftadır bekliyorum.", "tr"),
        ("Mon colis n'est toujours pas arrivé", "fr"),
        ("El pan estaba muy bueno, gracias por todo", "es"),
        ("Waar is mijn pakket? Ik wacht al drie weken", "nl"),
        ("Moja paczka nie dotarła, czekam od tygodnia", "pl"),
        ("Коли прийде моя посилка? Чекаю вже третій тиждень", "uk"),
        ("Πού είναι το πακέτο μου;", "el"),
        ("わたしの荷物はどこですか、教えてください", "ja"),
        ("我的包裹在哪里？已经等了三个星期", "zh"),
        ("내 소포는 어디에 있나요?", "ko"),
    ],
)
def test_a_third_language_is_named(post: str, lang: str) -> None:
    assert language_of(post, OURS).lang == lang


@pytest.mark.parametrize(
    ("post", "lang"),
    [
        ("servus beinand, habts ihr heit offen", "de"),
        ("Ey Digga was geht ab mit eurer App", "de"),
        ("Mega lecker, Leute", "de"),
        ("Great bread, great people", "en"),
        ("@shop Das Brot war gut https://example.com/the-best-bread-of-the-town", "de"),
        ("Your Brötchen are the best", "en"),
        ("Wia lang deaf i no woatn auf mei Packl, ha?", "de"),
        ("grüezi, händ ihr am sunntig offe", "de"),
        ("gonna wait all day for u lot innit", "en"),
    ],
)
def test_slang_dialect_and_links_do_not_mislead(post: str, lang: str) -> None:
    assert language_of(post, OURS).lang == lang


@pytest.mark.parametrize("post", ["", "😀", "12345", "https://example.com", "@somebody #bread"])
def test_nothing_tells_the_language_of_no_words(post: str) -> None:
    assert language_of(post, OURS).lang == "und"


def test_one_or_two_words_are_a_guess() -> None:
    assert language_of("Danke!", OURS).lang == "de"
    assert language_of("Hotel Amadeus", OURS).lang == "und"
    assert not language_of("Danke!", OURS).sure


@pytest.mark.parametrize("post", ["Danke!", "Thank you", "Muchas gracias", "Спасибо", "Kaufhain"])
def test_one_or_two_words_are_never_sure(post: str) -> None:
    assert not language_of(post, OURS).sure


def test_two_words_that_only_one_third_language_spells_so_are_a_guess_at_it() -> None:
    assert language_of("Muchas gracias", OURS).lang == "es"
    assert language_of("Çok teşekkürler!", OURS).lang == "tr"


def test_a_post_in_both_languages_is_not_sure() -> None:
    assert not language_of("Check out our new page! Schaut euch die neue Seite an", OURS).sure


def test_a_third_language_that_is_configured_is_ours() -> None:
    heard = language_of("Mon colis n'est toujours pas arrivé", ("de", "en", "fr"))

    assert (heard.lang, heard.sure) == ("fr", True)


def test_neighbours_words_that_look_german_or_english_do_not_mislead() -> None:
    assert language_of("Hier was alles goed, die man was heel aardig als altijd", OURS).lang == "nl"
    assert language_of("Den man er da for alle, mit kort er her", OURS).lang in {"da", "no"}


@pytest.mark.parametrize("lang", [lang for lang, _ in third_posts("tune")])
def test_posts_in_a_third_language_are_hardly_ever_taken_for_ours(lang: str) -> None:
    posts = dict(third_posts("tune"))[lang]

    ours = [post for post in posts if language_of(post, OURS).lang in OURS]

    assert len(ours) <= len(posts) * 0.05, ours


@given(some.text(max_size=300), some.lists(some.sampled_from(["de", "en", "fr", "xx"]), unique=True))
def test_any_text_has_a_language(text: str, languages: list[str]) -> None:
    heard = language_of(text, languages)

    assert heard.lang
    assert not (heard.sure and heard.lang == "und")


@given(some.text(max_size=120))
def test_the_shares_of_all_languages_sum_to_one(text: str) -> None:
    assert sum(letters().shares(folded(text)).values()) == pytest.approx(1.0, abs=1e-5)


def test_the_trained_file_is_the_one_that_the_manifest_names() -> None:
    manifest = tomllib.loads((ROOM / "languages.toml").read_text("utf-8"))
    stored = (ROOM / manifest["file"]).read_bytes()

    assert hashlib.sha256(stored).hexdigest() == manifest["sha256"]
    assert len(stored) <= 400_000
    assert len(letters().places) == manifest["pieces"]


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    for name in ("languages.toml", "languages.npz"):
        (tmp_path / name).write_bytes((ROOM / name).read_bytes())
    with (tmp_path / "languages.npz").open("ab") as file:
        file.write(b"x")

    with pytest.raises(CandorError, match=r"languages\.npz"):
        letters_of(tmp_path)


def test_the_judge_needs_no_py3langid() -> None:
    program = "import sys; from bot.tone.language import language_of as l; l('Bonjour à tous', ('de',)); print('py3langid' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"


def test_a_piece_is_folded_as_posts_are() -> None:
    assert folded_piece("Ü, b".encode()) == "ü b".encode()
    assert folded_piece(b"\xbcb") == b"\xbcb"


def test_a_piece_that_is_left_out_is_counted_by_the_longest_that_it_ends_with() -> None:
    usual = {b"ab": np.array([2.0, 1.0]), b"xab": np.array([2.0, 1.0]), b"cd": np.array([0.0, 9.0])}
    pieces = Pieces(usual)

    pieces.keep(2)

    assert {piece: often.tolist() for piece, often in pieces.usual.items()} == {b"ab": [4.0, 2.0], b"cd": [0.0, 9.0]}
