"""The desk as people meet it: in a real browser, with and without script, by mouse, by keys, on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.decision import Approved, Rewritten
from bot.core.why import Why
from tests.approvals.web.bakery import AYLIN, RITA, TOM, a_morning, a_question
from tests.approvals.web.browser import CHROMIUM, FLAGS, OpenDesk, open_desk
from tests.approvals.web.pretend import PretendDecisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from bot.core.person import Person

pytestmark = [
    pytest.mark.counterpart,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium: apt-get install chromium"),
]
AXE = Path("tests/counterparts/npm/node_modules/axe-core/axe.min.js")
POLL = 5_200
"""Milliseconds after which a page has asked again."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def morning() -> Iterator[OpenDesk]:
    with open_desk(a_morning()) as opened:
        yield opened


@pytest.fixture
def sits_down(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Somebody opens their one-time link; at the end nothing may have been blocked or broken on any page."""
    contexts, complaints = [], []

    def sit_down(desk: OpenDesk, person: Person = TOM, **wishes: Any) -> Page:
        size = {"width": 1280, "height": 900}
        context = chromium.new_context(**({"locale": "en-GB", "viewport": size} | wishes))
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        if wishes.get("java_script_enabled", True):
            page.clock.install()
        page.goto(desk.link_for(person))
        page.wait_for_url(f"{desk.address}/")
        return page

    yield sit_down
    for context in contexts:
        context.close()
    assert [said for said in complaints if not re.search(r"status of 4|\b503\b", said)] == []


def test_a_click_approves_and_the_next_question_opens(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.get_by_role("link", name="Oliver Grant").click()

    page.get_by_role("button", name="Approve & send to Telegram").click()

    page.wait_for_url("**/q/*?done=6")
    assert [type(decision) for decision in morning.decisions.decided] == [Approved]
    assert (
        page.locator("main").get_by_role("status").first.inner_text() == "Question 6: approved, on its way to Telegram."
    )


def test_the_second_of_two_people_reads_to_the_end_and_sends(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.goto(f"{morning.address}/q/3")
    send = page.get_by_role("button", name="Approve as the second & send to Telegram")

    send.click()
    assert morning.decisions.decided == []
    page.get_by_label("I have read both texts to the end.").check()
    send.click()

    page.wait_for_url("**/q/*?done=3")
    assert morning.decisions.rows[3].standing == "sending"


def test_a_stop_is_edited_away_while_the_guard_reads_along(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.goto(f"{morning.address}/q/2")
    assert page.get_by_role("button", name="Approve").count() == 0

    page.get_by_role("button", name="Edit").click()
    field = page.get_by_label("Your words to Jana Wolff")
    field.fill("Das tut uns leid. Es passiert nie wieder.")
    page.clock.run_for(1_000)
    page.get_by_text("Niemand kann das versprechen.").wait_for()
    assert page.get_by_label("Reason for sending in spite of a stop").is_visible()
    field.fill("Das tut uns leid. Wir prüfen, woran es lag.")
    page.clock.run_for(1_000)
    page.get_by_text("Nothing was found in these words.").wait_for()
    assert not page.get_by_label("Reason for sending in spite of a stop").is_visible()
    page.get_by_role("button", name="Approve these words & send to Telegram").click()

    page.wait_for_url("**/q/*?done=2")
    (decision,) = morning.decisions.decided
    assert isinstance(decision, Rewritten)
    assert decision.text == "Das tut uns leid. Wir prüfen, woran es lag."


def test_a_liftable_stop_goes_out_with_a_written_reason(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.goto(f"{morning.address}/q/2?edit=1")

    page.get_by_label("Your words to Jana Wolff").fill("Es passiert nie wieder.")
    page.clock.run_for(1_000)
    page.get_by_text("Niemand kann das versprechen.").wait_for()
    page.get_by_label("Reason for sending in spite of a stop").fill("Der Ofen ist verkauft.")
    page.get_by_role("button", name="Approve these words & send to Telegram").click()

    page.wait_for_url("**/q/*?done=2")
    (decision,) = morning.decisions.decided
    assert isinstance(decision, Rewritten)
    assert decision.reason == "Der Ofen ist verkauft."


def test_an_unknown_outcome_is_settled_by_looking(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.goto(f"{morning.address}/q/9")

    page.get_by_role("button", name="It stands there").click()

    page.wait_for_url("**/q/9")
    assert morning.decisions.asked == [("settle", 9, "Tom", "desk", True)]


def test_two_browsers_race_and_nothing_typed_is_lost(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    tom, aylin = sits_down(morning, TOM), sits_down(morning, AYLIN)
    tom.goto(f"{morning.address}/q/6?edit=1")
    tom.get_by_label("Your words to Oliver Grant").fill("Words that took a while.")

    aylin.goto(f"{morning.address}/q/6")
    aylin.get_by_role("button", name="Approve & send to Telegram").click()
    aylin.wait_for_url("**?done=6")
    tom.clock.run_for(POLL)
    tom.get_by_text("This question has moved on: on its way, version 1.").wait_for()
    assert tom.get_by_label("Your words to Oliver Grant").input_value() == "Words that took a while."
    tom.get_by_role("button", name="Approve these words & send to Telegram").click()

    assert "Somebody was faster: Aylin decided" in tom.get_by_role("alert").inner_text()
    assert tom.get_by_label("Your words, kept for you").input_value() == "Words that took a while."
    assert tom.get_by_role("button", name="Copy").is_visible()
    assert [decision.by.name for decision in morning.decisions.decided] == ["Aylin"]


def test_a_question_arrives_while_the_inbox_is_open(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.get_by_role("link", name="H. Brandt").focus()

    morning.decisions.put(a_question(40, author="Newcomer", due_in=1))
    page.clock.run_for(POLL)

    page.get_by_role("link", name="Newcomer").wait_for()
    assert page.locator("main").get_by_role("status").inner_text() == "1 new question"
    assert page.evaluate("document.activeElement.id") == "row-7"


def test_a_dead_line_turns_an_open_page_red_and_is_forgiven_when_it_goes_again(
    morning: OpenDesk, sits_down: Callable[..., Page]
) -> None:
    page = sits_down(morning)
    bar = page.get_by_role("status", name="What does not work")
    quiet = bar.inner_text()

    morning.health.ill("telegram", "hearing", Why.telegram_key())
    page.clock.run_for(POLL)
    page.get_by_text("Telegram: new posts do not reach us").wait_for()
    red = page.locator(".troubles .ill").evaluate("bar => getComputedStyle(bar).borderBottomWidth")
    morning.health.well("telegram", "hearing")
    page.clock.run_for(POLL)
    page.get_by_text("Telegram works again").wait_for()

    assert (quiet, red) == ("", "2px")
    assert page.locator(".troubles .ill").count() == 0


def test_a_reply_on_its_way_becomes_a_published_one_before_our_eyes(
    morning: OpenDesk, sits_down: Callable[..., Page]
) -> None:
    page = sits_down(morning)
    page.goto(f"{morning.address}/q/6")
    page.get_by_role("button", name="Approve & send to Telegram").click()
    page.goto(f"{morning.address}/q/6")
    page.get_by_text("Approved by Tom. The reply is on its way to Telegram.").wait_for()

    morning.decisions.publishes(6)
    page.clock.run_for(POLL)

    link = page.get_by_role("link", name="Our reply on Telegram").first
    link.wait_for()
    assert link.get_attribute("href") == "https://t.me/krume/600"


def test_without_script_everything_can_be_decided(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning, java_script_enabled=False)
    page.get_by_role("link", name="Lena").click()
    page.get_by_text("Leave alone", exact=True).click()
    page.get_by_label("settled elsewhere").check()
    page.get_by_role("button", name="Leave alone, without a reply").click()
    page.wait_for_url("**?done=5")

    page.goto(f"{morning.address}/q/2")
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Your words to Jana Wolff").fill("Es passiert nie wieder.")
    page.get_by_role("button", name="Approve these words & send to Telegram").click()
    page.get_by_label("Reason for sending in spite of a stop").fill("Der Ofen ist verkauft.")
    page.get_by_role("button", name="Approve these words & send to Telegram").click()

    page.wait_for_url("**?done=2")
    assert [type(decision).__name__ for decision in morning.decisions.decided] == ["LeftAlone", "Rewritten"]


def test_the_keyboard_alone_is_enough_and_no_single_key_sends(
    morning: OpenDesk, sits_down: Callable[..., Page]
) -> None:
    page = sits_down(morning)
    keys = page.keyboard

    for key in "jjjj":
        keys.press(key)
    keys.press("k")
    assert page.evaluate("document.activeElement.id") == "row-7"
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url("**/q/4")
    keys.press("a")
    assert morning.decisions.decided == []
    keys.press("Enter")
    page.wait_for_url("**?done=4")
    assert [decision.question for decision in morning.decisions.decided] == [4]

    page.goto(f"{morning.address}/q/6")
    keys.press("l")
    keys.press("Space")
    keys.press("?")
    assert page.get_by_role("dialog").is_visible()
    keys.press("Escape")
    keys.press("d")
    assert page.get_by_role("button", name="Decline this draft").is_visible()
    keys.press("j")
    page.wait_for_url("**/q/8")


def test_keys_can_be_switched_off(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("button", name="Switch keys off").click()
    page.get_by_role("button", name="Close").click()

    page.keyboard.press("j")

    assert page.evaluate("document.activeElement.className") != "question-row"


def test_typing_a_letter_into_a_field_is_only_a_letter(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    page = sits_down(morning)
    page.goto(f"{morning.address}/q/8")

    page.get_by_label("Your words to Elif").press_sequentially("ja, klar?")

    assert page.get_by_label("Your words to Elif").input_value() == "ja, klar?"
    assert page.url.endswith("/q/8")


def test_a_lost_connection_is_said_and_a_found_one_takes_it_back(
    morning: OpenDesk, sits_down: Callable[..., Page]
) -> None:
    page = sits_down(morning)

    page.route("**/queue*", lambda route: route.fulfill(status=503))
    page.clock.run_for(POLL)
    page.get_by_text("No answer from Candor.").wait_for()
    page.unroute("**/queue*")
    page.clock.run_for(POLL)

    page.get_by_text("No answer from Candor.").wait_for(state="hidden")


@pytest.mark.parametrize("width", [360, 390, 640])
def test_small_and_zoomed_pages_need_no_sideways_scrolling(
    morning: OpenDesk, sits_down: Callable[..., Page], width: int
) -> None:
    page = sits_down(morning, viewport={"width": width, "height": 740})

    for path in ("/", "/q/2", "/q/2?edit=1", "/q/3", "/q/4", "/q/9"):
        page.goto(morning.address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_dark_is_dark_and_light_is_light(morning: OpenDesk, sits_down: Callable[..., Page]) -> None:
    paper = {
        scheme: sits_down(morning, color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }

    assert paper == {"light": "rgb(250, 249, 246)", "dark": "rgb(21, 24, 27)"}


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm ci in tests/counterparts/npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(morning: OpenDesk, sits_down: Callable[..., Page], scheme: str) -> None:
    page = sits_down(morning, color_scheme=scheme)
    morning.decisions.pause(by="Tom")
    morning.health.ill("telegram", "hearing", Why.telegram_key())

    for path in ("/", "/q/2?edit=1", "/q/3", "/q/4", "/q/9"):
        page.goto(morning.address + path)
        for opened in page.locator("summary").all():
            opened.click()
        assert faults_on(page) == [], path


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm ci in tests/counterparts/npm")
def test_axe_finds_no_fault_for_readers_in_empty_rooms_and_at_closed_doors(sits_down: Callable[..., Page]) -> None:
    with open_desk(PretendDecisions()) as empty:
        page = sits_down(empty, RITA)
        assert faults_on(page) == []
        empty.decisions.put(a_question())
        for path in ("/q/1", "/q/99"):
            page.goto(empty.address + path)
            assert faults_on(page) == [], path
        page.context.clear_cookies()
        page.goto(empty.address)
        assert faults_on(page) == []


def faults_on(page: Page) -> list[str]:
    page.clock.resume()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]
