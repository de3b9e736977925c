"""Every word a template can say was read and approved: a changed word is a visible diff."""

from __future__ import annotations

import asyncio
import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from bot.core.promise import promises_in
from bot.drafting.template import TemplateDrafter
from tests.drafting.briefs import TEMPLATES
from tests.drafting.rendering import RENDERED, Said, everything_said, pages_of, places

if TYPE_CHECKING:
    from bot.drafting.template import Shelf

SPOKEN_OF_BY_ITSELF = {
    *("Wir melden uns hier wieder.", "Wir schreiben hier weiter.", "Hier lesen Sie wieder von uns."),
    *("Hier liest du wieder von uns.", "We will write here again.", "We will keep writing here."),
    "You will hear from us here again.",
}
"""One promise in several words."""
PLACES = list(places())


@pytest.fixture(scope="module")
def said() -> Said:
    """Everything that templates say."""
    return asyncio.run(everything_said())


def test_every_template_reads_as_it_was_approved(said: Said) -> None:
    pages = pages_of(said)
    approved = {place: (RENDERED / place).read_text(encoding="utf-8") for place in pages}

    assert pages == approved, "read the new words, then run: python -m tests.drafting.rendering"


def test_every_template_opens_in_every_scene() -> None:
    TemplateDrafter(TEMPLATES).check_all()


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_there_are_three_ways_to_say_it(said: Said, shelf: Shelf, situation: str) -> None:
    assert all(len(ways) >= 3 for ways in said[shelf, situation].values())


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_replies_are_short_and_clean(said: Said, shelf: Shelf, situation: str) -> None:
    for ways in said[shelf, situation].values():
        for words in ways:
            assert len(words.text) <= 320
            assert not re.search(r"  | [.,;:!?]|[.,;:]{2}|[{}<>*_#]|\.\s*\.", words.text.replace("anna_92", "Anna"))
            assert words.text[0].isupper()
            assert words.text.endswith((".", "?", "!"))


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_the_only_promise_is_to_write_here_again(said: Said, shelf: Shelf, situation: str) -> None:
    for ways in said[shelf, situation].values():
        for words in ways:
            assert set(words.promises) <= SPOKEN_OF_BY_ITSELF
            assert words.promises == promises_in(words.text)


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_no_template_knows_numbers_times_or_money(said: Said, shelf: Shelf, situation: str) -> None:
    invented = re.compile(
        r"\d|%|€|\$|\b(?:heute|morgen|gestern|sofort|bald|stunden?|tage?n?|wochen?|erstatt\w+|gutschein\w*|euro|kulanz"
        r"|today|tomorrow|soon|hours?|days?|weeks?|refund\w*|voucher\w*|immer|nie|always|never|weil|because"
        r"|haftung|anspruch|schadens\w+|liab\w+|damages|claim\w*)\b",
        re.IGNORECASE,
    )
    for ways in said[shelf, situation].values():
        for words in ways:
            assert not invented.search(words.text.replace("anna_92", "Anna"))


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_nothing_is_made_smaller_and_no_apology_has_a_condition(said: Said, shelf: Shelf, situation: str) -> None:
    smaller = re.compile(r"\b(?:nur|bloß|lediglich|kurz|klein\w*|only|just|merely|minor|a bit)\b", re.IGNORECASE)
    sorry = re.compile(
        r"(?:entschuldig|leid|sorry|apologi|bedauern|regret)[^.!?]*\b(?:falls|sollten|wenn|if|should|but)\b",
        re.IGNORECASE,
    )
    stock = re.compile(r"unannehmlich|inconvenience|feedback|rückmeldung|qualität|quality|bedauerlich", re.IGNORECASE)
    for ways in said[shelf, situation].values():
        for words in ways:
            assert not smaller.search(words.text)
            assert not sorry.search(words.text)
            assert not stock.search(words.text)


@pytest.mark.parametrize("situation", [situation for shelf, situation in PLACES if shelf == "de-Sie"])
def test_sie_and_du_are_never_mixed(said: Said, situation: str) -> None:
    for words in [words for ways in said["de-Sie", situation].values() for words in ways]:
        assert not re.search(r"\b(?:du|dir|dich|dein\w*|euch|euer)\b", words.text, re.IGNORECASE)
    for words in [words for ways in said["de-du", situation].values() for words in ways]:
        assert not re.search(r"\b(?:Sie|Ihnen|Ihr\w*)\b", words.text)


@pytest.mark.parametrize(("shelf", "situation"), [place for place in PLACES if place[1] != "praise"])
def test_our_confirmed_fault_is_said_and_apologised_for(said: Said, shelf: Shelf, situation: str) -> None:
    ours = re.compile(r"\b(?:wir|unser\w*|uns|we|our|us)\b", re.IGNORECASE)
    apology = re.compile(r"Entschuldigung|tut uns (?:sehr )?leid|sorry|apologise")
    for scene, ways in said[shelf, situation].items():
        if situation.endswith("_confirmed") or scene.endswith("our fault is confirmed"):
            for words in ways:
                assert ours.search(words.text)
                assert apology.search(words.text)


@pytest.mark.parametrize(("shelf", "situation"), [place for place in PLACES if place[1].endswith(("_open", "unnamed"))])
def test_an_open_fault_is_checked_and_not_admitted(said: Said, shelf: Shelf, situation: str) -> None:
    unknown = re.compile(r"\bnoch\b|\byet\b|\bstill\b|so far|too early", re.IGNORECASE)
    checked = re.compile(
        r"prüfen|gehen (?:der Sache|dem) nach|sehen (?:wir )?uns|klären|hinzusehen|fragen nach|checking|looking into|look closely|asking what|close look|finding out"
    )
    admitted = re.compile(
        r"unser Fehler|(?<!Noch )haben wir (?!noch)|lag an uns|Kappe|our (?:mistake|fault)|on us|Entschuldigung|apologi"
    )
    for scene, ways in said[shelf, situation].items():
        for words in () if scene.endswith("our fault is confirmed") else ways:
            assert unknown.search(words.text), words.text
            assert checked.search(words.text), words.text
            assert not admitted.search(words.text)


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_a_private_word_is_offered_in_public_only(said: Said, shelf: Shelf, situation: str) -> None:
    private = said[shelf, situation]["in private, we have spoken before"]

    assert not [words.text for words in private if re.search(r"privat|in private", words.text)]


@pytest.mark.parametrize(("shelf", "situation"), PLACES)
def test_two_ways_to_say_it_are_really_two(said: Said, shelf: Shelf, situation: str) -> None:
    for ways in said[shelf, situation].values():
        for one, other in combinations(ways, 2):
            first, second = (set(re.findall(r"\w+", words.text.casefold())) for words in (one, other))
            assert len(first & second) < 0.75 * len(first | second), (one.text, other.text)


def test_facts_that_are_said_are_claimed(said: Said) -> None:
    for scenes_said in said.values():
        for words in scenes_said["names a thing, the cause is confirmed"]:
            assert [claim.fact for claim in words.claims] == ["F1"], words.text
