"""A reply names what the customer named, in our words, and stays general where we are not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.echo import Ear, Echo
from bot.drafting.grammar import cases_of
from bot.drafting.lexicon import Thing, lexicon_from
from bot.drafting.words import first_of
from bot.errors import WordsError
from tests.drafting.briefs import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path


def _ear(name: str) -> Ear:
    path = first_of(name, TEMPLATES)
    assert path is not None
    return Ear(lexicon_from(path))


GERMAN, ENGLISH = _ear("things-de.toml"), _ear("things-en.toml")


@pytest.mark.parametrize(
    ("post", "clause"),
    [
        ("Mein Paket ist nach drei Wochen immer noch nicht da!!", "Ihr Paket nicht angekommen ist"),
        ("Die Hochzeitstorte kam zerdrückt an", "Ihre Torte zerdrückt ankam"),
        ("Brötchen kalt, Kaffee kalt.", "Ihre Brötchen kalt waren"),
        ("Schuhe verspätet geliefert", "Ihre Schuhe zu spät kamen"),
        ("Seit 40 Minuten Warteschleife eurer Hotline", "Sie so lange warten mussten"),
        ("Eure App stürzt dauernd ab", "die App nicht funktioniert"),
        ("Die Rechnung ist falsch", "Ihre Rechnung nicht stimmt"),
        ("Seit Stunden kein Strom", "der Strom ausgefallen ist"),
        ("Wo ist mein Zug?", "Sie mit Ihrem Zug Ärger hatten"),
        ("Das Paket ist nicht kaputt, aber der Bote war frech.", "Sie unfreundlich behandelt wurden"),
        ("Ihr seid das Letzte", "Sie solchen Ärger hatten"),
        ("", "Sie solchen Ärger hatten"),
        ("Das ist knapp, ein Bezug ist gerissen, Umzug!", "Sie solchen Ärger hatten"),
    ],
)
def test_what_german_customers_name_is_said_back(post: str, clause: str) -> None:
    assert GERMAN.echo([post], "Sie").clause == clause


@pytest.mark.parametrize(
    ("post", "clause"),
    [
        ("My parcel never came", "your parcel has not arrived"),
        ("the wedding cake was smashed", "your cake arrived crushed"),
        ("shoes came late", "your shoes came late"),
        ("Been on hold with your helpline for ages", "you had to wait so long"),
        ("App crashes. Every time.", "the app is not working"),
        ("The parcel wasn’t late", "you had trouble with your parcel"),
        ("In order to bill him, I closed the room for improvement", "you had trouble with your bill"),
        ("useless!", "you had all this trouble"),
    ],
)
def test_what_english_customers_name_is_said_back(post: str, clause: str) -> None:
    assert ENGLISH.echo([post], "you").clause == clause


def test_the_thing_comes_in_the_form_the_sentence_needs() -> None:
    assert GERMAN.echo(["Wo bleibt meine Bestellung?"], "du") == Echo(
        clause="du mit deiner Bestellung Ärger hattest",
        there="mit deiner Bestellung",
        on=" zu deiner Bestellung",
        thing="deine Bestellung",
        shown="",
    )
    assert GERMAN.echo(["Was ist mit der App?"], "Sie").on == " zur App"
    assert GERMAN.echo(["Öffnungszeiten?"], "Sie").on == " zu den Öffnungszeiten"


def test_german_plurals_take_their_dative() -> None:
    shoes = Thing(gender="p", whose="your", kind="goods", heard=("schuhe",))

    assert cases_of("Schuhe", shoes, "du") == {"nom": "deine Schuhe", "acc": "deine Schuhe", "dat": "deinen Schuhen"}


def test_where_it_could_be_one_or_the_other_no_trouble_is_put_into_anybodys_mouth() -> None:
    assert (
        GERMAN.echo(["Ich habe eine Torte und Brot gekauft. Alles verbrannt."], "Sie").clause
        == "Sie mit Ihrer Torte Ärger hatten"
    )


def test_the_newest_post_that_names_something_counts() -> None:
    posts = ["Die Torte war kalt", "Mein Paket ist kaputt", "Hallo???"]

    assert GERMAN.echo(posts, "Sie").clause == "Ihr Paket beschädigt ankam"


def test_an_attachment_is_thanked_for_by_name() -> None:
    assert GERMAN.echo(["?"], "Sie", ("sticker", "picture")).shown == "das Bild"
    assert ENGLISH.echo(["?"], "you", ("sticker",)).shown == ""


def test_hidden_characters_hide_nothing() -> None:
    assert GERMAN.echo(["Mein Pa\u200bket ist kaputt"], "Sie").thing == "Ihr Paket"


@given(st.text(max_size=300), st.sampled_from(["secret", "0151 98765432", "idiot", "{{7*7}}"]))
def test_no_word_of_the_customers_slips_into_an_echo(text: str, secret: str) -> None:
    echo = GERMAN.echo([f"{secret} {text} Paket {secret} kaputt {secret}"], "Sie")

    assert secret not in f"{echo.clause} {echo.there} {echo.on} {echo.thing} {echo.shown}"
    assert "{" not in echo.clause


def test_a_table_with_a_fault_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "things-de.toml"
    path.write_text(
        'negations = []\ntroubles = []\nshown = {}\n[things]\nPaket = { gendre = "n", kind = "x", heard = ["p"] }'
    )

    with pytest.raises(WordsError, match=r"things-de\.toml: .*things\.Paket\.gendre: Extra inputs") as told:
        lexicon_from(path)
    assert "phrases: Field required" in str(told.value)
    path.write_text("things = {", encoding="utf-8")
    with pytest.raises(WordsError, match="mend the line"):
        lexicon_from(path)
