"""The scenes in which every template is tried before the house opens."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, get_args

from bot.core.draft import Brief
from bot.core.fact import Fact, Fault
from bot.core.mention import Mention
from bot.core.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.drafting.lexicon import Voice

_FACTS = (
    Fact(id="F1", kind="cause", text="Ein Kabel ist gerissen / a cable is broken."),
    Fact(id="F2", kind="action", text="Wir tauschen es aus / we are replacing it."),
)
_NAMED = "Mein Paket ist nicht angekommen / my parcel never came"


def scenes(voice: Voice) -> Iterator[Brief]:
    """Briefs that together take every branch: each fault, with and without facts, all the rest there or not."""
    faults: tuple[Fault, ...] = get_args(Fault)
    for fault, facts, full in product(faults, (_FACTS, ()), (True, False)):
        post = Mention(
            channel="rehearsal",
            id="1",
            author="Anna" if full else "",
            text=_NAMED if full else "…",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            attachments=("picture",) if full else (),
            public=full,
        )
        yield Brief(
            brand="Example Bakery",
            posts=(post,),
            tone=Tone(lang="en" if voice == "you" else "de", polarity="negative", confidence=1.0),
            fault=fault,
            facts=facts,
            address="neutral" if voice == "you" else voice,
            said_before=() if full else ("…",),
            crisis=not full,
        )
