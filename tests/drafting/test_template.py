"""A customer gets words of the team's, the neighbour others, and in the end a person writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.fact import Fact
from bot.core.tone import Tone
from bot.drafting.choice import turned, unsaid_first
from bot.drafting.template import TemplateDrafter, sayable_name
from bot.errors import DraftingError, WordsError
from tests.drafting.briefs import CAUSE, MONEY, TEMPLATES, a_brief, a_post, again

if TYPE_CHECKING:
    from pathlib import Path

DRAFTER = TemplateDrafter(TEMPLATES)


async def test_the_same_question_gets_the_same_words() -> None:
    brief = a_brief("Mein Paket ist nicht angekommen.")

    assert await DRAFTER.draft(brief) == await TemplateDrafter(TEMPLATES).draft(brief)


async def test_each_redraft_says_it_differently_until_a_person_must_write() -> None:
    brief = a_brief("Mein Paket ist nicht angekommen.")
    said = []
    for _ in range(4):
        said.append((await DRAFTER.draft(brief)).text)
        brief = again(brief)

    assert len(set(said)) == 4
    with pytest.raises(DraftingError, match="all wordings used: please write"):
        await DRAFTER.draft(brief)


async def test_two_neighbours_in_a_thread_get_different_words() -> None:
    neighbours = [a_brief(post=a_post("Wo bleibt das?", author="", id=f"-100/{number}")) for number in (41, 42, 43, 44)]

    assert len({(await DRAFTER.draft(brief)).text for brief in neighbours}) == 4


async def test_what_stands_in_the_thread_is_not_said_again() -> None:
    brief = a_brief("Mein Paket ist nicht angekommen.")
    there = (await DRAFTER.draft(brief)).text

    assert (await DRAFTER.draft(a_brief("Mein Paket ist nicht angekommen.", said_before=(there,)))).text != there


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5, unique=True), st.text(), st.lists(st.text(), max_size=3))
def test_the_order_of_wordings_loses_none(texts: list[str], key: str, said: list[str]) -> None:
    named = [("a template", text) for text in turned(texts, key)]

    assert sorted(text for _, text in unsaid_first(named, said)) == sorted(texts)


@pytest.mark.parametrize(
    ("lang", "address", "shelf"),
    [
        ("de", "Sie", "de-Sie"),
        ("de", "du", "de-du"),
        ("de", "neutral", "de-Sie"),
        ("en", "Sie", "en"),
        ("de-AT", "du", "de-du"),
    ],
)
async def test_language_and_address_choose_the_shelf(lang: str, address: str, shelf: str) -> None:
    words = await DRAFTER.draft(a_brief("?", lang=lang, address=address))

    assert words.template is not None
    assert words.template.startswith(f"{shelf}/unnamed#")
    assert words.lang == shelf[:2]


async def test_a_post_without_a_language_is_answered_in_the_channels_own() -> None:
    silent = Tone(lang="und", polarity="neutral", confidence=0.4)

    assert (await DRAFTER.draft(a_brief(post=a_post("", lang="en"), tone=silent))).lang == "en"
    with pytest.raises(DraftingError, match="please write"):
        await DRAFTER.draft(a_brief(tone=silent))


@pytest.mark.parametrize(
    ("change", "why"), [({"lang": "fr"}, "no templates in French"), ({"situation": "spam"}, "spam has no template")]
)
async def test_what_no_template_can_answer_is_left_to_a_person(change: dict[str, Any], why: str) -> None:
    with pytest.raises(DraftingError, match=why):
        await DRAFTER.draft(a_brief("?", **change))


async def test_a_reply_that_is_too_long_for_the_channel_is_not_offered() -> None:
    assert len((await DRAFTER.draft(a_brief("?", limit=180))).text) <= 180
    with pytest.raises(DraftingError, match="short enough for 40"):
        await DRAFTER.draft(a_brief("?", limit=40))


async def test_facts_are_said_word_for_word_and_claimed() -> None:
    words = await DRAFTER.draft(
        a_brief("Kein Strom!", facts=(CAUSE, Fact(id="F9", kind="action", text="Wir tauschen  es")))
    )

    assert "Ein Kabel ist gerissen. Wir tauschen es." in words.text
    assert [(claim.fact, claim.words) for claim in words.claims] == [
        ("F1", "Ein Kabel ist gerissen."),
        ("F9", "Wir tauschen es"),
    ]
    assert "Mehr" in words.text


async def test_in_a_wave_nobody_speaks_of_money() -> None:
    words = await DRAFTER.draft(a_brief("Kaputt!", facts=(MONEY,), crisis=True))

    assert words.claims == ()
    assert MONEY.text not in words.text


async def test_the_promise_to_write_again_is_named() -> None:
    assert (await DRAFTER.draft(a_brief("Mein Paket ist kaputt!"))).promises == ("Wir melden uns hier wieder.",)


@pytest.mark.parametrize("name", ["anna_92", "@anna", "Jürgen", "Dr. Meier", "Anne-Marie O’Neil"])
def test_a_plain_name_may_be_greeted(name: str) -> None:
    assert sayable_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "@everyone",
        "channel",
        "evil.com",
        "https://x.example",
        "<!channel>",
        "{{7*7}}",
        "+49 151 98765432",
        "a" * 31,
        "anna19870312",
        "a@b.de",
        "Anna\nBot",
        "\u202eannA",
    ],
)
def test_a_name_that_could_do_harm_is_not_said(name: str) -> None:
    assert sayable_name(name) == ""


@pytest.mark.parametrize(
    "attack", ["{{7*7}}", "{% for x in range(9999999) %}a{% endfor %}", "{{ ''.__class__.__mro__ }}"]
)
async def test_template_marks_in_a_customers_post_stay_text(attack: str, tmp_path: Path) -> None:
    shelf = tmp_path / "de-Sie"
    shelf.mkdir()
    (shelf / "praise.j2").write_text("Gesagt: {{ posts[0].text }} {{ author }}", encoding="utf-8")
    drafter = TemplateDrafter((tmp_path, *TEMPLATES))

    words = await drafter.draft(a_brief(post=a_post(f"Danke! {attack}", author=attack), situation="praise"))

    assert words.text == f"Gesagt: Danke! {attack}"


async def test_a_users_own_file_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "praise.j2").write_text("Cheers!\n", encoding="utf-8")
    drafter = TemplateDrafter((tmp_path, *TEMPLATES))

    assert (await drafter.draft(a_brief("great", lang="en", situation="praise"))).text == "Cheers!"
    assert (await drafter.draft(a_brief("great", situation="praise"))).text != "Cheers!"


async def test_a_broken_file_is_named_with_its_line_before_the_house_opens(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "praise.j2").write_text("Cheers!\n---\nHello\n{{ autor }}\n", encoding="utf-8")
    (tmp_path / "en" / "press.j2").write_text("{{ echo.claus }}", encoding="utf-8")
    drafter = TemplateDrafter((tmp_path, *TEMPLATES))

    with pytest.raises(WordsError, match=r"praise\.j2, line 4: 'autor' is not known to templates; use one of") as told:
        drafter.check_all()
    assert "press.j2, line 1:" in str(told.value)
    with pytest.raises(DraftingError, match="line 4"):
        await drafter.draft(a_brief("great", lang="en", situation="praise"))


def test_a_missing_folder_is_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(WordsError, match=r"templates/things-de\.toml is missing; `candor init` puts it back"):
        TemplateDrafter((tmp_path,)).check_all()
