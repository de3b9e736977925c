"""In a German house everything that Slack shows is German: cards, windows, notes, alarms and commands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.approvals.slack.modals import decided_view, decline_view, edit_view, leave_alone_view, second_look_view
from bot.core.why import Why
from bot.errors import HistoryError
from tests.approvals.slack.conftest import Team
from tests.approvals.slack.samples import (
    ALONE,
    FACES,
    FORBIDDEN,
    GERMAN_HOUSE,
    STOP,
    a_draft,
    a_question,
    a_tone,
    high_risk,
)
from tests.counterparts.blockkit import refusals_of_view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.counterparts.slack_server import SlackServer
    from tests.counterparts.slack_workspace import Message

counterpart = pytest.mark.counterpart
ALICE, BOB, READER = "U01ALICE", "U02BOB", "U03CAROL"
GERMAN_ALONE = replace(ALONE, languages=("de", "en"))
ENGLISH = re.compile(r"\b(the|this|you|your|please|reply|draft|send|why|words)\b", re.IGNORECASE)
IN_GERMAN = a_question(draft=a_draft("Das tut uns leid.", findings=(STOP,)), tone=a_tone(lang="fr"))
WINDOWS = {
    "edit": edit_view(IN_GERMAN, house=GERMAN_HOUSE, limit=4096, busy="Bob"),
    "a long draft": edit_view(a_question(draft=a_draft("Wort " * 700)), house=GERMAN_HOUSE, limit=4096),
    "stopped": edit_view(IN_GERMAN, house=GERMAN_ALONE, limit=4096, typed="Am Freitag.", findings=(STOP, FORBIDDEN)),
    "first look": second_look_view(high_risk(), house=GERMAN_ALONE),
    "second look": second_look_view(high_risk(signatures=FACES["half-signed"].signatures), house=GERMAN_ALONE),
    "decline": decline_view(IN_GERMAN, house=GERMAN_HOUSE),
    "leave alone": leave_alone_view(IN_GERMAN, house=GERMAN_HOUSE),
    "decided": decided_view(FACES["sending"], house=GERMAN_HOUSE, why=Why.settled(), typed="Getippt."),
}


def our_words(shown: Any) -> list[str]:
    """Every text of ours in a window; what customers and drafts say is left out."""
    if isinstance(shown, dict):
        own = [str(shown["text"])] if isinstance(shown.get("text"), str) else []
        return own + [text for part in shown.values() for text in our_words(part)]
    return [text for part in shown for text in our_words(part)] if isinstance(shown, list) else []


@pytest.mark.parametrize("name", WINDOWS)
def test_slack_takes_every_window(name: str) -> None:
    """The judge finds nothing: titles and buttons fit, in German, too."""
    assert refusals_of_view(WINDOWS[name]) == []


@pytest.mark.parametrize("name", WINDOWS)
def test_no_window_says_anything_in_english(name: str) -> None:
    """But for the customer's words and the drafts."""
    foreign = ("My bread was hard as stone today.", "We are sorry, Mia. We will write here again.")

    assert [text for text in our_words(WINDOWS[name]) if ENGLISH.search(text) and text not in foreign] == []


@pytest.fixture
async def team(slack: SlackServer) -> AsyncIterator[Team]:
    """A team whose first language is German."""
    german = Team(slack=slack, house=GERMAN_HOUSE)
    async with german.listening():
        yield german


@pytest.fixture
async def card(team: Team) -> Message:
    """A card that waits."""
    return await team.hangs(a_question())


@counterpart
async def test_whoever_comes_too_late_reads_it_in_german(team: Team, card: Message) -> None:
    """Who decided, when, and where it stands."""
    team.decisions.holds(FACES["published"])

    await team.slack.click(BOB, card, "edit")

    assert (await team.note(BOB)).startswith("Schon entschieden: Fassung 1 freigegeben von Alice um 14:56 Uhr. <")
    assert "|Zu unserer Antwort>" in await team.note(BOB)


@counterpart
async def test_whoever_may_not_decide_reads_it_in_german(team: Team, card: Message) -> None:
    """The refusal in the memory stays in the language of the memory."""
    await team.slack.click(READER, card, "approve")

    assert (await team.note(READER)).startswith("Carol darf lesen, aber nicht entscheiden")
    assert team.decisions.refused[0][2] == Why.may_only_read(person="Carol")


@counterpart
async def test_a_stop_and_a_locked_memory_are_told_in_german(team: Team, card: Message) -> None:
    """With the guard's own German reason."""
    team.decisions.holds(a_question(draft=a_draft(findings=(STOP,))))
    await team.slack.click(ALICE, card, "approve")
    stopped = await team.note()
    team.decisions.breaks = HistoryError("the database is locked")
    await team.slack.click(BOB, card, "approve", face=0)

    assert (
        stopped == "So können diese Worte nicht hinaus (H6: Das sagt kein bestätigter Fakt). Bitte „Bearbeiten“ wählen."
    )
    assert "es ließ sich nicht speichern" in await team.note(BOB)


@counterpart
async def test_a_window_answers_in_german(team: Team, card: Message) -> None:
    """Forbidden words, and a field that is empty."""
    team.decisions.guard = lambda _: [FORBIDDEN]
    await team.slack.click(ALICE, card, "edit")
    view = await team.slack.until(lambda: team.slack.view(ALICE))
    forbidden = await team.slack.submit(ALICE, view, {"words": {"text": "5 € zurück."}})
    empty = await team.slack.submit(ALICE, view, {"words": {"text": " "}})

    assert forbidden.errors == {"words": "⛔ Stopp (H6) „5 €“: Geld braucht einen bestätigten Fakt. Besser: weglassen"}
    assert empty.errors == {"words": "Bitte schreiben, was gesagt werden soll."}


@counterpart
async def test_alarms_and_reminders_are_german(team: Team) -> None:
    """What the house says by itself, to everybody and to one person."""
    await team.room.alarm(Why.works_again(channel="telegram"))
    await team.room.tell("Nobody", Why.still_waiting(questions=Why.question_named(named="12")))
    team.slack.archive("C0CANDOR")
    await team.room.show(a_question(), None, again=False)

    said = [post.text for post in team.slack.cards()] + [post.text for post in team.slack.cards("C0FALLBACK")]
    assert ":rotating_light: Telegram geht wieder." in said
    assert ":rotating_light: Nobody: Wartet noch: Vorgang 12." in said
    assert any("Karten kommen jetzt hierher: Der Slack-Kanal ist archiviert" in text for text in said)


@counterpart
async def test_the_command_speaks_german(team: Team, card: Message) -> None:
    """Its words stay as they are typed everywhere."""
    await team.slack.command(ALICE, "/candor", "open")
    listed = await team.note()
    await team.slack.command(BOB, "/candor", "pause")
    await team.soon(lambda: any("Bob hat den Versand angehalten" in post.text for post in team.slack.cards()))

    assert listed.startswith("*1 offen*, am dringendsten zuerst:\n• 12 · Telegram · Mia K. · wartet auf Entscheidung")
