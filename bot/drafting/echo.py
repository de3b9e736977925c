"""What the customer named, said back in our own words: never their personal details, never an insult.

The words come from the team's table alone, so nothing a customer wrote can slip into a reply this way. A thing is
named only where it is plainly what the post is about, and only what happened to the writer is said of "you":
a general word is humble, a wrong one is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.drafting.grammar import cases_of, filled
from bot.drafting.spotting import Spotter, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.drafting.lexicon import Lexicon, Trouble, Voice
    from bot.drafting.speech import Listener, Part

_OWNED = 2
"""So many words before a thing a „mein“ makes it the customer's."""
_GOES_ON = 7
"""Words that a part may have that goes on about the thing of the part before."""
_TOPICS = frozenset({"hours", "prices"})
"""Kinds of things that a post is about when it names them: nobody mentions opening hours by the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """Phrases that templates can always say; without a known thing they stay general."""

    clause: str
    """After "that" / „dass“: `your parcel has not arrived`; `this happened`, `das passiert ist` where nothing is sure."""
    there: str
    """After "what happened" / „was“: `with your parcel`, `da`."""
    on: str
    """With a leading space: ` zu Ihrem Paket`; empty when no thing was named."""
    thing: str
    """The thing in the nominative; empty when none was named."""
    shown: str
    """What was attached, in the accusative: `das Bild`; empty when nothing was."""
    sure: bool = False
    """Whether it is plain what went wrong for the writer."""
    in_care: bool = False
    """Whether a doctor is spoken of: nobody needs to be sent to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A thing of the table as one post names it."""

    noun: str = ""
    theirs: bool = False
    trouble: Trouble | None = None


class Ear:
    """Hears what a post is about, as far as one language's table goes."""

    def __init__(self, lexicon: Lexicon, listener: Listener) -> None:
        self.listener = listener
        self._lexicon = lexicon
        self._things = Spotter({noun: thing.heard for noun, thing in lexicon.things.items()})
        self._troubles = Spotter({str(at): trouble.heard for at, trouble in enumerate(lexicon.troubles)})

    def echo(self, posts: Sequence[str], voice: Voice, attachments: Iterable[str] = ()) -> Echo:
        """The echo of the newest post that names something we know; posts come oldest first."""
        lexicon = self._lexicon
        heard = list(map(self._heard, reversed(posts)))
        named = next((one for one in heard if one.trouble), None) or next((one for one in heard if one.noun), _Named())
        thing = lexicon.things.get(named.noun)
        theirs = named.theirs and thing is not None and thing.whose == "your"
        cases = cases_of(named.noun, thing, voice, theirs=theirs) if thing else {}
        plural = thing is not None and thing.gender == "p"
        return Echo(
            clause=filled(_clause(named.trouble, voice, plural=plural) if named.trouble else lexicon.plain, cases),
            there=filled(lexicon.phrases.there if cases else lexicon.phrases.there_else, cases),
            on=" " + filled(lexicon.phrases.on, cases) if cases else "",
            thing=cases.get("nom", ""),
            shown=next((lexicon.shown[kind] for kind in attachments if kind in lexicon.shown), ""),
            sure=named.trouble is not None,
            in_care=any("in_care" in self.listener.acts(text) for text in posts),
        )

    def _heard(self, text: str) -> _Named:
        """The first trouble with its thing; else the one thing that the whole post is about."""
        parts = [part for sentence in self.listener.sentences(text) for part in sentence]
        nouns = {noun for part in parts for noun in self._nouns_in(part.words)}
        return next(self._troubled(parts, nouns), None) or self._topic(text, nouns)

    def _troubled(self, parts: Sequence[Part], nouns: Iterable[str]) -> Iterator[_Named]:
        """Troubles that are told as events, each with the one thing that its own part names."""
        only, alone = tuple(nouns), all(part.own for part in parts)
        for at, part in enumerate(parts):
            here = self._nouns_in(part.words)
            if not here and len(only) == 1 and at and self._goes_on(part, parts[at - 1]):
                here = {only[0]: self._owned(parts[at - 1].words, only[0])}
            for trouble in self._troubles_in(part):
                if not trouble.fits and (alone or (part.me and part.own) or (part.to_me and trouble.mine)):
                    yield _Named(trouble=trouble)
                fitting = [noun for noun in here if self._lexicon.things[noun].kind in trouble.fits]
                if len(fitting) == 1:
                    yield _Named(noun=fitting[0], theirs=here[fitting[0]], trouble=trouble)

    def _topic(self, text: str, nouns: Iterable[str]) -> _Named:
        """The only thing of a post, when the customer calls it theirs or when its kind is always the matter itself."""
        words, only = words_of(text), tuple(nouns)
        if len(only) != 1:
            return _Named()
        theirs = self._owned(words, only[0])
        plain = theirs or self._lexicon.things[only[0]].kind in _TOPICS
        return _Named(noun=only[0], theirs=theirs) if plain else _Named()

    def _nouns_in(self, words: Sequence[str]) -> dict[str, bool]:
        """The things of these words, and whether each is called the customer's; the longer name of two counts."""
        found = self._things.spans(words)
        inside = {
            one for one, (a, b) in found.items() for c, d in found.values() if c <= a and b <= d and d - c > b - a
        }
        return {noun: self._owned(words, noun) for noun in found if noun not in inside}

    def _owned(self, words: Sequence[str], noun: str) -> bool:
        places = self._things.places(words).get(noun, [])
        mine = self.listener.speech.my
        return any(not set(mine).isdisjoint(words[max(0, at - _OWNED) : at]) for at in places)

    def _goes_on(self, part: Part, before: Part) -> bool:
        """Whether this part speaks on about the thing of the part before („Mein Paket kam heute. Völlig zerdrückt.“)."""
        named = bool(self._nouns_in(before.words))
        return named and len(part.words) <= _GOES_ON and part.words[0] in self.listener.speech.goes_on

    def _troubles_in(self, part: Part) -> list[Trouble]:
        """What went wrong, in the table's order, without what is only supposed or taken back by a „nicht“."""
        if not part.told:
            return []
        found = self._troubles.places(part.words)
        told = sorted(int(name) for name, places in found.items() if self.listener.stands(part.words, places))
        return [trouble for trouble in map(self._lexicon.troubles.__getitem__, told) if part.me or not trouble.mine]


def _clause(trouble: Trouble, voice: Voice, *, plural: bool) -> str:
    if trouble.fits:
        return trouble.many if plural else trouble.one
    return {"Sie": trouble.Sie, "du": trouble.du, "you": trouble.you}[voice]
