"""What the customer named, said back in our own words: never their personal details, never an insult.

The words come from the team's table alone, so nothing a customer wrote can slip into a reply this way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.text import visible
from bot.drafting.grammar import cases_of, filled
from bot.drafting.spotting import Spotter, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.drafting.lexicon import Lexicon, Trouble, Voice

_LOOKED_AT = 2_000
"""Characters of a post in which things are looked for."""
_NEAR = 3
"""So many words before a trouble a „nicht“ takes it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """Phrases that templates can always say; without a known thing they stay general."""

    clause: str
    """After "that" / „dass“: `your parcel has not arrived`, `Sie solchen Ärger hatten`."""
    there: str
    """After "what happened" / „was“: `with your parcel`, `da`."""
    on: str
    """With a leading space: ` zu Ihrem Paket`; empty when no thing was named."""
    thing: str
    """The thing in the nominative; empty when none was named."""
    shown: str
    """What was attached, in the accusative: `das Bild`; empty when nothing was."""


class Ear:
    """Hears what a post is about, as far as one language's table goes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._things = Spotter({noun: thing.heard for noun, thing in lexicon.things.items()})
        self._troubles = Spotter({str(at): trouble.heard for at, trouble in enumerate(lexicon.troubles)})
        self._negations = frozenset(lexicon.negations)

    def echo(self, posts: Sequence[str], voice: Voice, attachments: Iterable[str] = ()) -> Echo:
        """The echo of the newest post that names something we know; posts come oldest first."""
        lexicon = self._lexicon
        noun, trouble = next(filter(any, (self._named(text) for text in reversed(posts))), ("", None))
        cases = cases_of(noun, lexicon.things[noun], voice) if noun else {}
        plain = lexicon.plain[voice].with_thing if noun else lexicon.plain[voice].with_nothing
        plural = bool(noun) and lexicon.things[noun].gender == "p"
        return Echo(
            clause=filled(_clause(trouble, voice, plural=plural) if trouble else plain, cases),
            there=filled(lexicon.phrases.there if noun else lexicon.phrases.there_else, cases),
            on=" " + filled(lexicon.phrases.on, cases) if noun else "",
            thing=cases["nom"] if noun else "",
            shown=next((lexicon.shown[kind] for kind in attachments if kind in lexicon.shown), ""),
        )

    def _named(self, text: str) -> tuple[str, Trouble | None]:
        """The thing and the trouble that belong together: in one sentence, else in a post with a single thing."""
        sentences = [words_of(part) for part in re.split(r"[.!?;\n]+", visible(text[:_LOOKED_AT]))]
        whole = [word for sentence in sentences for word in sentence]
        nouns = list(self._things.places(whole))
        for words in (*sentences, *([whole] if len(nouns) == 1 else [])):
            near = list(self._things.places(words))
            for trouble in self._troubles_in(words):
                if noun := next((noun for noun in near if self._lexicon.things[noun].kind in trouble.fits), ""):
                    return noun, trouble
        alone = next((trouble for trouble in self._troubles_in(whole) if not trouble.fits), None)
        return (nouns[0] if nouns else ""), alone

    def _troubles_in(self, words: Sequence[str]) -> list[Trouble]:
        """What went wrong, in the table's order, without what a „nicht“ takes back."""
        told = {
            int(name)
            for name, places in self._troubles.places(words).items()
            if any(self._negations.isdisjoint(words[max(0, at - _NEAR) : at]) for at in places)
        }
        return [self._lexicon.troubles[at] for at in sorted(told)]


def _clause(trouble: Trouble, voice: Voice, *, plural: bool) -> str:
    if trouble.fits:
        return trouble.many if plural else trouble.one
    return {"Sie": trouble.Sie, "du": trouble.du, "you": trouble.you}[voice]
