"""A request, an invitation, a word of defence or a change of mind is not answered as a complaint; joy not where there is none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.core.case import Case
from bot.core.tone import Tone
from bot.drafting.template import TemplateDrafter
from bot.errors import DraftingError
from bot.guard.guard import Guard
from tests.drafting.briefs import TEMPLATES, a_brief, a_post
from tests.drafting.posts import HARM, PAGE, drafted, page, posts

DRAFTER = TemplateDrafter(TEMPLATES)
GLAD = re.compile(
    r"freut uns|wie schön|schöne Nachricht|lieben Worte|freundlichen Worte|alles gut|happy|lovely|kind words|nice to|all good",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"für (?:Sie|dich) tun|worum es geht|haben Sie eine Frage|hast du eine Frage|etwas von uns|can we do for you|need from us|what it is about",
    re.IGNORECASE,
)


async def _template(text: str, situation: str = "complaint_calm_open", lang: str = "de", **changed: object) -> str:
    words = await DRAFTER.draft(a_brief(post=a_post(text, author="", **changed), lang=lang, situation=situation))
    return str(words.template).partition("/")[2].partition("#")[0]


async def test_every_draft_for_these_customers_was_read_aloud() -> None:
    assert await page() == PAGE.read_text(encoding="utf-8"), "read it, then run: python -m tests.drafting.posts"


@pytest.mark.parametrize("heard", ["n", "w", "q"])
async def test_a_harm_that_the_judge_did_not_hear_is_not_met_with_joy(heard: str) -> None:
    for post in posts():
        if post.kind in HARM:
            text = await drafted(DRAFTER, post.heard_as(heard))
            assert not GLAD.search(text), (post.text, text)


async def test_whoever_said_at_length_what_happened_is_not_asked_what_it_is_about() -> None:
    for post in posts():
        for heard in "chnqw":
            text = await drafted(DRAFTER, post.heard_as(heard))
            assert len(post.text) < 30 or not ASKED.search(text), (post.text, text)


@pytest.mark.parametrize("heard", ["c", "h"])
async def test_praise_heard_as_a_complaint_admits_and_names_nothing(heard: str) -> None:
    for post in posts():
        if post.kind == "w":
            assert "unnamed" in (text := await drafted(DRAFTER, post.heard_as(heard))) or "neutral" in text, text


@pytest.mark.parametrize(
    ("text", "lang", "template"),
    [
        ("Mein Paket ist nicht angekommen", "de", "complaint_calm_open"),
        ("Ich bin einfach nur enttäuscht von euch", "de", "unnamed"),
        ("Könnt ihr bitte die Mohnschnecken zurückbringen???", "de", "wish"),
        ("Es wäre schön, wenn ihr sonntags öffnen würdet", "de", "wish"),
        ("Es wäre schön, wenn endlich jemand ans Telefon ginge", "de", "unnamed"),
        ("Mein Fehler, das Brötchen lag im Auto!", "de", "settled"),
        ("Das war nicht mein Fehler, sondern eurer", "de", "unnamed"),
        ("Angeblich mein Fehler. Ich lach mich tot", "de", "unnamed"),
        ("Hat sich erledigt, ich kaufe jetzt woanders", "de", "unnamed"),
        ("Die Kollegin hat geweint. Lasst die Leute in Ruhe", "de", "neutral"),
        ("Please bring back the poppy rolls", "en", "wish"),
        ("Never mind, found it", "en", "settled"),
        ("You say it was my fault. It was not", "en", "unnamed"),
        ("Wait for the facts, people. Don't be hard on them", "en", "neutral"),
    ],
)
async def test_what_a_post_asks_of_us_decides_the_template(text: str, lang: str, template: str) -> None:
    assert await _template(text, lang=lang) == template


@pytest.mark.parametrize(
    ("text", "lang", "template"),
    [
        ("Bestes Brot der Stadt, danke!", "de", "praise"),
        ("😍😍🥐", "de", "praise"),
        ("Toll, aber das Brot war hart", "de", "neutral"),
        ("Mein Freund arbeitet bei euch und wurde heute auf der Straße bespuckt", "de", "neutral"),
        ("The best pretzel. Would somebody please say what happened", "en", "neutral"),
        ("Never showed up. Great job.", "en", "neutral"),
    ],
)
async def test_joy_needs_joyful_words(text: str, lang: str, template: str) -> None:
    assert await _template(text, "praise", lang) == template


@pytest.mark.parametrize(
    "text", ["Ihr seid der Grund, warum ich noch hier wohne.", "Hört auf, auf den Platzwart einzuprügeln."]
)
async def test_what_asks_nothing_is_not_answered_as_a_question(text: str) -> None:
    assert await _template(text, "question") == "neutral"


async def test_irony_is_taken_seriously() -> None:
    tone = Tone(lang="de", polarity="positive", confidence=0.5, flags=frozenset({"praise", "sarcasm"}))
    brief = a_brief("Ganz großes Handwerk, Chapeau", situation="praise", tone=tone)

    assert str((await DRAFTER.draft(brief)).template).startswith("de-Sie/unnamed")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Treffpunkt wie immer vorm Laden, zehn Uhr", "de"),
        ("Weiß jemand, ob die heute offen haben?", "de"),
        ("We're meeting outside the bakery at noon", "en"),
    ],
)
async def test_people_who_speak_to_each_other_are_left_to_a_person(text: str, lang: str) -> None:
    with pytest.raises(DraftingError, match="speak to each other"):
        await _template(text, "neutral", lang)


async def test_a_post_that_only_names_us_is_not_greeted_as_a_question() -> None:
    with pytest.raises(DraftingError, match="speak to each other"):
        await _template("Mürbling oder der Backshop?", "question", aimed="names_us")


@pytest.mark.parametrize("situation", ["safety", "legal", "press", "offence"])
async def test_what_is_grave_stays_grave_whatever_else_is_said(situation: str) -> None:
    assert await _template("Mein Fehler? Treffpunkt beim Anwalt!", situation) == situation


async def test_the_newest_post_tells_whether_it_is_settled() -> None:
    first, then = a_post("Paket nicht da", id="-100/1"), a_post("Hat sich erledigt, danke", id="-100/2")
    brief = a_brief("")

    assert "settled" in str((await DRAFTER.draft(replace(brief, posts=(first, then)))).template)
    assert "complaint" in str((await DRAFTER.draft(replace(brief, posts=(then, first)))).template)


@pytest.mark.parametrize(("lang", "address"), [("de", "Sie"), ("de", "du"), ("en", "neutral")])
async def test_nine_identical_posts_get_nine_visibly_different_answers(lang: str, address: str) -> None:
    text = {"de": "Wer Essen vernichtet, hat hier nichts verloren!", "en": "They ruin bread. Don't buy there!"}[lang]
    said = [
        (await DRAFTER.draft(a_brief(post=a_post(text, author="", id=f"-100/{n}"), lang=lang, address=address))).text
        for n in range(897, 915, 2)
    ]

    openings = {words.partition(".")[0] for words in said}
    assert len(openings) == 9
    for one in said:
        for other in said:
            first, second = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
            assert one is other or len(first & second) < 0.6 * len(first | second), (one, other)


async def test_no_draft_for_these_customers_is_stopped_by_the_guard() -> None:
    guard = Guard()
    for post in posts():
        for heard in "chqnwslr":
            text = (await drafted(DRAFTER, post.heard_as(heard))).partition(": ")[2]
            case = Case(text=text, mention=post.text, lang=post.lang, address=post.heard_as(heard).address)
            assert guard.check(case) == [], (post.text, text)


@pytest.mark.parametrize("lang", ["de", "en"])
async def test_no_template_invents_a_department(lang: str) -> None:
    rooms = re.compile(r"stelle\b|abteilung|\bteam\b|kolleg|press (?:team|office)|department|colleague", re.IGNORECASE)
    for post in posts():
        for heard in "chqnwslr":
            if post.lang == lang:
                assert not rooms.search((await drafted(DRAFTER, post.heard_as(heard))).partition(": ")[2])
