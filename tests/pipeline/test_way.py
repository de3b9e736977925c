"""The way of a mention, whatever happens in whatever order: after every step the promises of the house hold."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.core.decision import Approved, Declined, LeftAlone, Rewritten
from bot.core.draft import Words
from bot.core.mention import Overheard
from bot.core.person import People, Person
from bot.errors import DecisionError, DraftingError, NeedsLogin, NotSent, OutcomeUnknown, Refused
from tests.pipeline.invariants import check
from tests.pipeline.unreliable import UnreliableWorld
from tests.world import ALICE, BOB, RITA, a_house, a_mention

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.question import Question

POSTS = (
    "Mein Brot war heute steinhart.",
    "Mein Anwalt wird sich bei Ihnen melden, das ist Betrug!",
    "Ich habe mich an der Tür verletzt, überall Blut!",
    "Wann habt ihr morgen offen?",
    "Great bread, thank you!",
    "Ekmek çok sertti, bir daha gelmem.",
    "Gewinne jetzt 1000 Euro! Klick hier: https://example.com",
    "",
)
CLEAN = "Das tut uns leid. Wir sehen nach, was passiert ist. Wir melden uns hier wieder."
LIFTABLE = "Wir haben morgen ab 8 Uhr wieder frisches Brot."
UNLIFTABLE = "Wir erstatten Ihnen 50 Euro, Ihre IBAN steht ja in der Bestellung."
TYPED = (CLEAN, LIFTABLE, UNLIFTABLE, "Thank you. We are looking into it.", "   ")
REASONS = ("", "kurz", "Das steht so an der Tür.")
FAILURES = (
    lambda: NotSent("busy", retry_after=2), lambda: NotSent("flood", retry_after=900), lambda: Refused("the post is gone"),
    lambda: NeedsLogin("401"), lambda: OutcomeUnknown("timed out"),
)  # fmt: skip
DRAFTS = (
    lambda: DraftingError("no words came"), lambda: RuntimeError("a broken drafter"),
    lambda: Words(text=LIFTABLE, drafter="llm", lang="de"), lambda: Words(text=UNLIFTABLE, drafter="llm", lang="de"),
)  # fmt: skip
POINTS = (
    "decide: before the row", "decide: before commit", "decide: decided", "hear: before storing", "hear: before commit",
    "prepare: begun", "prepare: judged", "prepare: checked", "prepare: before commit", "prepare: kept",
    "publish: before the attempt row", "publish: before the attempt commits", "publish: attempt kept",
    "publish: before the call", "publish: sent", "publish: before the outcome commits", "publish: outcome kept",
    "job: before it is marked as done",
    "paint: before the call", "paint: drawn", "paint: kept", "tell: before the call", "tell: told", "tell: kept",
)  # fmt: skip
CUSTOMERS_DO = (
    *["speaks"] * 3, "edits", "is delivered again", "answers our reply", "is answered by Bob alone", "speaks while a reply goes out",
)  # fmt: skip
COLLEAGUES_DO = (
    *["approves"] * 5, *["types"] * 3, "declines", "leaves alone", "only reads", "sets the fault", "corrects the tone",
    "wishes for other words", "claims",
)  # fmt: skip
TROUBLES = (
    "channel",
    "channel",
    "answer lost",
    "drafter",
    "wall",
    "wall's answer lost",
    "death",
    "death",
    "death that loses the jobs",
)
TIMES = (
    "clock",
    "one job",
    "a job once more",
    "works",
    "works",
    "sweep",
    "tidy",
    "switch",
    "the channel's history",
    "somebody looks",
    "somebody looks",
)
QUICK = Path("/dev/shm")
"""Thousands of houses are opened here: on a disk in memory where there is one."""
PHASES = (Phase.generate, Phase.shrink)
"""A failing way is made as short as it goes; explaining it takes longer than reading it."""
LIVELY = {"preparing", "sending", "held"}
"""Where a question must not stay for ever: from there it goes on without a person."""
WHO = st.sampled_from((ALICE, BOB))
AIMED = st.sampled_from(("at_us", "at_us", "names_us", "follows_up"))
ANY = st.integers(0, 5)
CALM = st.sampled_from((True, True, False))


class Way(RuleBasedStateMachine):
    """Customers, colleagues, a channel and a machine that do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="candor-way-", dir=QUICK if QUICK.exists() else None))
        self.world: UnreliableWorld
        self.posts: list[Any] = []

    @initialize(alone=st.booleans(), texts=st.lists(st.sampled_from(POSTS), min_size=1, max_size=3))
    def opens(self, texts: list[str], *, alone: bool) -> None:
        """A house of two people, or of one who says so, with the morning's questions drafted."""
        one = Person(name="Alice", login="alice", roles=frozenset({"approver"}))
        rules = {"people": People((one,)), "second_person": "none"} if alone else {}
        self.world = UnreliableWorld(self.folder, house=a_house(**rules))
        for who, text in enumerate(texts, start=1):
            self._hears(a_mention(text, author_id=str(who), author=f"@c{who}"), calm=True)

    def teardown(self) -> None:
        """When nothing breaks any more, everything that needs no person goes on."""
        if not hasattr(self, "world"):
            return
        try:
            self._calms_down()
        finally:
            self.world.ends()
            shutil.rmtree(self.folder)

    def _calms_down(self) -> None:
        world = self.world
        world.dies_at = None
        world.public.fails, world.drafter.in_line, world.public.meanwhile = [], [], []
        assert world.cards
        world.cards.fails, world.cards.lose_answer = [], False
        world.pipeline.resume(by="Bob")
        world.does(world.calms_down())
        check(world)
        stuck = {question.number: question.standing for question in world.everything() if question.standing in LIVELY}
        assert not stuck, f"these wait for nobody: {stuck}"
        assert world.rows("unsettled") == [], "something is tried again for ever"
        assert [row["question"] for row in world.rows("waiting") if row["lacks_draft"]] == [], "a draft is waited for"
        assert [row["id"] for row in world.rows("jobs") if row["ended"] is None] == []
        assert world.rows("untold") == [], "news are waited for"
        told = [(row["question"], f"{row['kind']}:{row['subject']}", row["post"]) for row in world.rows("told")]
        posts = [(number, name, post) for (number, name), post in world.cards.threads.items()]
        assert sorted(row for row in told if row[2]) == sorted(posts), "news are kept that nobody told, or told unseen"
        for question in world.everything():
            last = [card for card in world.cards.shown if card.number == question.number][-1]
            assert (last.standing, last.version) == (question.standing, question.version), (
                "a card shows what is no longer true"
            )

    @rule(
        what=st.sampled_from(CUSTOMERS_DO),
        who=st.integers(1, 3),
        which=ANY,
        text=st.sampled_from(POSTS),
        aimed=AIMED,
        calm=CALM,
    )
    def a_customer(self, what: str, who: int, which: int, text: str, aimed: Any, *, calm: bool) -> None:
        said = self._said(what, who, which, text, aimed)
        if said is not None:
            self._hears(said, calm=calm)

    @rule(
        what=st.sampled_from(COLLEAGUES_DO), who=WHO, which=ANY, text=st.sampled_from(TYPED), reason=st.sampled_from(REASONS),
        late=st.sampled_from((0, 0, 0, 1)), calm=CALM,
    )  # fmt: skip
    def a_colleague(self, what: str, who: Person, which: int, text: str, reason: str, late: int, *, calm: bool) -> None:
        everything = self.world.everything()
        wanted = [question for question in everything if question.decidable and which] or everything
        if wanted:
            self._clicks(_one_of(wanted, which), what, who, text, reason, late)
            self._then(calm=calm)

    @rule(
        what=st.sampled_from(TROUBLES),
        failure=st.sampled_from(FAILURES),
        draft=st.sampled_from(DRAFTS),
        point=st.sampled_from(POINTS),
    )
    def something_goes_wrong(self, what: str, failure: Any, draft: Any, point: str) -> None:
        assert self.world.cards
        match what:
            case "channel":
                self.world.public.fails.append(failure())
            case "answer lost":
                self.world.public.loses_answers += 1
            case "drafter":
                self.world.drafter.in_line.append(draft())
            case "wall":
                self.world.cards.fails += [] if isinstance(failure(), Refused) else [failure()]
            case "wall's answer lost":
                self.world.cards.lose_answer = True
            case "death":
                self.world.dies_at = point
            case "death that loses the jobs":
                self.world.restarts()
                self.world.stored.lose()

    @rule(
        what=st.sampled_from(TIMES),
        minutes=st.sampled_from((0.1, 2.0, 61.0, 1500.0, -61.0)),
        which=ANY,
        who=WHO,
        yes=st.booleans(),
    )
    def time_passes(self, what: str, minutes: float, which: int, who: Person, *, yes: bool) -> None:
        pipeline = self.world.pipeline
        match what:
            case "clock":
                self.world.now += timedelta(minutes=minutes)
            case "one job":
                self.world.does(self.world.stored.run_next(pipeline))
            case "a job once more":
                self.world.does(self.world.stored.repeat(pipeline, which))
            case "works":
                self.world.does(self.world.works())
            case "sweep":
                self.world.does(pipeline.sweep())
            case "tidy":
                self.world.does(pipeline.tidy())
            case "switch":
                (pipeline.pause if yes else pipeline.resume)(by="Bob")
            case "the channel's history":
                self.world.public.readable = yes
            case "somebody looks":
                self._settles(which, who)

    def _said(self, what: str, who: int, which: int, text: str, aimed: Any) -> Any:
        """What this customer says, or a colleague where customers read it."""
        about = {"author_id": str(who), "author": f"@c{who}"}
        match what:
            case "speaks":
                return a_mention(text, aimed=aimed, **about)
            case "edits" | "is delivered again" if self.posts:
                post = _one_of(self.posts, which)
                version, words = (
                    (post.version, post.text) if what != "edits" else (int(self.world.now.timestamp()), text)
                )
                return a_mention(words, id=post.id, author_id=post.author_id, author=post.author, version=version)
            case "answers our reply" if self.world.public.public:
                said = _one_of(self.world.public.public, which)
                person = self.world.question(said.question).posts[0].mention
                ours = f"{said.thread}/reply-{said.question}-{said.version}"
                return a_mention(text, author_id=person.author_id, author=person.author, answers=ours)
            case "is answered by Bob alone" if self.posts:
                post = _one_of(self.posts, which)
                return Overheard(
                    channel="telegram",
                    id=a_mention().id,
                    thread="-100",
                    answers=post.id,
                    by="Bob",
                    text="Ich bin dran.",
                    at=self.world.now,
                )
            case "speaks while a reply goes out":
                post = a_mention(text, aimed="follows_up", **about)
                self.world.public.meanwhile.append(lambda: self.world.pipeline.hear([post]))
        return None

    def _clicks(self, question: Question, what: str, who: Person, text: str, reason: str, late: int) -> None:
        """One click or wish; a refusal always says why."""
        pipeline = self.world.pipeline
        click: Any = {"question": question.number, "version": question.version - late, "by": who, "surface": "slack"}
        number, version = question.number, question.version
        by: Any = {"by": who, "surface": "slack"}
        does: dict[str, Callable[[], object]] = {
            "approves": lambda: pipeline.decide(Approved(**click, reason=reason)),
            "types": lambda: pipeline.decide(Rewritten(**click, text=text, reason=reason)),
            "declines": lambda: pipeline.decide(Declined(**click, kind="too_vague")),
            "leaves alone": lambda: pipeline.decide(LeftAlone(**click, kind="spam")),
            "only reads": lambda: pipeline.decide(Approved(**click | {"by": RITA})),
            "sets the fault": lambda: pipeline.set_fault(number, version, "confirmed", **by),
            "corrects the tone": lambda: pipeline.correct_tone(number, version, "negative", **by),
            "wishes for other words": lambda: pipeline.redraft(number, version, feedback=reason, **by),
            "claims": lambda: pipeline.hand_over(number, "claim", **by),
        }
        self._asks(does[what])

    def _settles(self, which: int, who: Person) -> None:
        """A person looks at the channel and says what is true."""
        unknown = [question for question in self.world.everything() if question.standing == "unknown"]
        if not unknown:
            return
        question = _one_of(unknown, which)
        assert question.trouble
        with self.world.history.reading() as rows:
            key = rows.attempt(question.trouble.attempt).key
        there = self.world.public.stands(key)
        self._asks(lambda: self.world.pipeline.settle(question.number, there=there, by=who, surface="slack"))

    def _asks(self, ask: Callable[[], object]) -> None:
        def asked() -> None:
            with suppress(DecisionError):
                ask()

        self.world.decides(asked)

    def _hears(self, said: Any, *, calm: bool) -> None:
        if not isinstance(said, Overheard):
            self.posts.append(said)
        self.world.decides(lambda: self.world.pipeline.hear([said]))
        self._then(calm=calm)

    def _then(self, *, calm: bool) -> None:
        """On a calm day, what was promised is done before anything else happens."""
        if calm:
            self.world.does(self.world.works())

    @invariant()
    def the_promises_hold(self) -> None:
        if hasattr(self, "world"):
            check(self.world)


def _one_of(many: Any, which: int) -> Any:
    """Mostly the newest ones: there things are on the move."""
    return many[-1 - which % len(many)]


def walk(*, ways: int, steps: int, derandomize: bool) -> None:
    """Let so many houses live through so many steps."""
    run_state_machine_as_test(
        Way,
        settings=settings(
            max_examples=ways,
            stateful_step_count=steps,
            derandomize=derandomize,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


def test_the_promises_hold_whatever_happens_in_whatever_order() -> None:
    walk(ways=55, steps=40, derandomize=True)


@pytest.mark.soak
def test_the_promises_hold_for_a_very_long_time() -> None:
    walk(ways=20_000, steps=50, derandomize=False)
