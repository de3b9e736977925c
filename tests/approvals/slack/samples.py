"""A small bakery's questions, one changed thing at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.draft import Draft, Words
from bot.core.finding import Finding
from bot.core.house import House
from bot.core.mention import Mention
from bot.core.person import People, Person
from bot.core.question import Post, Promise, Question, Reply, Ruling, Signature, Trouble
from bot.core.tone import Tone
from bot.core.why import Why

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
ALICE = Person(name="Alice", slack="U01ALICE")
BOB = Person(name="Bob", slack="U02BOB")
CAROL = Person(name="Carol", slack="U03CAROL", roles=frozenset({"reader"}))
HOUSE = House(brand="Krume Bakery", languages=("en", "de"), people=People((ALICE, BOB, CAROL)))
GERMAN_HOUSE = replace(HOUSE, languages=("de", "en"))
ALONE = replace(HOUSE, second_person="none", people=People((ALICE, CAROL)))
HOSTILE = "<!channel> <@U01ALICE> <https://bank.example|my bank> *bold* & `code`"
STOP = Finding(
    item="H6",
    severity="stop",
    start=0,
    end=4,
    why="no confirmed fact says this",
    hint="say what is known",
    liftable=True,
    why_de="Das sagt kein bestätigter Fakt",
    hint_de="sagen, was bekannt ist",
)
FORBIDDEN = replace(
    STOP, why="money needs a confirmed fact", hint="leave it out", liftable=False,
    why_de="Geld braucht einen bestätigten Fakt", hint_de="weglassen",
)  # fmt: skip
PUBLISHED = Reply(
    version=1,
    text="We are sorry, Mia. We will write here again.",
    at=NOW - timedelta(minutes=3),
    post="-100/9",
    url="https://t.me/c/1/9",
)
PROMISE = Promise(text="We will write here again.", owner="Alice", due_at=NOW + timedelta(hours=24))
APPROVED = Ruling(version=1, kind="approved", by=("Alice",), surface="slack", at=NOW - timedelta(minutes=4))


def a_post(text: str = "My bread was hard as stone today.", number: int = 1, **changes: Any) -> Post:
    """One post on Telegram."""
    edited = changes.pop("edited", False)
    words: dict[str, Any] = {
        "channel": "telegram",
        "id": f"-100/{number}",
        "author": "Mia K.",
        "text": text,
        "at": NOW - timedelta(minutes=30 - number % 20),
        "url": f"https://t.me/c/1/{number}",
    }
    mention = Mention(**(words | changes))
    return Post(number=number, mention=mention, heard_at=mention.at, edited=edited)


def a_draft(text: str = "We are sorry, Mia. We will write here again.", **changes: Any) -> Draft:
    """A draft from a template."""
    known: dict[str, Any] = {
        "question": 12,
        "version": 1,
        "words": Words(text=text, drafter="template", lang="en", template="complaint_calm_open", promises=()),
        "by": "template",
        "at": NOW - timedelta(minutes=20),
        "covers": 1,
        "commitment": "c0ffee",
    }
    return Draft(**(known | changes))


def a_tone(**changes: Any) -> Tone:
    """Negative and sure of it."""
    known: dict[str, Any] = {"lang": "en", "polarity": "negative", "confidence": 0.91, "certain": True}
    return Tone(**(known | {"flags": frozenset({"complaint"})} | changes))


def a_question(**changes: Any) -> Question:
    """Question 12, version 1, waiting for a person."""
    known: dict[str, Any] = {
        "number": 12,
        "standing": "asked",
        "opened_at": NOW - timedelta(minutes=30),
        "due_at": NOW + timedelta(hours=3),
        "posts": (a_post(),),
        "tone": a_tone(),
        "draft": a_draft(),
        "version": 1,
    }
    return Question(**(known | changes))


def high_risk(**changes: Any) -> Question:
    """Two people must sign."""
    return a_question(**({"tone": a_tone(flags=frozenset({"complaint", "legal"})), "needs": 2} | changes))


FACES: dict[str, Question] = {
    "preparing": a_question(standing="preparing", draft=None, version=0),
    "asked": a_question(draft=a_draft(words=Words(
        text="We are sorry, Mia. We will write here again.", drafter="llm", lang="en",
        promises=("We will write here again.",), note="",
    ))),
    "high-risk": high_risk(),
    "unsure": a_question(tone=a_tone(certain=False, confidence=0.54)),
    "stop": a_question(draft=a_draft(findings=(STOP, replace(STOP, severity="hint", item="H8")))),
    "needs-words": a_question(
        standing="needs_words", draft=None, version=0, posts=(a_post("Ekmek taş gibiydi."),), tone=a_tone(lang="tr"),
        note=Why.foreign_language(lang="tr"),
    ),
    "declined": a_question(
        standing="needs_words", ruling=replace(APPROVED, kind="declined", why="too_vague", reason="name the bread")
    ),
    "half-signed": high_risk(
        standing="half_signed", signatures=(Signature(person="Alice", at=NOW, surface="slack"),)
    ),
    "sending": a_question(standing="sending", ruling=APPROVED),
    "held": a_question(standing="held", ruling=APPROVED),
    "held-by-the-key": a_question(
        standing="held", ruling=APPROVED, trouble=Trouble(attempt=1, why=Why.telegram_key(), at=NOW)
    ),
    "unknown": a_question(
        standing="unknown", ruling=APPROVED, trouble=Trouble(attempt=1, why=Why.telegram_perhaps(said="Timed out"), at=NOW)
    ),
    "failed": a_question(
        standing="failed", ruling=APPROVED, trouble=Trouble(attempt=1, why=Why.post_gone(), at=NOW)
    ),
    "published": a_question(standing="published", ruling=APPROVED, said=(PUBLISHED,), promises=(PROMISE,)),
    "outbox": a_question(
        standing="published", ruling=APPROVED, said=(replace(PUBLISHED, outbox=True, url=None),),
        posts=(a_post(replayed=True),),
    ),
    "left-alone": a_question(
        standing="left_alone", draft=None, version=0, ruling=replace(APPROVED, kind="left_alone", why="spam")
    ),
    "reopened": a_question(
        posts=(a_post(), a_post("And today again!", 2, answers="-100/9")), said=(PUBLISHED,), promises=(PROMISE,),
        version=2, draft=a_draft(version=2),
    ),
    "names-us-edited": a_question(posts=(
        a_post("Krume again …", 1, edited=True), a_post("", 2, attachments=("sticker",), aimed="names_us"),
    )),
    "hostile": a_question(
        posts=(a_post(HOSTILE, author=HOSTILE, url="javascript:alert(1)"),),
        draft=a_draft(HOSTILE, findings=(replace(STOP, severity="warn", end=60, why=HOSTILE, hint=HOSTILE, why_de=HOSTILE, hint_de=HOSTILE),)),
        note=HOSTILE,
    ),
}  # fmt: skip
"""Every face a card can have."""
