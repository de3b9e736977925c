"""Nothing is said without a person: who may decide, about which words, and what everybody else is told."""

from __future__ import annotations

import pytest

from bot.approvals.why import in_words
from bot.core.decision import Approved, Rewritten
from bot.core.person import People, Person
from bot.errors import AlreadyDecided, AlreadySigned, NotAllowed, Outdated, Stopped
from tests.world import ALICE, BOB, RITA, World, a_house, a_mention

LEGAL = "Mein Anwalt wird sich bei Ihnen melden, das ist Betrug!"


async def test_nothing_is_published_before_a_person_decides(world: World) -> None:
    await world.hears(a_mention())

    assert world.channel.published == []


async def test_an_approved_draft_is_said_once_below_the_right_post(world: World) -> None:
    number = await world.hears(a_mention(id="-100/41"))
    question = await world.approves(number)

    assert [(said.post, said.text) for said in world.channel.published] == [("-100/41", world.drafter.text)]
    assert question.standing == "published"
    assert question.said[0].url == "https://t.me/c/1/9001"
    assert question.ruling is not None
    assert question.ruling.by == ("Alice",)


async def test_the_first_decision_stands(world: World) -> None:
    number = await world.hears(a_mention())
    await world.approves(number, ALICE)

    with pytest.raises(AlreadyDecided, match="Alice approved version 1"):
        world.pipeline.decide(Approved(question=number, version=1, by=BOB, surface="slack"))
    assert len(world.channel.published) == 1


async def test_a_refusal_says_by_name_why_so_that_a_surface_can_word_it(world: World) -> None:
    number = await world.hears(a_mention())
    await world.leaves_alone(number)

    with pytest.raises(AlreadyDecided) as told:
        await world.approves(number, BOB)
    assert told.value.why == "Alice left alone the question at 09:00."
    assert in_words(told.value.why, "de") == "Schon entschieden: ohne Antwort abgeschlossen von Alice um 09:00 Uhr."


async def test_a_second_click_before_sending_changes_nothing(world: World) -> None:
    number = await world.hears(a_mention())
    click = Approved(question=number, version=1, by=ALICE, surface="slack")
    world.pipeline.decide(click)

    with pytest.raises(AlreadyDecided):
        world.pipeline.decide(click)
    await world.works()
    assert len(world.channel.published) == 1


async def test_a_late_click_on_an_old_version_is_refused_never_sent_as_the_newest(world: World) -> None:
    number = await world.hears(a_mention())
    await world.hears(a_mention("Und die Brezel auch.", aimed="follows_up"))

    with pytest.raises(Outdated, match="Version 1 is out of date, 2 is current"):
        world.pipeline.decide(Approved(question=number, version=1, by=ALICE, surface="slack"))
    assert world.channel.published == []


async def test_a_click_while_a_new_draft_is_on_its_way_is_refused(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.hear([a_mention("Und noch etwas.", aimed="follows_up")])

    with pytest.raises(Outdated, match="a new draft is on its way"):
        world.pipeline.decide(Approved(question=number, version=1, by=ALICE, surface="slack"))


@pytest.mark.parametrize("post", ["😡😡😡", "???", "\u200b"])
async def test_a_post_in_no_language_opens_no_gap_for_money(world: World, post: str) -> None:
    number = await world.hears(a_mention(post))
    typed = Rewritten(question=number, version=1, by=ALICE, surface="desk", text="Wir erstatten Ihnen 50 Euro.")

    with pytest.raises(Stopped) as told:
        world.pipeline.decide(typed)
    assert not told.value.liftable


async def test_words_that_changed_since_they_were_shown_are_not_approved(world: World) -> None:
    number = await world.hears(a_mention())

    with pytest.raises(Outdated, match="changed since they were shown"):
        await world.approves(number, shown="something else")


async def test_somebody_who_may_only_read_decides_nothing_and_the_click_is_kept(world: World) -> None:
    number = await world.hears(a_mention())

    with pytest.raises(NotAllowed, match="Rita may read"):
        await world.approves(number, RITA)
    assert world.question(number).standing == "asked"
    assert [row["why"][:10] for row in world.rows("refusals")] == ["NotAllowed"]


async def test_what_a_person_types_is_what_goes_out(world: World) -> None:
    number = await world.hears(a_mention())
    question = await world.types(number, "  Das tut uns leid. Wir sehen nach, was passiert ist.  ")

    assert [said.text for said in world.channel.published] == ["Das tut uns leid. Wir sehen nach, was passiert ist."]
    assert question.ruling is not None
    assert (question.ruling.kind, question.ruling.version) == ("rewritten", 2)


async def test_typed_words_are_checked_like_drafts(world: World) -> None:
    number = await world.hears(a_mention())

    with pytest.raises(Stopped) as stopped:
        await world.types(number, "Wir erstatten Ihnen 50 Euro, Ihre IBAN steht ja in der Bestellung.")
    assert not stopped.value.liftable
    assert world.channel.published == []


async def test_a_liftable_stop_needs_a_written_reason_and_the_reason_is_kept(world: World) -> None:
    number = await world.hears(a_mention())
    words = "Wir haben morgen ab 8 Uhr wieder frisches Brot."
    with pytest.raises(Stopped) as stopped:
        await world.types(number, words)
    assert stopped.value.liftable

    question = await world.types(number, words, reason="Das steht so an der Tür.")

    assert question.standing == "published"
    assert question.signatures[0].reason == "Das steht so an der Tür."


async def test_an_empty_reply_cannot_be_sent(world: World) -> None:
    number = await world.hears(a_mention())

    with pytest.raises(NotAllowed, match="empty"):
        await world.types(number, "   ")


async def test_words_typed_too_late_are_kept_though_not_sent(world: World) -> None:
    number = await world.hears(a_mention())
    await world.approves(number, BOB)

    with pytest.raises(AlreadyDecided):
        await world.types(number, "Meine schönen Worte", ALICE, version=1)
    assert [(row["by"], row["why"]) for row in world.rows("unsent")] == [("Alice", "AlreadyDecided")]


async def test_a_declined_draft_is_drafted_anew_with_the_reason_in_view(world: World) -> None:
    number = await world.hears(a_mention())
    question = await world.declines(number, reason="Zu allgemein")

    assert (question.standing, question.version) == ("asked", 2)
    assert world.drafter.briefs[-1].feedback == "too vague: Zu allgemein"


async def test_a_question_left_alone_ends_with_who_and_why(world: World) -> None:
    number = await world.hears(a_mention())
    question = await world.leaves_alone(number, kind="settled_elsewhere", reason="Telefoniert")

    assert question.standing == "left_alone"
    assert question.ruling is not None
    assert (question.ruling.by, question.ruling.why, question.ruling.reason) == (
        ("Alice",),
        "settled_elsewhere",
        "Telefoniert",
    )
    assert world.pipeline.open_count() == 0


async def test_legal_press_and_injury_need_two_people(world: World) -> None:
    number = await world.hears(a_mention(LEGAL))

    question = await world.approves(number, ALICE)
    assert (question.standing, question.needs, len(question.signatures)) == ("half_signed", 2, 1)
    assert world.channel.published == []

    question = await world.approves(number, BOB)
    assert question.standing == "published"
    assert question.ruling is not None
    assert question.ruling.by == ("Alice", "Bob")


async def test_one_person_signs_once_whatever_they_sign_with(world: World) -> None:
    number = await world.hears(a_mention(LEGAL))
    await world.approves(number, ALICE, surface="slack")

    with pytest.raises(AlreadySigned):
        await world.approves(number, ALICE, surface="desk")
    assert world.channel.published == []


async def test_a_change_after_a_signature_voids_it(world: World) -> None:
    number = await world.hears(a_mention(LEGAL))
    await world.approves(number, ALICE)
    question = await world.types(number, "Wir nehmen das ernst und prüfen, was passiert ist.", BOB)

    assert question.standing == "half_signed"
    assert [signature.person for signature in question.signatures] == ["Bob"]
    assert (await world.approves(number, ALICE)).standing == "published"


async def test_in_a_one_person_house_a_reason_and_a_second_look_replace_the_second_person(world_alone: World) -> None:
    world = world_alone
    number = await world.hears(a_mention(LEGAL))
    with pytest.raises(NotAllowed, match="you are alone"):
        await world.approves(number)
    await world.approves(number, reason="Mit der Anwältin besprochen")
    with pytest.raises(NotAllowed, match="second look"):
        await world.approves(number, reason="Mit der Anwältin besprochen")
    assert world.channel.published == []

    world.now += world.house.second_look_after
    question = await world.approves(number, reason="Noch einmal gelesen, stimmt")

    assert question.standing == "published"
    assert [signature.look for signature in question.signatures] == [1, 2]


async def test_setting_the_fault_drafts_anew_for_it(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.set_fault(number, 1, "confirmed", by=ALICE, surface="slack")
    assert world.question(number).standing == "preparing"
    await world.works()

    question = world.question(number)
    assert (question.fault, question.version, question.standing) == ("confirmed", 2, "asked")
    assert world.drafter.briefs[-1].situation.endswith("_confirmed")


async def test_correcting_the_tone_drafts_anew_and_stands_until_the_customer_says_more(world: World) -> None:
    number = await world.hears(a_mention("Na toll, das Brot"))
    world.pipeline.correct_tone(number, 1, "negative", by=ALICE, surface="slack")
    await world.works()

    question = world.question(number)
    assert question.tone is not None
    assert (question.tone.polarity, question.tone.certain, question.tone_by, question.version) == (
        "negative",
        True,
        "Alice",
        2,
    )


async def test_a_redraft_takes_a_colleagues_words_along(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.redraft(number, 1, by=BOB, surface="slack", feedback="Bitte kürzer")
    await world.works()

    assert world.question(number).version == 2
    assert world.drafter.briefs[-1].feedback == "Bitte kürzer"


async def test_claiming_and_escalating_leave_the_question_open(world: World) -> None:
    number = await world.hears(a_mention())
    claimed = world.pipeline.hand_over(number, "claim", by=ALICE, surface="slack")
    assert claimed.handover is not None
    assert (claimed.handover.kind, claimed.handover.person, claimed.standing) == ("claim", "Alice", "asked")

    escalated = world.pipeline.hand_over(number, "escalate", by=ALICE, surface="slack")
    assert escalated.handover is not None
    assert (escalated.handover.to, escalated.open) == ("Bob", True)


async def test_a_claim_can_be_put_back_by_its_owner_alone(world: World) -> None:
    number = await world.hears(a_mention())
    world.pipeline.hand_over(number, "claim", by=ALICE, surface="slack")

    assert world.pipeline.hand_over(number, "release", by=BOB, surface="slack").handover is not None
    assert world.pipeline.hand_over(number, "release", by=ALICE, surface="slack").handover is None


async def test_fifty_parallel_clicks_publish_once(world: World) -> None:
    import asyncio

    number = await world.hears(a_mention())
    clicks = [
        asyncio.to_thread(world.pipeline.decide, Approved(question=number, version=1, by=by, surface="slack"))
        for by in (ALICE, BOB) * 25
    ]
    answers = await asyncio.gather(*clicks, return_exceptions=True)
    await world.works()

    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert {type(answer) for answer in answers if isinstance(answer, Exception)} <= {AlreadyDecided, Outdated}
    assert len(world.channel.published) == 1


async def test_a_decision_about_a_question_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed, match="no question 99"):
        world.pipeline.decide(Rewritten(question=99, version=1, by=ALICE, surface="desk", text="Hallo"))


@pytest.fixture
def world_alone(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A one-person house that says so in its settings."""
    alone = Person(name="Alice", login="alice", roles=frozenset({"approver"}))
    return World(tmp_path_factory.mktemp("alone"), house=a_house(people=People((alone,)), second_person="none"))
