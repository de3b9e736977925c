"""The thread of a card says what happened, once, in the house's language, and nobody else's markup stands in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.slack.news import post_of
from bot.core.news import News
from bot.core.why import Why
from bot.errors import NotSent, OutcomeUnknown, Refused
from tests.approvals.slack.samples import GERMAN_HOUSE, HOSTILE, HOUSE, a_question
from tests.counterparts.blockkit import refusals_of_message

if TYPE_CHECKING:
    from tests.approvals.slack.conftest import Team


def news(**changes: Any) -> News:
    """Bob wished for a second version."""
    known: dict[str, Any] = {
        "question": 12, "kind": "version", "subject": 2, "version": 2, "card": "C0CANDOR/1.2", "channel": "telegram",
        "by": ("Bob",), "drafter": "template", "template": "complaint_calm_open", "text": "We are sorry, Mia.",
        "why": "redraft", "said": "please name the bread",
    }  # fmt: skip
    return News(**(known | changes))


def ended(kind: str, **changes: Any) -> News:
    """One of the four ends."""
    known: dict[str, Any] = {"kind": kind, "subject": 7, "text": "", "why": "", "said": "", "by": ("Alice", "Bob")}
    return news(**(known | changes))


EVERYTHING = {
    "a redraft": (
        news(),
        "*Fassung 2* · aus der Vorlage complaint calm open · Bob möchte es anders formuliert · „please name the bread“",
        "*Version 2* · from the template complaint calm open · Bob asked for other words · “please name the bread”",
    ),
    "an edit": (
        news(drafter="person", why="typed", by=("Alice",), said=""),
        "*Fassung 2* · von Alice getippt",
        "*Version 2* · typed by Alice",
    ),
    "a new post": (
        news(drafter="llm", why="new_post", by=(), said=""),
        "*Fassung 2* · vom Modell geschrieben · neuer Beitrag der Kundschaft",
        "*Version 2* · written by the model · the customer wrote again",
    ),
    "no words": (
        news(drafter="nobody", text="", why="edited_post", by=(), said="the model is silent"),
        "*Fassung 2* · kein Entwurf, bitte selbst schreiben · ein Beitrag wurde nachträglich geändert · „the model is silent“",
        "*Version 2* · nothing drafted, please write · the customer changed a post · “the model is silent”",
    ),
    "a reason that nobody knows": (
        news(why="", by=(), said="", drafter="llm"),
        "*Fassung 2* · vom Modell geschrieben",
        "*Version 2* · written by the model",
    ),
    "an answer that went out meanwhile": (
        news(drafter="template", why="answered", by=("candor",), said=""),
        "*Fassung 2* · aus der Vorlage complaint calm open · während des Entwerfens ging unsere Antwort hinaus",
        "*Version 2* · from the template complaint calm open · our reply went out while this was being written",
    ),
    "published": (
        ended("published", url="https://t.me/c/1/9"),
        "*Veröffentlicht* · Fassung 2, freigegeben von Alice und Bob · <https://t.me/c/1/9|zur Antwort>",
        "*Published* · version 2, approved by Alice and Bob · <https://t.me/c/1/9|open the reply>",
    ),
    "published unseen": (
        ended("published", by=("Alice",)),
        "*Veröffentlicht* · Fassung 2, freigegeben von Alice",
        "*Published* · version 2, approved by Alice",
    ),
    "replayed": (
        ended("published", outbox=True, by=()),
        "*Veröffentlicht* · Fassung 2, freigegeben von jemand · im Postausgang (nachgespielt)",
        "*Published* · version 2, approved by somebody · in the outbox (replayed)",
    ),
    "left alone": (
        ended("left_alone", why="spam", said="mattresses", by=("Alice", "Bob", "Carol")),
        "*Bleibt unbeantwortet*, entschieden von Alice, Bob und Carol (Spam): „mattresses“",
        "*Left alone* by Alice, Bob and Carol (spam): “mattresses”",
    ),
    "left alone without a word": (
        ended("left_alone", by=("Bob",)),
        "*Bleibt unbeantwortet*, entschieden von Bob",
        "*Left alone* by Bob",
    ),
    "unknown": (
        ended("unknown", said="timed out."),
        ("*Ist Fassung 2 angekommen?* Telegram hat sie angenommen, aber nicht bestätigt. "
        "Bitte unter dem Beitrag nachsehen und dann auf der Karte wählen (timed out)."),
        ("*Did version 2 arrive?* Telegram took it and did not confirm it. "
        "Please look below the post, then choose on the card (timed out)."),
    ),
    "failed for a reason of our own": (
        ended("failed", said=Why.post_gone()),
        "*Nicht veröffentlicht.* Telegram nimmt Fassung 2 endgültig nicht an (Den Beitrag, auf den geantwortet wird, gibt es nicht mehr).",
        "*Not published.* Telegram refused version 2 for good (The customer's post is gone).",
    ),
    "failed": (
        ended("failed", said=""),
        "*Nicht veröffentlicht.* Telegram nimmt Fassung 2 endgültig nicht an.",
        "*Not published.* Telegram refused version 2 for good.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERYTHING)
def test_everything_is_told_in_both_languages(name: str) -> None:
    """The first language of the house is the one that its people read."""
    told, german, english = EVERYTHING[name]

    assert post_of(told, house=GERMAN_HOUSE).text == german
    assert post_of(told, house=HOUSE).text == english


@pytest.mark.parametrize("name", EVERYTHING)
def test_slack_takes_every_post(name: str) -> None:
    """The judge finds nothing."""
    assert refusals_of_message(list(post_of(EVERYTHING[name][0], house=GERMAN_HOUSE).blocks)) == []


@pytest.mark.parametrize("kind", ["version", "left_alone", "failed", "unknown"])
def test_foreign_words_are_nobodys_markup(kind: str) -> None:
    """Not in a draft, not in a colleague's feedback, not in a name, not in a fault."""
    post = post_of(
        news(kind=kind, text=HOSTILE, said=HOSTILE, by=(HOSTILE,), template=HOSTILE, channel=HOSTILE),
        house=GERMAN_HOUSE,
    )
    shown = json.dumps(post.blocks, ensure_ascii=False) + post.text

    assert "<" not in shown
    assert "*bold*" not in json.dumps([block["text"] for block in post.blocks if block["text"]["type"] == "mrkdwn"])
    assert refusals_of_message(list(post.blocks)) == []


def test_a_very_long_version_ends_on_the_desk() -> None:
    """Slack takes what is shown, and the rest has a link."""
    post = post_of(news(text="Wort für Wort. " * 2_000), house=HOUSE, desk_url="https://desk.example/")

    assert "<https://desk.example/q/12|the rest stands on the desk>" in str(post.blocks[-1])
    assert refusals_of_message(list(post.blocks)) == []
    assert "the rest" in str(post_of(news(text="Wort. " * 3_000), house=HOUSE).blocks[-1])


counterpart = pytest.mark.counterpart


async def below_a_card(team: Team, **changes: Any) -> News:
    """News of question 12, whose card hangs."""
    card = await team.hangs(a_question())
    return news(card=f"{card.channel}/{card.ts}", **changes)


@counterpart
async def test_news_stand_in_the_thread_and_unfold_nothing(team: Team) -> None:
    """The channel shows one card per question, and nothing else."""
    told = await below_a_card(team)

    place = await team.room.tell_below(told)

    [card] = team.slack.cards()
    [post] = team.slack.thread(card)
    assert place == f"C0CANDOR/{post.ts}"
    assert post.text.startswith("*Version 2*")
    sent = [call.arguments for call in team.slack.calls if call.method == "chat.postMessage"][-1]
    assert [str(sent[name]).lower() in ("false", "0") for name in ("unfurl_links", "unfurl_media")] == [True, True]


@counterpart
@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_lost_answer_makes_no_second_post(team: Team, cut: str) -> None:
    """What was begun is looked for in the thread first, page by page."""
    told = await below_a_card(team)
    for subject in range(20, 27):
        await team.room.tell_below(replace(told, subject=subject))
    team.slack.fault_next("chat.postMessage", cut=cut)
    with pytest.raises(OutcomeUnknown):
        await team.room.tell_below(told)

    place = await team.room.tell_below(replace(told, begun_below=(told.card,)))

    posts = [
        post
        for post in team.slack.thread(team.slack.cards()[0])
        if post.metadata and post.metadata["event_payload"]["news"] == "version:2"
    ]
    assert [f"C0CANDOR/{post.ts}" for post in posts] == [place]


@counterpart
async def test_somebody_elses_post_is_not_ours(team: Team) -> None:
    """Metadata can be forged by anybody."""
    told = await below_a_card(team)
    forged = team.slack.reply_in_thread("U02BOB", team.slack.cards()[0], "hello")
    forged.metadata = post_of(told, house=GERMAN_HOUSE).metadata

    place = await team.room.tell_below(replace(told, begun_below=(told.card,)))

    assert place != f"C0CANDOR/{forged.ts}"


@counterpart
async def test_a_rest_that_slack_wants_is_passed_on(team: Team) -> None:
    """And the thread says it once afterwards."""
    told = await below_a_card(team)
    team.slack.fault_next("chat.postMessage", retry_after=30)
    with pytest.raises(NotSent) as asked:
        await team.room.tell_below(told)
    await team.time.sleep(30)
    await team.room.tell_below(replace(told, begun_below=(told.card,)))

    assert asked.value.retry_after == 30
    assert len(team.slack.thread(team.slack.cards()[0])) == 1


@counterpart
@pytest.mark.parametrize("begun", [False, True])
async def test_a_deleted_card_gets_no_news_and_the_channel_neither(team: Team, begun: bool) -> None:  # noqa: FBT001  # pytest's way
    """Slack lets an answer to a deleted post fall into the channel: it is taken back."""
    told = await below_a_card(team)
    team.slack.delete_card(team.slack.cards()[0])

    with pytest.raises(Refused, match="deleted the card"):
        await team.room.tell_below(replace(told, begun_below=(told.card,) if begun else ()))

    assert team.slack.cards() == []


@counterpart
async def test_a_card_never_waits_for_news(team: Team) -> None:
    """News wait for their turn behind every card; a card follows them at once."""
    told = await below_a_card(team)
    await team.room.tell_below(told)
    waited_for_the_card = list(team.time.slept)
    await team.room.show(a_question(number=13), None, again=False)
    waited_for_news = len(team.time.slept)
    await team.room.tell_below(replace(told, subject=3))

    assert [round(seconds, 1) for seconds in waited_for_the_card] == [1.1]
    assert waited_for_news == 1
    assert sum(team.time.slept) == pytest.approx(3.3)
