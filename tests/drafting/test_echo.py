"""A reply names what the customer named, in our words, and stays general where we are not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.echo import Ear, Echo
from bot.drafting.grammar import cases_of
from bot.drafting.lexicon import Thing, lexicon_from
from bot.drafting.speech import Listener, speech_from
from bot.drafting.words import first_of
from bot.errors import WordsError
from tests.drafting.briefs import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _table(name: str) -> Path:
    path = first_of(name, TEMPLATES)
    assert path is not None
    return path


def _ear(lang: str) -> Ear:
    lexicon = lexicon_from(_table(f"things-{lang}.toml"))
    return Ear(lexicon, Listener(speech_from(_table(f"speech-{lang}.toml")), lexicon.negations))


GERMAN, ENGLISH = _ear("de"), _ear("en")


@pytest.mark.parametrize(
    ("post", "clause"),
    [
        ("Mein Paket ist nach drei Wochen immer noch nicht da!!", "Ihr Paket nicht angekommen ist"),
        ("Die Hochzeitstorte kam zerdrückt an", "die Torte zerdrückt ankam"),
        ("Unsere Torte war eingepackt. Kam völlig zerdrückt an.", "Ihre Torte zerdrückt ankam"),
        ("Brötchen kalt, Kaffee kalt.", "die Brötchen kalt waren"),
        ("Schuhe verspätet geliefert", "die Schuhe zu spät kamen"),
        ("Seit 40 Minuten Warteschleife eurer Hotline", "Sie so lange warten mussten"),
        ("Eure App stürzt dauernd ab", "die App nicht funktioniert"),
        ("Die Rechnung ist falsch", "die Rechnung nicht stimmt"),
        ("Seit Stunden kein Strom", "der Strom ausgefallen ist"),
        ("Das Paket ist nicht kaputt, aber der Bote war frech.", "Sie unfreundlich behandelt wurden"),
        ("Die Verkäuferin hat mich vor allen angeschrien", "Sie unfreundlich behandelt wurden"),
    ],
)
def test_what_german_customers_name_is_said_back(post: str, clause: str) -> None:
    assert GERMAN.echo([post], "Sie").clause == clause


@pytest.mark.parametrize(
    ("post", "clause"),
    [
        ("My parcel never came", "your parcel has not arrived"),
        ("the wedding cake was smashed", "the cake arrived crushed"),
        ("shoes came late", "the shoes came late"),
        ("Been on hold with your helpline for ages", "you had to wait so long"),
        ("App crashes. Every time.", "the app is not working"),
        ("card machine at the station shop is down AGAIN", "the card machine is not working"),
    ],
)
def test_what_english_customers_name_is_said_back(post: str, clause: str) -> None:
    assert ENGLISH.echo([post], "you").clause == clause


@pytest.mark.parametrize(
    "post",
    [
        "",
        "Ihr seid das Letzte",
        "Das ist knapp, ein Bezug ist gerissen, Umzug!",
        "Wo ist mein Zug?",
        "Zug weg, Brötchen keins, eine Person an der Kasse",
        "Bei der Konkurrenz kam die Torte immer zerdrückt an",
        "Was ist, wenn das Paket nicht ankommt?",
        "Kommt die Torte zerdrückt an?",
        "Hoffentlich ist das Brot nicht wieder steinhart",
        "Die Verkäuferin am Markt wurde vorhin angeschrien",
        "Meine Oma wurde heute von Ihrer Mitarbeiterin angebrüllt",
        "Der Kellner war unfreundlich zu meiner Mutter",
        "Übermorgen stehen alle wieder in der Schlange",
        "Der Zug war voll, die Heizung lief, das Gepäck verschwunden",
        "Ich habe eine Torte und Brot gekauft. Alles verbrannt.",
    ],
)
def test_where_german_words_leave_a_doubt_nothing_is_named(post: str) -> None:
    echo = GERMAN.echo([post], "Sie")

    assert (echo.sure, echo.clause) == (False, "das passiert ist")


@pytest.mark.parametrize(
    "post",
    [
        "useless!",
        "The parcel wasn’t late",
        "In order to bill him, I closed the room for improvement",
        "The barista got screamed at in front of the whole queue",
        "Is the app down for anyone else?",
        "They were rude to my sister",
        "If the cake is crushed again I will cry",
        "so there's money for cleaner to ruin bread but none for a working card machine",
        "Two lanes open. Queue out the door. People missing flights",
    ],
)
def test_where_english_words_leave_a_doubt_nothing_is_named(post: str) -> None:
    echo = ENGLISH.echo([post], "you")

    assert (echo.sure, echo.clause) == (False, "this happened")


def test_the_thing_comes_in_the_form_the_sentence_needs() -> None:
    assert GERMAN.echo(["Wo bleibt meine Bestellung?"], "du") == Echo(
        clause="das passiert ist",
        there="mit deiner Bestellung",
        on=" zu deiner Bestellung",
        thing="deine Bestellung",
        shown="",
    )
    assert GERMAN.echo(["Was ist mit meinem Termin?"], "Sie").on == " zu Ihrem Termin"
    assert GERMAN.echo(["Öffnungszeiten?"], "Sie").on == " zu den Öffnungszeiten"


def test_a_question_is_about_a_thing_only_where_it_is_theirs_or_always_the_matter() -> None:
    assert ENGLISH.echo(["Does the rye from the market shop contain milk?"], "you").on == ""
    assert ENGLISH.echo(["Could I move my appointment?"], "you").on == " about your appointment"
    assert GERMAN.echo(["Mein Zug geht um acht, ist der Kaffee dann fertig?"], "du").on == ""


def test_german_plurals_take_their_dative() -> None:
    shoes = Thing(gender="p", whose="your", kind="goods", heard=("schuhe",))

    assert cases_of("Schuhe", shoes, "du", theirs=True) == {
        "nom": "deine Schuhe",
        "acc": "deine Schuhe",
        "dat": "deinen Schuhen",
    }


def test_the_newest_post_that_names_something_counts() -> None:
    posts = ["Die Torte war kalt", "Mein Paket ist kaputt", "Hallo???"]

    assert GERMAN.echo(posts, "Sie").clause == "Ihr Paket beschädigt ankam"


def test_an_attachment_is_thanked_for_by_name() -> None:
    assert GERMAN.echo(["?"], "Sie", ("sticker", "picture")).shown == "das Bild"
    assert ENGLISH.echo(["?"], "you", ("sticker",)).shown == ""


def test_hidden_characters_hide_nothing() -> None:
    assert GERMAN.echo(["Mein Pa\u200bket ist kaputt"], "Sie").thing == "Ihr Paket"


def test_whoever_sits_in_casualty_is_not_sent_to_a_doctor() -> None:
    assert GERMAN.echo(["Mein Bruder! Wir sitzen in der Notaufnahme"], "du").in_care
    assert not GERMAN.echo(["Mein Bruder hat davon gegessen"], "du").in_care


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


@pytest.mark.parametrize("phrase", ["", " ", "-", "- torte"])
@pytest.mark.parametrize(
    ("table", "read", "before"),
    [("things-de.toml", lexicon_from, "heard = ["), ("speech-de.toml", speech_from, "glad = [")],
)
def test_a_phrase_without_words_is_told_with_its_place(
    tmp_path: Path, table: str, read: Callable[[Path], object], before: str, phrase: str
) -> None:
    path = tmp_path / table
    path.write_text(
        _table(table).read_text(encoding="utf-8").replace(before, f'{before}"{phrase}", ', 1), encoding="utf-8"
    )

    with pytest.raises(WordsError, match=rf"{table}: .*\.0: .*a phrase is made of words"):
        read(path)
