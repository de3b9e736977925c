"""Words from the team's own templates: no model, no network, the same answer each time."""

from __future__ import annotations

import re
import time
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from bot.core.draft import Claim, Words
from bot.core.playbook import SITUATIONS, WORDLESS
from bot.core.promise import promises_in
from bot.core.text import utf16_length
from bot.core.why import Why
from bot.drafting.choice import turned, unsaid_first
from bot.drafting.echo import Ear
from bot.drafting.lexicon import lexicon_from
from bot.drafting.rehearsal import scenes
from bot.drafting.sandbox import rendered, sandbox
from bot.drafting.sense import seen_in
from bot.drafting.speech import Listener, speech_from
from bot.drafting.wordings import wordings_in
from bot.drafting.words import first_of
from bot.errors import DraftingError, WordsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from jinja2 import Template

    from bot.core.draft import Brief
    from bot.core.fact import Fact
    from bot.drafting.lexicon import Voice

Shelf = Literal["de-Sie", "de-du", "en"]
SHELVES: dict[Shelf, tuple[str, Voice]] = {"de-Sie": ("de", "Sie"), "de-du": ("de", "du"), "en": ("en", "you")}
"""Each folder of templates, with the language of its tables and how it speaks to people."""

# A plain name or handle: no address of a site, no telephone number, nothing that pings a group.
_NAME = re.compile(r"@?[^\W\d_](?:[^\W]|[ '’-]|\.(?= |$)){0,29}")
_GROUPS = frozenset({"all", "channel", "everyone", "here", "admin", "alle"})
_DIGITS = 4


class TemplateDrafter:
    """Words from `<folder>/<shelf>/<situation>.j2`; a file in an earlier folder replaces one in a later."""

    def __init__(self, folders: Sequence[Path], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._folders = folders
        self._clock = clock
        self._sandbox = sandbox()
        self._wordings: dict[str, tuple[Template, ...]] = {}
        self._ears: dict[str, Ear] = {}

    async def draft(self, brief: Brief) -> Words:
        """The next wording that this question has not had; raises DraftingError when a person must write."""
        shelf = _shelf_for(brief)
        if brief.situation in WORDLESS:
            raise DraftingError(Why.no_template(situation=brief.situation))
        try:
            turns = list(islice(self._in_turn(shelf, brief), brief.version + len(brief.unwanted)))
        except WordsError as error:
            raise DraftingError(Why.words_unusable(fault=error.why)) from error
        if not turns:
            raise DraftingError(Why.no_short_template(limit=brief.limit))
        fresh = [turn for turn in turns[brief.version - 1 :] if turn[1] not in brief.unwanted]
        if not fresh:
            raise DraftingError(Why.all_wordings_used())
        place, text = fresh[0]
        return Words(
            text=text,
            drafter="template",
            lang=shelf[:2],
            template=place,
            claims=_claims(text, brief.facts),
            promises=promises_in(text),
        )

    def check_all(self) -> None:
        """Try every template in every scene it may meet; raises WordsError naming all faults, file and line."""
        faults: dict[str, None] = {}
        for shelf in SHELVES:
            for situation in SITUATIONS:
                if situation not in WORDLESS:
                    faults |= dict.fromkeys(self._faults(shelf, situation))
        if faults:
            raise WordsError("; ".join(faults))

    def _faults(self, shelf: Shelf, situation: str) -> list[str]:
        try:
            for scene in scenes(SHELVES[shelf][1]):
                self._said(shelf, situation, scene)
        except WordsError as error:
            return [str(error)]
        return []

    def _in_turn(self, shelf: Shelf, brief: Brief) -> Iterator[tuple[str, str]]:
        """The wordings that fit, each with its name, in this question's order; rendered only as far as anybody asks."""
        ear = self._ear_for(SHELVES[shelf][0])
        values = self._values(shelf, brief)
        name = f"{shelf}/{seen_in(brief, ear.listener, sure=values['echo'].sure)}"
        ring = turned(list(enumerate(self._wordings_of(name), start=1)), brief.posts[0].key)
        said = ((f"{name}#{number}", rendered(wording, values, clock=self._clock)) for number, wording in ring)
        fitting = ((place, text) for place, text in said if text and utf16_length(text) <= brief.limit)
        return unsaid_first(fitting, brief.said_before) if brief.said_before else fitting

    def _said(self, shelf: Shelf, situation: str, brief: Brief) -> dict[str, str]:
        """Every wording as it would read, by its name (`de-Sie/praise#2`)."""
        values = self._values(shelf, brief)
        wordings = self._wordings_of(f"{shelf}/{situation}")
        return {
            f"{shelf}/{situation}#{number}": rendered(wording, values, clock=self._clock)
            for number, wording in enumerate(wordings, start=1)
        }

    def _values(self, shelf: Shelf, brief: Brief) -> dict[str, Any]:
        """All that a template may say. Customers' words are values here and never become a template."""
        lang, voice = SHELVES[shelf]
        # In a wave money is not offered in public (H6).
        facts = [fact for fact in brief.facts if not (brief.crisis and fact.kind == "money")]
        attachments = tuple(kind for post in brief.posts for kind in post.attachments)
        return {
            "address": brief.address,
            "again": bool(brief.said_before),
            "attachments": attachments,
            "author": "" if brief.said_before else sayable_name(brief.newest.author),
            "brand": brief.brand,
            "cause_known": any(fact.kind == "cause" for fact in facts),
            "crisis": brief.crisis,
            "echo": self._ear_for(lang).echo([post.text for post in brief.posts], voice, attachments),
            "facts": tuple(facts),
            "fault": brief.fault,
            "posts": tuple(brief.posts),
            "public": brief.newest.public,
            "told": _told(facts),
        }

    def _wordings_of(self, name: str) -> tuple[Template, ...]:
        if name not in self._wordings:
            self._wordings[name] = wordings_in(self._sandbox, self._file(f"{name}.j2"))
        return self._wordings[name]

    def _ear_for(self, lang: str) -> Ear:
        if lang not in self._ears:
            lexicon = lexicon_from(self._file(f"things-{lang}.toml"))
            self._ears[lang] = Ear(lexicon, Listener(speech_from(self._file(f"speech-{lang}.toml")), lexicon.negations))
        return self._ears[lang]

    def _file(self, name: str) -> Path:
        if path := first_of(name, self._folders):
            return path
        raise WordsError(f"templates/{name} is missing; `candor init` puts it back")


def sayable_name(author: str) -> str:
    """The public name when it may stand in a greeting, else nothing."""
    name = author.strip()
    plain = _NAME.fullmatch(name) and sum(letter.isdigit() for letter in name) <= _DIGITS
    return name if plain and name.removeprefix("@").casefold() not in _GROUPS else ""


def _shelf_for(brief: Brief) -> Shelf:
    for lang in (brief.tone.lang, brief.newest.lang or ""):
        match lang.partition("-")[0].lower():
            case "de":
                return "de-du" if brief.address == "du" else "de-Sie"
            case "en":
                return "en"
            case "und" | "":
                continue
            case other:
                raise DraftingError(Why.no_templates_in(lang=other))
    raise DraftingError(Why.language_unclear())


def _claims(text: str, facts: Sequence[Fact]) -> tuple[Claim, ...]:
    said = [(fact.id, " ".join(fact.text.split())) for fact in facts]
    return tuple(Claim(fact=name, words=words) for name, words in said if words in text)


def _told(facts: Sequence[Fact]) -> str:
    """All confirmed sentences as running text, each with its full stop."""
    sentences = (fact.text.strip() for fact in facts)
    return " ".join(said if said.endswith((".", "!", "?", "…", "“", '"')) else f"{said}." for said in sentences)
