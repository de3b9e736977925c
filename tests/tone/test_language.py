"""The language of a post is told, and guesses are marked as guesses."""

from __future__ import annotations

import pytest

from bot.tone.language import language_of

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
        ("Коли прийде моя посилка?", "uk"),
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
