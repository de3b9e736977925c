"""A card shows what a person needs to decide, and never lets a stranger's words do anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.approvals.slack.card import Card, card_of
from bot.core.finding import Finding
from bot.core.question import Handover, Question, Trouble
from tests.approvals.slack.samples import FACES, GERMAN_HOUSE, HOUSE, NOW, STOP, a_draft, a_post, a_question, high_risk
from tests.counterparts.blockkit import refusals_of_message

if TYPE_CHECKING:
    from bot.core.house import House

RENDERED = Path(__file__).parents[2] / "rendered" / "slack"
HOUSES = {"en": HOUSE, "de": GERMAN_HOUSE}


def drawn(
    question: Question, *, house: House = HOUSE, desk_url: str | None = "https://desk.example", limit: int | None = 4096
) -> Card:
    return card_of(question, house=house, now=NOW, desk_url=desk_url, limit=limit)


def shown(card: Card) -> str:
    return json.dumps(card.blocks, ensure_ascii=False)


def action_ids(card: Card) -> list[str]:
    return [
        element["action_id"] for block in card.blocks if block["type"] == "actions" for element in block["elements"]
    ]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("face", FACES)
def test_every_face_is_approved(face: str, house: str) -> None:
    """A changed word is a visible difference in tests/rendered/slack, in either language."""
    card = drawn(FACES[face], house=HOUSES[house])
    approved = RENDERED / house / f"{face}.json"
    now = json.dumps(
        {"text": card.text, "blocks": card.blocks, "metadata": card.metadata}, indent=1, ensure_ascii=False
    )
    if not approved.exists():
        approved.write_text(now + "\n", encoding="utf-8")
        pytest.fail(f"{approved.name} was written: look at it, and run again")

    assert json.loads(now) == json.loads(approved.read_text(encoding="utf-8"))


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES)
@pytest.mark.parametrize("face", FACES)
def test_slack_takes_every_face(face: str, house: House) -> None:
    """The judge finds nothing, with and without a desk."""
    assert refusals_of_message(list(drawn(FACES[face], house=house).blocks)) == []
    assert refusals_of_message(list(drawn(FACES[face], house=house, desk_url=None, limit=None).blocks)) == []


def test_a_card_names_its_question_so_that_it_can_be_found_again() -> None:
    """Our own draft id, no workspace id."""
    assert drawn(a_question()).metadata == {"event_type": "candor_question", "event_payload": {"question": 12}}


def test_the_controls_carry_question_and_version() -> None:
    """The names are fixed by the contract."""
    card = drawn(a_question(version=3, draft=a_draft(version=3)))
    elements = {
        element["action_id"]: element
        for block in card.blocks
        for element in block.get("elements", [])
        if "action_id" in element
    }

    assert list(elements) == ["approve", "edit", "redraft", "decline", "more", "fault", "tone"]
    assert {elements[name]["value"] for name in ("approve", "edit", "redraft", "decline")} == {"12:3"}
    assert [option["value"] for option in elements["more"]["options"]] == [
        "escalate:12:3",
        "claim:12:3",
        "leave_alone:12:3",
    ]
    assert [option["value"] for option in elements["fault"]["options"]] == ["confirmed", "open", "not_ours"]
    assert [option["value"] for option in elements["tone"]["options"]] == ["negative", "neutral", "positive"]
    assert next(block for block in card.blocks if block.get("block_id", "").startswith("judge"))["block_id"].endswith(
        "12:3"
    )


def test_only_approve_is_primary_and_only_high_risk_asks_twice() -> None:
    """Confirming everything trains blind clicking."""
    assert '"confirm"' not in shown(drawn(a_question()))
    assert shown(drawn(high_risk())).count('"confirm": {"title"') == 1
    assert shown(drawn(high_risk())).count('"style"') == 1


@pytest.mark.parametrize("face", ["stop", "needs-words", "declined", "failed"])
def test_nothing_that_may_not_go_out_can_be_approved(face: str) -> None:
    """A stop, no draft, declined or refused words: only the other controls."""
    assert action_ids(drawn(FACES[face])) == ["edit", "redraft", "decline", "more", "fault", "tone"]


@pytest.mark.parametrize("face", ["preparing", "sending", "held", "published", "outbox", "left-alone"])
def test_controls_are_gone_when_there_is_nothing_to_decide(face: str) -> None:
    """After the decision the card only tells."""
    assert action_ids(drawn(FACES[face])) == []


def test_in_doubt_the_card_shows_what_was_sent_not_what_was_drafted_since() -> None:
    """Whoever looks below the post must know what to look for."""
    trouble = Trouble(attempt=1, why="the answer got lost", at=NOW, text="That is <ours>.")
    draft = a_draft()
    card = drawn(replace(FACES["unknown"], trouble=trouble, draft=draft))

    assert "That is &lt;ours&gt;." in shown(card)
    assert draft.words.text not in shown(card)


def test_an_unknown_outcome_asks_somebody_to_look() -> None:
    """Two buttons, and the reason why."""
    card = drawn(FACES["unknown"])

    assert action_ids(card) == ["there", "not_there"]
    assert "Sending it again without looking could say it twice" in shown(card)


def test_a_strangers_words_are_text() -> None:
    """No mention, no link, no markup, not even in the notification."""
    card = drawn(FACES["hostile"])

    for word in ("<!channel", "<@U01ALICE", "<https://bank", "javascript:"):
        assert word not in shown(card) + card.text
    assert "&lt;!channel&gt;" in shown(card)


def test_a_sticker_alone_is_a_post() -> None:
    """It is named, and linked."""
    card = drawn(a_question(posts=(a_post("", attachments=("sticker",)),)))

    assert "with sticker" in shown(card)
    assert "https://t.me/c/1/1|original" in shown(card)


def test_a_draft_that_is_not_shown_whole_cannot_be_approved() -> None:
    """Nobody signs what they could not read."""
    assert "approve" in action_ids(drawn(a_question(draft=a_draft("word " * 800))))
    assert "approve" not in action_ids(drawn(a_question(draft=a_draft("word " * 5_000))))


def test_a_claim_that_ran_out_is_not_shown() -> None:
    """People go to lunch."""
    claim = Handover(kind="claim", person="Bob", to=None, at=NOW - timedelta(hours=5), until=NOW - timedelta(hours=1))

    assert "claimed by Bob" not in shown(drawn(a_question(handover=claim)))
    assert "claimed by Bob" in shown(drawn(a_question(handover=replace(claim, until=None))))


def test_an_overdue_question_says_so() -> None:
    """No silent expiry."""
    assert "*overdue* by 2 h" in shown(drawn(a_question(due_at=NOW - timedelta(hours=2))))


def test_forty_long_posts_are_still_a_card() -> None:
    """Valid for Slack, the newest posts in view, the others counted."""
    posts = tuple(a_post("&😀" * 2_000, number) for number in range(1, 41))
    findings = tuple(replace(STOP, severity="warn") for _ in range(30))
    question = high_risk(posts=posts, draft=a_draft("<" * 4_096, findings=findings), said=FACES["reopened"].said * 9)
    card = drawn(question)

    assert refusals_of_message(list(card.blocks)) == []
    assert "30 earlier posts" in shown(card)
    assert "24 more findings" in shown(card)


anything = st.text(max_size=5_000)


@settings(max_examples=40, deadline=None)
@given(st.lists(anything, min_size=1, max_size=12), anything, anything, anything, st.integers(0, 5_000))
def test_whatever_people_write_stays_a_valid_card(
    texts: list[str], author: str, draft: str, why: str, start: int
) -> None:
    """No text, name or finding breaks the card or escapes from it."""
    finding = Finding(item="H1", severity="warn", start=start, end=start + 500, why=why, hint=why)
    posts = tuple(a_post(text, number, author=author) for number, text in enumerate(texts, 1))
    question = a_question(posts=posts, note=why, draft=a_draft(draft or "x", findings=(finding,)))

    card = drawn(question)

    assert refusals_of_message(list(card.blocks)) == []
    assert 0 < len(card.text) < 1_000
    assert "\n" not in card.text
