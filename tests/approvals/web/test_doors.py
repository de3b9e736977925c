"""Nobody reads or decides who should not; nothing foreign becomes part of a page."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.approvals.web.pages import lang_tag, web_address
from bot.approvals.web.session import STAYS, Doorkeeper
from bot.approvals.web.wording import preferred, wordings
from bot.core.person import Person
from bot.core.question import Handover, Promise, Reply, Ruling, Signature, Trouble
from bot.errors import HistoryError
from tests.approvals.web.bakery import AYLIN, RITA, TOM, a_draft, a_finding, a_post, a_question
from tests.approvals.web.pretend import MORNING, PretendDecisions
from tests.approvals.web.visit import HERE, Visit, in_page, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.question import Question

WRITES = (
    "/q/1/approve", "/q/1/rewrite", "/q/1/decline", "/q/1/leave", "/q/1/redraft", "/q/1/fault", "/q/1/tone", "/q/1/claim",
    "/q/1/edit", "/q/1/escalate", "/q/1/settle", "/pause", "/resume",
)  # fmt: skip
EVERYTHING: dict[str, Any] = {
    "shown": "c1", "text": "Worte.", "kind": "other", "reason": "Ein Grund.", "fault": "open", "tone": "neutral",
    "there": "yes", "words": "kürzer", "lang": "de",
}  # fmt: skip


def a_visit(question: Question | None = None) -> Visit:
    house = PretendDecisions()
    house.put(question or a_question())
    return Visit(house)


def untouched(house: PretendDecisions) -> bool:
    return not (house.decided or house.asked or house.switched)


# --- getting in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/queue", "/q/1", "/q/1/standing?was=x", "/q/1/next"])
async def test_a_stranger_sees_nothing(path: str) -> None:
    answer = await a_visit().browser.get(path)

    assert answer.status_code == 401
    assert "Open the link that Candor printed" in seen(answer.text)
    assert "Brot" not in answer.text


async def test_a_one_time_link_lets_in_once() -> None:
    visit = a_visit()
    link = visit.keeper.invite(TOM)

    first = await visit.browser.get(link)
    second = await visit.another_browser().get(link)

    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert "Path=/" in cookie
    assert 'content="0;url=/"' in first.text
    assert second.status_code == 401
    assert "set-cookie" not in second.headers


async def test_behind_https_the_cookie_never_travels_in_the_clear() -> None:
    house = PretendDecisions()
    house.put(a_question())
    visit = Visit(house, https=True)

    entered = await visit.browser.get(visit.keeper.invite(TOM))

    assert "Secure" in entered.headers["set-cookie"]


async def test_each_link_belongs_to_one_person() -> None:
    visit = a_visit()
    aylin = visit.another_browser()
    await visit.enters(TOM)
    await visit.enters(AYLIN, browser=aylin)

    assert "You are Tom" in seen(await visit.reads("/"))
    assert "You are Aylin" in seen((await aylin.get("/")).text)


def test_a_cookie_ends_after_its_time() -> None:
    now = [MORNING]
    keeper = Doorkeeper(clock=lambda: now[0])
    cookie = keeper.enter(keeper.invite(TOM).partition("key=")[2])
    assert cookie is not None
    assert keeper.visitor(cookie) is not None

    now[0] += STAYS + timedelta(seconds=1)

    assert keeper.visitor(cookie) is None


@given(st.text(max_size=80))
def test_a_guessed_key_or_cookie_opens_nothing(guess: str) -> None:
    keeper = Doorkeeper(clock=lambda: MORNING)
    keeper.invite(TOM)

    assert keeper.enter(guess) is None
    assert keeper.visitor(guess) is None


async def test_a_link_on_another_site_leads_in_over_a_stepping_stone() -> None:
    visit = a_visit()

    answer = await visit.browser.get("/q/1", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 401
    assert 'content="0;url=/q/1"' in answer.text
    assert "Brot" not in answer.text


# --- writing -------------------------------------------------------------------------------------------------


async def test_a_write_without_the_token_of_the_page_changes_nothing() -> None:
    visit = await a_visit().enters()

    for path, token in product(WRITES, ("", "x" * 43)):
        answer = await visit.browser.post(path, data={**EVERYTHING, "version": "1", "token": token})
        assert answer.status_code == 403
    assert untouched(visit.decisions)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},
    ],
)
async def test_a_write_from_another_page_changes_nothing(headers: dict[str, str]) -> None:
    visit = await a_visit().enters()

    for path in WRITES:
        answer = await visit.sends(path, headers=headers, **EVERYTHING)
        assert answer.status_code == 403
    assert untouched(visit.decisions)


async def test_a_form_that_hides_its_origin_is_known_by_the_browsers_own_word() -> None:
    visit = await a_visit().enters()

    answer = await visit.sends("/q/1/claim", headers={"origin": "null", "sec-fetch-site": "same-origin"})

    assert answer.status_code == 303


async def test_a_token_of_another_person_is_worth_nothing() -> None:
    visit = await a_visit().enters(TOM)
    aylin = visit.another_browser()
    await visit.enters(AYLIN, browser=aylin)
    theirs = in_page((await aylin.get("/")).text, "token")

    for path in WRITES:
        answer = await visit.browser.post(path, data={**EVERYTHING, "version": "1", "token": theirs})
        assert answer.status_code == 403
    assert untouched(visit.decisions)


async def test_a_reader_looks_but_does_not_decide() -> None:
    visit = await a_visit().enters(RITA)

    page = await visit.reads("/q/1")
    answers = [(await visit.sends(path, **EVERYTHING)).status_code for path in WRITES]

    assert "Deciding needs the role" in seen(page)
    assert "/q/1/" not in "".join(re.findall(r'action="([^"]+)"', page))
    assert set(answers) == {403}
    assert untouched(visit.decisions)
    assert visit.decisions.refusals == [(1, "rita")] * 11


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "[", "::1"])
async def test_the_desk_answers_only_to_its_own_names(host: str) -> None:
    visit = await a_visit().enters()

    answer = await visit.browser.get("/", headers={"host": host})

    assert answer.status_code == 421
    assert "Brot" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "desk.example"])
async def test_loopback_and_configured_names_are_its_own(host: str) -> None:
    house = PretendDecisions()
    visit = Visit(house, hosts=("desk.example",))

    assert (await visit.browser.get("/", headers={"host": host})).status_code == 401


# --- what leaves ---------------------------------------------------------------------------------------------


async def test_every_answer_carries_the_headers_that_protect_it() -> None:
    visit = await a_visit().enters()

    for path in ("/", "/q/1", "/q/99", "/static/desk.css", "/enter?key=x", "/queue"):
        headers = (await visit.browser.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


async def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    visit = await a_visit().enters()

    for path in ("/", "/q/1", "/q/1?edit=1"):
        page = await visit.reads(path)
        assert not re.search(r"<script(?![^>]+src=)|<style|\son\w+=|\sstyle=|hx-on|javascript:", page)


SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{70001*7}}"


def everywhere(script: str) -> Question:
    """A question with the same words in every field that holds words."""
    post = a_post(script, author=script, url=f"javascript:{script}", lang=script, attachments=(script,), channel=script)
    draft = a_draft(
        script, findings=(a_finding(script, script[:9], why=script, hint=script), a_finding(script, "7", why=script)),
        promises=(script,), template=script, lang=script,
    )  # fmt: skip
    rows: dict[str, Any] = {
        "posts": (post,), "draft": draft, "note": script, "wish": script, "overheard": (script,), "tone_by": script,
        "signatures": (Signature(person=script, at=MORNING, surface="desk", reason=script),), "needs": 2,
        "said": (Reply(version=1, text=script, at=MORNING, post="1", url=f"data:text/html,{script}"),),
        "promises": (Promise(text=script, owner=script, due_at=MORNING),),
        "handover": Handover(kind="escalate", person=script, to=script, at=MORNING),
        "trouble": Trouble(attempt=1, why=script, at=MORNING),
        "ruling": Ruling(version=1, kind="declined", by=(script,), surface="desk", at=MORNING, why=script, reason=script),
    }  # fmt: skip
    return a_question(**rows)


@pytest.mark.parametrize("standing", ["asked", "failed", "unknown", "held", "published", "left_alone", "half_signed"])
async def test_a_script_in_every_field_stays_text(standing: str) -> None:
    question = everywhere(SCRIPT)
    visit = await a_visit(
        a_question(**({name: getattr(question, name) for name in ROWS} | {"standing": standing}))
    ).enters(Person(name=SCRIPT, roles=frozenset({"approver"})))

    for path in ("/", "/q/1", "/q/1?edit=1", "/?done=1", "/q/1/standing?was=x"):
        page = (await visit.browser.get(path)).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "490007" not in page
        assert not re.search(r'href="(javascript|data):', page)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/q/1\n", "/enter"])
async def test_nobody_is_sent_to_another_site(back: str) -> None:
    visit = await a_visit().enters()

    for path in ("/language", "/pause", "/resume"):
        assert (await visit.sends(path, back=back, lang="de")).status_code == 422


async def test_a_script_that_was_typed_stays_text() -> None:
    visit = await a_visit().enters()

    for answer in (
        await visit.sends("/q/1/rewrite", text=f"nie wieder {SCRIPT}</textarea>"),
        await visit.sends("/q/1/findings", text=f"nie wieder {SCRIPT}"),
        await visit.sends("/q/1/rewrite", version="9", text=SCRIPT),
        await visit.sends("/q/1/leave", kind=SCRIPT),
    ):
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text


async def test_links_in_a_customers_words_are_text() -> None:
    visit = await a_visit(a_question(text="Gewinnspiel: https://evil.example/klick")).enters()

    page = await visit.reads("/q/1")

    assert "https://evil.example/klick" in page
    assert 'href="https://evil' not in page


async def test_invisible_characters_do_not_turn_a_customers_words_around() -> None:
    visit = await a_visit(a_question(text="gut \u202eagid\u202c so\u200b")).enters()

    page = await visit.reads("/q/1")

    assert "\u202e" not in page
    assert "Invisible characters were taken out" in seen(page)


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://t.me/krume/1", True), ("http://127.0.0.1/1", True), ("javascript:alert(1)", False), ("//evil", False),
        ("data:text/html,x", False), ("https:evil", False), ("http://[", False), (None, False),
    ],
)  # fmt: skip
def test_only_web_addresses_can_be_followed(url: str | None, followed: bool) -> None:  # noqa: FBT001
    assert (web_address(url) == url) is (followed or url is None)
    assert bool(web_address(url)) is followed


def test_a_language_is_a_language_or_nothing() -> None:
    assert [lang_tag(lang) for lang in ("de", "pt-BR", "und", None, '"><b>', "de onfocus=x")] == [
        "de",
        "pt-BR",
        "",
        "",
        "",
        "",
    ]


async def test_a_memory_that_cannot_be_read_is_told_in_one_line() -> None:
    visit = await a_visit().enters()

    def locked(number: int) -> Question | None:
        raise HistoryError(f"the database is locked ({number})")

    visit.decisions.question = locked  # type: ignore[method-assign]
    answer = await visit.browser.get("/q/1")

    assert answer.status_code == 503
    assert "the database is locked" in seen(answer.text)


@pytest.mark.parametrize(
    "path", ["/?after=x/y", "/?after=99999999999999999999", "/q/99999999999999999999", "/q/0", "/q/x"]
)
async def test_odd_addresses_are_no_trouble(path: str) -> None:
    answer = await (await a_visit().enters()).browser.get(path)

    assert answer.status_code in (200, 404, 422)


# --- words ---------------------------------------------------------------------------------------------------


def test_both_languages_say_the_same_things() -> None:
    german, english = wordings()["de"].words, wordings()["en"].words

    assert german.keys() == english.keys()
    for name, words in german.items():
        assert holes(words) == holes(english[name]), name


def test_every_word_that_a_page_asks_for_is_there() -> None:
    from bot.approvals.web.pages import PAGES

    asked = {
        name
        for page in PAGES.glob("*.j2")
        for name in re.findall(r'w\.say\("([a-z_.]+)"[,)]', page.read_text(encoding="utf-8"))
    }

    assert asked
    assert asked <= wordings()["en"].words.keys()


@pytest.mark.parametrize(
    ("header", "lang"),
    [("de", "de"), ("de-CH, en;q=0.8", "de"), ("fr, de;q=0.2, en;q=0.9", "en"), ("fr", "en"), ("", "en"), ("de;q=0", "en"),
     ("de;q=x", "en"), (";;,,", "en")],
)  # fmt: skip
def test_the_language_is_the_readers_first_that_we_speak(header: str, lang: str) -> None:
    assert preferred(header, ("de", "en")) == lang


def holes(words: str) -> Sequence[str]:
    return sorted(set(re.findall(r"\{(\w+)\}", words)))


ROWS = (
    "posts", "draft", "note", "wish", "overheard", "tone_by", "signatures", "needs", "said", "promises", "handover", "trouble",
    "ruling",
)  # fmt: skip
