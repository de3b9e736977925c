"""Words are found for every question that can have them; where none are found, a person is told why and writes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bot.approvals.why import in_words
from bot.core.draft import Words
from bot.core.playbook import SITUATIONS
from bot.core.why import Why
from bot.drafting.template import TemplateDrafter
from bot.drafting.words import first_of, folders_of
from bot.errors import DraftingError, Refused, WordsError
from tests.world import ALICE, BOB, a_mention

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world import World


def a_shelf(folder: Path, *wordings: str) -> Path:
    """Templates that say the same in every situation, and the house's own tables."""
    for place in ("things-de.toml", "speech-de.toml"):
        shutil.copy(first_of(place, folders_of("templates", folder)) or "", folder / place)
    (folder / "de-Sie").mkdir()
    for situation in SITUATIONS:
        (folder / "de-Sie" / f"{situation}.j2").write_text("\n---\n".join(wordings), encoding="utf-8")
    return folder


def told(world: World, number: int) -> str:
    """The words on the table."""
    draft = world.question(number).draft
    return draft.words.text if draft else ""


LEGAL = "Mein Anwalt wird sich bei Ihnen melden, das ist Betrug!"
STOPPED = "Wir erstatten Ihnen 50 Euro."


@pytest.mark.parametrize("failure", [DraftingError("the model refused"), WordsError("praise.j2, line 3: no end")])
async def test_a_drafter_without_words_says_why_and_a_person_writes(world: World, failure: Exception) -> None:
    world.drafter.in_line = [failure]
    number = await world.hears(a_mention())

    question = world.question(number)
    assert (question.standing, question.note) == ("needs_words", str(failure))


async def test_a_question_that_breaks_the_drafter_is_set_aside_alone_and_the_others_go_on(world: World) -> None:
    world.drafter.in_line = [RuntimeError("broken")]
    await world.hears(a_mention("Mein Brot war hart."), a_mention("Meins auch.", author_id="78"))

    assert [question.standing for question in world.pipeline.open_questions()[0]] == ["needs_words", "asked"]
    assert world.question(1).note == "Drafting broke (RuntimeError): please write."


async def test_a_wish_that_breaks_the_drafter_leaves_the_question_to_a_person_not_to_nobody(world: World) -> None:
    number = await world.hears(a_mention())
    world.drafter.in_line = [RuntimeError("broken")]
    world.pipeline.redraft(number, 1, by=ALICE, surface="desk")
    await world.works()

    question = world.question(number)
    assert (question.standing, question.note) == ("needs_words", "Drafting broke (RuntimeError): please write.")
    world.pipeline.redraft(number, 1, by=ALICE, surface="desk")
    await world.works()
    assert world.question(number).standing == "asked"


async def test_a_legal_post_needs_two_people_also_when_nothing_could_be_drafted(world: World) -> None:
    world.drafter.in_line = [RuntimeError("broken")]
    number = await world.hears(a_mention(LEGAL))
    question = await world.types(number, "Wir nehmen das ernst und prüfen, was passiert ist.", ALICE)
    assert (question.standing, question.needs, world.channel.published) == ("half_signed", 2, [])

    assert (await world.approves(number, BOB)).standing == "published"


async def test_a_second_post_that_sounds_graver_needs_two_people_though_its_draft_broke(world: World) -> None:
    number = await world.hears(a_mention("Mein Brot war hart."))
    world.drafter.in_line = [RuntimeError("broken")]
    await world.hears(a_mention(LEGAL, aimed="follows_up"))

    assert (await world.types(number, "Wir nehmen das ernst und prüfen, was passiert ist.")).standing == "half_signed"


async def test_after_a_refused_reply_the_customers_next_post_is_drafted_for(world: World) -> None:
    world.channel.fails = [Refused("blocked")]
    number = await world.hears(a_mention())
    await world.approves(number)
    world.pipeline.hear([a_mention("Hallo?", aimed="follows_up")])
    assert world.question(number).standing == "preparing"
    assert world.rows("waiting")[0]["standing"] == "preparing"

    await world.works()
    assert world.question(number).standing == "asked"


async def test_a_post_in_a_language_nobody_here_speaks_is_left_to_a_person(world: World) -> None:
    number = await world.hears(a_mention("Ekmek çok sertti, bir daha gelmem, gerçekten çok kötüydü."))

    assert world.drafter.briefs == []
    assert world.question(number).note == "Turkish: nothing drafted, please write."


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (
            "Ekmek çok sertti, bir daha gelmem, gerçekten çok kötüydü.",
            "Türkisch: kein Entwurf, bitte selbst schreiben.",
        ),
        ("Mein Brot war hart.", "Das Modell wollte nicht schreiben."),
    ],
)
async def test_why_nobody_found_words_can_be_read_in_german(world: World, post: str, said: str) -> None:
    world.drafter.in_line = [DraftingError(Why.model_declined())]
    number = await world.hears(a_mention(post))

    assert in_words(world.question(number).note, "de") == said


async def test_spam_gets_no_words(world: World) -> None:
    number = await world.hears(a_mention("Gewinne jetzt 1000 Euro! Klick hier: https://gratis.example/x"))

    question = world.question(number)
    assert question.standing == "needs_words"
    assert question.note == "Looks like spam: nothing drafted. Leave it alone, or write."


async def test_words_that_the_guard_stops_are_drafted_again_once_with_the_reason(world: World) -> None:
    world.drafter.in_line = [Words(text=STOPPED, drafter="llm", lang="de")]
    number = await world.hears(a_mention())

    assert "H6" in world.drafter.briefs[-1].feedback
    assert world.question(number).approvable


async def test_words_that_are_stopped_twice_are_shown_and_cannot_be_approved(world: World) -> None:
    world.drafter.in_line = [Words(text=STOPPED, drafter="llm", lang="de")] * 3
    number = await world.hears(a_mention())

    question = world.question(number)
    assert question.draft is not None
    assert question.draft.stops
    assert not question.approvable


async def test_stopped_words_stay_on_the_card_when_the_drafter_has_no_others(world: World) -> None:
    world.drafter.in_line = [Words(text=STOPPED, drafter="llm", lang="de"), DraftingError("no second try")]
    number = await world.hears(a_mention())

    draft = world.question(number).draft
    assert draft is not None
    assert draft.words.text == STOPPED


async def test_a_redraft_after_a_guards_stop_gives_no_wording_again_that_was_shown(
    world: World, tmp_path: Path
) -> None:
    world.pipeline.drafter = TemplateDrafter(
        [a_shelf(tmp_path, "Wir erstatten 50 Euro.", "Das prüfen wir.", "Wir sehen nach.")]
    )
    number = await world.hears(a_mention(id="-100/3"))
    shown = [told(world, number)]
    while world.question(number).standing == "asked":
        world.pipeline.redraft(number, world.question(number).version, by=ALICE, surface="desk")
        await world.works()
        shown.append(told(world, number))

    assert shown == ["Das prüfen wir.", "Wir sehen nach.", ""]
    question = world.question(number)
    assert (question.standing, question.note) == ("needs_words", Why.all_wordings_used())


async def test_whoever_drafts_a_declined_wording_is_not_shown_again(world: World) -> None:
    number = await world.hears(a_mention())
    world.drafter.in_line = [Words(text=world.drafter.text, drafter="llm", lang="de")]
    question = await world.declines(number)

    assert (question.standing, question.note) == ("needs_words", Why.nothing_new())
    assert world.drafter.briefs[-1].unwanted == [world.drafter.text]


async def test_after_an_ending_a_wording_may_be_used_again(world: World) -> None:
    number = await world.hears(a_mention())
    await world.declines(number)
    await world.approves(number)
    await world.hears(a_mention("Danke, und nun?", answers="-100/9001"))

    assert world.drafter.briefs[-1].unwanted == ()
    assert world.question(number).standing == "asked"


async def test_a_post_without_words_is_asked_about_in_our_first_language(world: World) -> None:
    number = await world.hears(a_mention("", attachments=("picture",)))

    assert world.question(number).open
    assert [brief.tone.lang for brief in world.drafter.briefs] == ["de"]


async def test_a_flood_is_drafted_in_groups_and_nothing_is_lost(world: World) -> None:
    world.pipeline.drafts_at_once = 8
    await world.hears(*(a_mention(author_id=str(person)) for person in range(60)))

    assert world.pipeline.open_count(standing="asked") == 60


async def test_what_a_person_is_typing_is_checked_without_being_kept(world: World) -> None:
    number = await world.hears(a_mention())
    found = world.pipeline.findings(number, STOPPED)

    assert any(finding.stops for finding in found)
    assert world.pipeline.findings(number, "") == ()
    assert world.pipeline.findings(99, STOPPED) == ()
    assert [row["version"] for row in world.rows("drafts")] == [1]


async def test_what_a_customer_wrote_is_in_no_log_also_when_drafting_breaks_over_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.drafter.in_line = [ValueError("could not convert string to float: 'steinhart'")]
    await world.hears(a_mention("steinhart"))

    assert "ValueError" in caplog.text
    assert "tests/world.py" in caplog.text
    assert "steinhart" not in caplog.text
