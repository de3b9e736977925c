"""The desk shows what is asked, and takes what a person decides."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.web.desk import STATIC
from bot.approvals.web.forms import digest
from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.question import Handover, Reply, Ruling, Signature, Trouble
from bot.core.why import Why
from bot.errors import NotAllowed
from tests.approvals.web.bakery import (
    AYLIN,
    TOM,
    a_draft,
    a_finding,
    a_house,
    a_morning,
    a_post,
    a_question,
    a_tone,
)
from tests.approvals.web.pretend import MORNING, PretendDecisions
from tests.approvals.web.visit import Visit, seen

if TYPE_CHECKING:
    from bot.core.question import Question

ENGLISH = {"accept-language": "en"}


async def a_visit(*questions: Question, **wiring: Any) -> Visit:
    house = PretendDecisions()
    house.put(*questions)
    return await Visit(house, **wiring).enters(TOM)


# --- reading -------------------------------------------------------------------------------------------------


async def test_the_most_urgent_question_stands_first() -> None:
    visit = await a_visit(a_question(1, author="Later", due_in=90), a_question(2, author="Sooner", due_in=-5))

    page = seen(await visit.reads("/"))

    assert page.index("Sooner") < page.index("Later")
    assert "overdue by 5 min" in page
    assert "2 open questions" in page


@pytest.mark.parametrize(
    ("question", "german"),
    [
        (
            a_question(1, "needs_words", reply=None, note=Why.foreign_language(lang="tr")),
            "Türkisch: kein Entwurf, bitte",
        ),
        (
            a_question(
                1, "failed", trouble=Trouble(attempt=1, why=Why.telegram_refuses(said=Why.post_gone()), at=MORNING)
            ),
            "Telegram lehnt ab: Den Beitrag, auf den geantwortet wird, gibt es nicht mehr.",
        ),
        (
            a_question(1, "unknown", trouble=Trouble(attempt=1, why=Why.telegram_look(attempt=1), at=MORNING)),
            "kann nur ein Mensch sehen (Versuch 1).",
        ),
    ],
    ids=["note", "failed", "in doubt"],
)
async def test_what_the_house_says_is_german_on_the_german_desk(question: Question, german: str) -> None:
    visit = await a_visit(question)

    assert german in seen(await visit.reads("/q/1", **{"accept-language": "de"}))


async def test_in_doubt_the_page_shows_what_was_sent_not_what_was_drafted_since() -> None:
    trouble = Trouble(attempt=1, why=Why.telegram_look(attempt=1), at=MORNING, text="Das tut uns leid.")
    visit = await a_visit(a_question(1, "unknown", reply="Auch das Brötchen sehen wir uns an.", trouble=trouble))

    page = seen(await visit.reads("/q/1"))

    assert "Das tut uns leid." in page
    assert "Auch das Brötchen" not in page


async def test_why_a_click_counted_for_nothing_is_german_on_the_german_desk() -> None:
    visit = await a_visit(a_question())
    visit.decisions.refuses = NotAllowed(Why.second_look_from(clock="09:41:00"))

    answer = await visit.sends("/q/1/approve", headers={"accept-language": "de"})

    assert "Der zweite Blick ist ab 09:41:00 Uhr möglich." in seen(answer.text)


async def test_a_sentence_kept_before_reasons_had_names_is_still_read() -> None:
    visit = await a_visit(a_question(1, "needs_words", reply=None, note="Drafting broke (KeyError): please write."))

    assert "Drafting broke (KeyError): please write." in seen(await visit.reads("/q/1"))


async def test_heated_risky_and_reopened_ones_are_marked_in_words() -> None:
    said = Reply(version=1, text="We ask in the shop.", at=MORNING, post="1")
    tone = a_tone(arousal="heated", certain=False)
    visit = await a_visit(a_question(tone=tone, needs=2, said=(said,)))

    page = seen(await visit.reads("/"))

    for mark in ("heated", "two people", "tone unclear", "came back"):
        assert mark in page


async def test_the_inbox_filters_by_channel_and_standing_and_counts_truly() -> None:
    posts = (a_post("Nobody answers the phone.", channel="webhook"),)
    visit = await a_visit(
        a_question(1), a_question(2, posts=posts), a_question(3, "unknown"), channels=("telegram", "webhook")
    )

    by_channel = seen(await visit.reads("/?channel=webhook"))
    by_standing = seen(await visit.reads("/?standing=unknown"))

    assert "3 open questions, 1 of them fits the filter" in by_channel
    assert "Nobody answers the phone." in by_channel
    assert "Mein Brot" not in by_channel
    assert "3 open questions, 1 of them fits the filter" in by_standing


async def test_fifty_are_shown_and_the_next_fifty_are_one_click_away() -> None:
    visit = await a_visit(*(a_question(number, author=f"Kim {number}", due_in=number) for number in range(1, 61)))

    first = await visit.reads("/")
    further = re.search(r'href="(/\?after=[^"]+)"', first)
    assert further is not None
    second = await visit.reads(further.group(1))

    assert first.count('class="question-row"') == 50
    assert second.count('class="question-row"') == 10
    assert "60 open questions" in seen(second)


async def test_five_thousand_open_questions_are_no_reason_to_wait() -> None:
    visit = await a_visit(*(a_question(number, due_in=number % 700) for number in range(1, 5_001)))
    await visit.reads("/")

    took = []
    for _ in range(5):
        begun = time.perf_counter()
        page = await visit.reads("/")
        took.append(time.perf_counter() - begun)

    assert "5,000 open questions" in seen(page)
    assert min(took) <= 0.150
    assert len(page.encode()) <= 100_000


async def test_an_empty_inbox_says_what_will_appear() -> None:
    visit = await a_visit()

    page = seen(await visit.reads("/"))

    assert "Nothing is open." in page
    assert "As soon as a customer writes to Bäckerei Krume" in page


async def test_the_list_is_sent_again_only_when_something_changed() -> None:
    visit = await a_visit(a_question(1))
    page = await visit.reads("/")
    again = re.search(r'hx-get="(/queue[^"]*)"', page)
    assert again is not None
    path = again.group(1).replace("&amp;", "&")

    unchanged = await visit.browser.get(path)
    visit.decisions.put(a_question(2, author="Newcomer", due_in=1))
    changed = await visit.browser.get(path)

    assert unchanged.status_code == 204
    assert "Newcomer" in changed.text
    assert "1 new question" in changed.text


async def test_a_question_shows_the_posts_newest_last_with_what_we_said_between() -> None:
    visit = Visit(a_morning())
    await visit.enters()

    page = seen(await visit.reads("/q/4"))

    asked, answered, again = (
        page.index("zwanzig Minuten"),
        page.index("Danke für den Hinweis"),
        page.index("Und? Gestern"),
    )
    assert asked < answered < again
    assert "Murat Öztürk came back after our answer." in page
    assert "What we promised Wir schreiben hier wieder. (Tom) due in 5 h" in page


async def test_attachments_are_named_and_edits_are_told() -> None:
    posts = (replace(a_post("So kam sie an.", attachments=("picture", "picture", "voice note")), edited=True),)
    visit = await a_visit(a_question(posts=posts))

    page = seen(await visit.reads("/q/1"))

    assert "with 2 × picture, voice note" in page
    assert "edited by the customer" in page


async def test_a_finding_is_underlined_where_it_is_with_a_better_way_beside_it() -> None:
    visit = Visit(a_morning())
    await visit.enters()

    page = await visit.reads("/q/2")

    assert '<mark class="stop">das passiert nie wieder</mark>' in page
    assert "„Wir ändern, was daran zu ändern ist, und sagen hier, was es war.“" in seen(page)


async def test_times_are_relative_with_the_exact_time_of_the_house_on_hover() -> None:
    visit = await a_visit(a_question())

    page = await visit.reads("/q/1", **ENGLISH)

    assert 'title="24 November 2026, 08:48 (Europe/Berlin)">12 min ago</time>' in page
    assert 'datetime="2026-11-24T07:48:00+00:00"' in page


async def test_the_browser_chooses_the_language_and_the_person_may_change_it() -> None:
    visit = await a_visit(a_question())

    german = await visit.reads("/", **{"accept-language": "de-AT,en;q=0.5"})
    await visit.sends("/language", lang="en", back="/q/1")
    english = await visit.reads("/", **{"accept-language": "de-AT,en;q=0.5"})

    assert '<html lang="de">' in german
    assert "1 offener Vorgang" in seen(german)
    assert '<html lang="en">' in english


async def test_a_customers_words_carry_their_language_and_direction() -> None:
    posts = (a_post("مرحبا", lang="ar"),)
    visit = await a_visit(a_question(posts=posts, tone=a_tone(lang="ar")))

    assert '<p class="words" lang="ar" dir="auto">مرحبا</p>' in await visit.reads("/q/1")


async def test_a_long_thread_keeps_the_page_small_and_everything_within_reach() -> None:
    posts = tuple(a_post("x" * 4_000, number=number, minutes_ago=100 - number) for number in range(1, 60))
    visit = await a_visit(a_question(posts=posts))

    short, whole = await visit.reads("/q/1"), await visit.reads("/q/1?whole=1")

    assert len(short.encode()) <= 100_000
    assert "39 earlier posts are not shown." in seen(short)
    assert whole.count("x" * 4_000) == 59


@pytest.mark.parametrize(
    ("due_in", "mark"), [(30, ""), (10, "half the time gone"), (2, "time nearly up"), (-1, "overdue")]
)
async def test_what_has_waited_long_is_marked_in_words_as_people_are_nudged(due_in: float, mark: str) -> None:
    """The sample's post is twelve minutes old."""
    visit = await a_visit(a_question(due_in=due_in))

    found = re.findall(r'class="mark late-(\d)">([^<]*)<', await visit.reads("/"))

    assert [words for _, words in found] == ([mark] if mark else [])


async def test_what_is_on_its_way_is_marked_late_by_nobody() -> None:
    assert "late-3" not in await (await a_visit(a_question(standing="sending", due_in=-60))).reads("/")


async def test_next_and_previous_go_around_in_the_order_of_the_inbox() -> None:
    visit = await a_visit(a_question(1, due_in=1), a_question(2, due_in=2), a_question(3, due_in=3))

    following = [(await visit.browser.get(f"/q/{number}/next")).headers["location"] for number in (1, 2, 3)]

    assert following == ["/q/2", "/q/3", "/q/1"]
    assert (await visit.browser.get("/q/1/previous")).headers["location"] == "/q/3"


async def test_what_is_not_there_is_a_page_with_a_way_back() -> None:
    visit = await a_visit()

    for path in ("/q/7", "/q/7/standing?was=x", "/nowhere"):
        answer = await visit.browser.get(path)
        assert answer.status_code == 404
        assert 'href="/"' in answer.text


# --- deciding ------------------------------------------------------------------------------------------------


async def test_approving_sends_exactly_what_was_shown_and_opens_the_next_question() -> None:
    visit = await a_visit(a_question(1), a_question(2, due_in=60))

    answer = await visit.sends("/q/1/approve", shown="c1")

    assert visit.decisions.decided == [Approved(question=1, version=1, by=TOM, surface="desk", shown="c1")]
    assert (answer.status_code, answer.headers["location"]) == (303, "/q/2?done=1")
    assert "Question 1: approved, on its way to Telegram." in seen(await visit.reads("/q/2?done=1"))


async def test_the_button_says_what_happens() -> None:
    visit = await a_visit(
        a_question(1), a_question(2, needs=2), a_question(3, needs=2, signatures=(signed_by("Aylin"),))
    )

    assert "Approve & send to Telegram" in seen(await visit.reads("/q/1"))
    assert "Approve as the first of two" in seen(await visit.reads("/q/2"))
    assert "Approve as the second & send to Telegram" in seen(await visit.reads("/q/3"))


async def test_typed_words_go_out_as_they_were_typed() -> None:
    visit = await a_visit(a_question())

    await visit.sends("/q/1/rewrite", text=" Das tut uns leid.\r\n\r\nWir fragen nach. ")

    (decision,) = visit.decisions.decided
    assert isinstance(decision, Rewritten)
    assert decision.text == "Das tut uns leid.\n\nWir fragen nach."


@pytest.mark.parametrize("kind", ["wrong_facts", "wrong_tone", "too_vague", "not_ours", "other"])
async def test_a_draft_can_be_declined_with_kind_and_reason(kind: str) -> None:
    visit = await a_visit(a_question())

    await visit.sends("/q/1/decline", kind=kind, reason="Wir hatten gestern zu.")

    (decision,) = visit.decisions.decided
    assert isinstance(decision, Declined)
    assert (decision.kind, decision.reason) == (kind, "Wir hatten gestern zu.")


@pytest.mark.parametrize("kind", ["spam", "praise", "settled_elsewhere", "other"])
async def test_a_question_can_be_left_alone_with_kind_and_reason(kind: str) -> None:
    visit = await a_visit(a_question())

    answer = await visit.sends("/q/1/leave", kind=kind, reason="Steht schon fest.")

    (decision,) = visit.decisions.decided
    assert isinstance(decision, LeftAlone)
    assert decision.kind == kind
    assert "Left alone by Tom" in seen(await visit.reads("/q/1"))
    assert answer.headers["location"] == "/?done=1"


async def test_a_kind_that_nobody_offered_is_refused() -> None:
    visit = await a_visit(a_question())

    answer = await visit.sends("/q/1/leave", kind="tedious")

    assert answer.status_code == 422
    assert visit.decisions.decided == []


async def test_a_new_draft_another_fault_and_a_corrected_tone_can_be_asked_for() -> None:
    visit = await a_visit(a_question())

    answers = [
        await visit.sends("/q/1/redraft", words="kürzer"),
        await visit.sends("/q/1/fault", fault="confirmed"),
        await visit.sends("/q/1/tone", tone="neutral"),
    ]

    assert [answer.headers["location"] for answer in answers] == ["/q/1"] * 3
    assert visit.decisions.asked == [
        ("redraft", 1, "Tom", "desk", "kürzer"),
        ("fault", 1, "Tom", "desk", "confirmed"),
        ("tone", 1, "Tom", "desk", "neutral"),
    ]


async def test_claiming_escalating_and_editing_leave_the_question_open_and_are_seen() -> None:
    visit = await a_visit(a_question())

    assert (await visit.sends("/q/1/claim")).headers["location"] == "/q/1"
    assert (await visit.sends("/q/1/escalate")).headers["location"] == "/q/1"
    assert (await visit.sends("/q/1/edit")).headers["location"] == "/q/1?edit=1#words"

    assert [asked[0] for asked in visit.decisions.asked] == ["claim", "escalate", "editing"]
    assert "Tom is editing until 09:10" in seen(await visit.reads("/q/1"))


@pytest.mark.parametrize(("there", "becomes"), [("yes", True), ("no", False)])
async def test_of_an_unknown_outcome_a_person_says_what_they_saw(there: str, becomes: bool) -> None:  # noqa: FBT001
    trouble = Trouble(attempt=1, why="the answer was lost", at=MORNING)
    visit = await a_visit(a_question(standing="unknown", trouble=trouble))

    drawn = await visit.reads("/q/1")
    await visit.sends("/q/1/settle", there=there)

    page = seen(drawn)
    assert 'name="attempt" value="1"' in drawn
    assert "It stands there" in page
    assert "It is not there: send again" in page
    assert "Approve" not in page
    assert visit.decisions.asked == [("settle", 1, "Tom", "desk", becomes)]


async def test_a_question_without_a_draft_is_an_open_field() -> None:
    visit = Visit(a_morning())
    await visit.enters()

    page = await visit.reads("/q/8")

    assert "Turkish: nothing drafted, please write." in seen(page)
    assert '<textarea id="words"' in page
    assert "/q/8/approve" not in page


async def test_a_published_reply_shows_who_when_and_where() -> None:
    visit = await a_visit(a_question())
    await visit.sends("/q/1/approve", shown="c1")
    visit.decisions.publishes(1)

    page = await visit.reads("/q/1")

    assert "Published on Telegram, just now. Decided by Tom." in seen(page)
    assert 'href="https://t.me/krume/100"' in page
    assert "<textarea" not in page


async def test_sending_is_paused_and_resumed_from_the_top_of_the_page() -> None:
    visit = await a_visit(a_question())

    stayed = await visit.sends("/pause", back="/q/1")
    paused = seen(await visit.reads("/"))
    await visit.sends("/resume")

    assert stayed.headers["location"] == "/q/1"
    assert "Sending is paused." in paused
    assert visit.decisions.switched == [("pause", "Tom"), ("resume", "Tom")]
    assert "Sending is paused." not in seen(await visit.reads("/"))


# --- stops and second people ---------------------------------------------------------------------------------


async def test_a_draft_with_a_stop_has_no_approve_button_and_cannot_be_approved() -> None:
    visit = Visit(a_morning())
    await visit.enters()

    page = await visit.reads("/q/2")
    answer = await visit.sends("/q/2/approve", shown="c1")

    assert "This draft cannot be approved: 1 stop." in seen(page)
    assert "/q/2/approve" not in page
    assert answer.status_code == 422
    assert visit.decisions.decided == []


async def test_a_stop_in_typed_words_keeps_them_and_says_why() -> None:
    visit = await a_visit(a_question())

    answer = await visit.sends("/q/1/rewrite", text="Es gibt eine Erstattung.")

    assert answer.status_code == 422
    assert ">Es gibt eine Erstattung.</textarea>" in answer.text
    assert "No reason lifts this." in seen(answer.text)
    assert 'data-verdict="final"' in answer.text
    assert visit.decisions.decided == []


async def test_a_liftable_stop_goes_out_with_a_reason_for_exactly_these_words() -> None:
    visit = await a_visit(a_question())
    words = "Das passiert nie wieder."

    first = await visit.sends("/q/1/rewrite", text=words)
    second = await visit.sends("/q/1/rewrite", text=words, reason="Der Ofen ist verkauft.", checked=digest(words))

    assert "May go out with a written reason." in seen(first.text)
    assert second.status_code == 303
    (decision,) = visit.decisions.decided
    assert isinstance(decision, Rewritten)
    assert decision.reason == "Der Ofen ist verkauft."


async def test_a_reason_does_not_lift_a_stop_in_words_whose_findings_were_not_seen() -> None:
    visit = await a_visit(a_question())

    answer = await visit.sends(
        "/q/1/rewrite", text="Ganz sicher nie wieder.", reason="Der Ofen ist verkauft.", checked=digest("Das hier.")
    )

    assert answer.status_code == 422
    assert ">Der Ofen ist verkauft.</textarea>" in answer.text
    assert visit.decisions.decided == []


async def test_findings_come_while_typing_and_nothing_is_kept() -> None:
    visit = await a_visit(a_question())

    answer = await visit.sends("/q/1/findings", text="Das passiert nie wieder.")

    assert "„nie wieder“" not in answer.text
    assert "<q>nie wieder</q>" in answer.text
    assert f'value="{digest("Das passiert nie wieder.")}"' in answer.text
    assert visit.decisions.decided == []


async def test_two_people_sign_and_one_person_only_once() -> None:
    visit = await a_visit(a_question(needs=2))
    aylin = visit.another_browser()
    await visit.enters(AYLIN, browser=aylin)

    await visit.sends("/q/1/approve", shown="c1")
    mine = seen(await visit.reads("/q/1"))
    again = await visit.sends("/q/1/approve", shown="c1")
    await visit.sends("/q/1/approve", browser=aylin, shown="c1")

    assert "You have signed. A second person is needed now." in mine
    assert "1 of 2 signatures Tom signed" in mine
    assert again.status_code == 409
    assert "You have signed this version already." in seen(again.text)
    assert visit.decisions.rows[1].standing == "sending"


async def test_a_person_alone_gives_a_reason_and_takes_a_second_look() -> None:
    house = a_house(second_person="none", second_look_after=timedelta(minutes=1))
    visit = await a_visit(a_question(1, needs=2), a_question(2, needs=2, signatures=(signed_by("Tom"),)), house=house)

    first, second = seen(await visit.reads("/q/1")), seen(await visit.reads("/q/2"))

    assert "This one needs a reason and, 1 min later, a second look" in first
    assert "Sign after the first look" in first
    assert "You signed at 09:00. From 09:01 on" in second
    assert "Second look: approve & send to Telegram" in second


async def test_a_stop_that_was_lifted_is_told_to_the_second_person() -> None:
    text = "Das passiert nie wieder."
    draft = a_draft(text, findings=(a_finding(text, "nie wieder"),), drafter="person")
    signature = Signature(person="Aylin", at=MORNING, surface="slack", reason="Der Ofen ist verkauft.")
    visit = await a_visit(a_question(draft=draft, needs=2, signatures=(signature,)))

    page = seen(await visit.reads("/q/1"))

    assert "Aylin signed in spite of a stop: Der Ofen ist verkauft." in page
    assert "Approve as the second & send to Telegram" in page


# --- somebody else meanwhile ---------------------------------------------------------------------------------


async def test_who_comes_second_reads_who_was_first_and_keeps_what_was_typed() -> None:
    visit = await a_visit(a_question())
    aylin = visit.another_browser()
    await visit.enters(AYLIN, browser=aylin)

    await visit.sends("/q/1/approve", browser=aylin, shown="c1")
    answer = await visit.sends("/q/1/rewrite", text="Meine mühsam getippten Worte.")

    assert answer.status_code == 409
    assert "Somebody was faster: Aylin decided, just now. Nothing of yours was sent." in seen(answer.text)
    assert "readonly" in answer.text
    assert 'name="back" value="/q/1"' in answer.text
    assert ">Meine mühsam getippten Worte.</textarea>" in answer.text
    assert "Copy" in seen(answer.text)
    assert [decision.by.name for decision in visit.decisions.decided] == ["Aylin"]


async def test_an_old_version_is_never_sent_and_never_replaced_by_the_newest() -> None:
    visit = await a_visit(a_question(draft=a_draft("Neue Worte.", version=4), version=4))

    answer = await visit.sends("/q/1/approve", version="2", shown="c2")

    assert answer.status_code == 409
    assert "Version 2 is out of date, 4 is on the table now." in seen(answer.text)
    assert visit.decisions.decided == []


async def test_an_open_page_learns_that_the_question_moved_on() -> None:
    visit = await a_visit(a_question())
    same = await visit.browser.get("/q/1/standing?was=1:1:1:asked")
    ruling = Ruling(version=1, kind="approved", by=("Aylin",), surface="slack", at=MORNING)
    visit.decisions.put(a_question(standing="sending", ruling=ruling))

    moved = await visit.browser.get("/q/1/standing?was=1:1:1:asked")
    visit.decisions.publishes(1)
    published = await visit.browser.get("/q/1/standing?was=1:1:1:sending")

    assert same.status_code == 200
    assert moved.status_code == 286
    assert "This question has moved on: on its way, version 1." in seen(moved.text)
    assert published.headers["hx-redirect"] == "/q/1"


async def test_a_colleague_who_is_editing_is_named() -> None:
    handover = Handover(kind="editing", person="Aylin", to=None, at=MORNING, until=MORNING + timedelta(minutes=10))
    visit = await a_visit(a_question(handover=handover))

    assert "Aylin is editing until 09:10" in seen(await visit.reads("/"))
    assert "Aylin is editing until 09:10" in seen(await visit.reads("/q/1"))


# --- what came with the box ----------------------------------------------------------------------------------


def test_what_is_vendored_is_what_the_list_says() -> None:
    listed = (STATIC / "VENDORED.md").read_text(encoding="utf-8")

    found = hashlib.sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest()

    assert f"`{found}`" in listed
    assert "Zero-Clause BSD" in (STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")


async def test_every_standing_has_a_page_in_both_languages() -> None:
    standings: tuple[Any, ...] = (
        "preparing", "asked", "needs_words", "half_signed", "sending", "held", "unknown", "failed", "published", "left_alone",
    )  # fmt: skip
    ruling = Ruling(version=1, kind="approved", by=("Tom",), surface="desk", at=MORNING)
    empty = a_draft("", drafter="nobody")
    visit = await a_visit(
        *(a_question(number, standing, ruling=ruling) for number, standing in enumerate(standings, 1)),
        *(a_question(number, standing, draft=empty) for number, standing in enumerate(standings, 21)),
        *(a_question(number, standing, draft=None, tone=None) for number, standing in enumerate(standings, 41)),
    )

    for number in visit.decisions.rows:
        for lang in ("de", "en"):
            await visit.reads(f"/q/{number}", **{"accept-language": lang})
            await visit.reads(f"/?done={number}", **{"accept-language": lang})


def signed_by(person: str) -> Signature:
    return Signature(person=person, at=MORNING, surface="desk")
