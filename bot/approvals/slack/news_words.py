"""What the thread of a card says, in German and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = dict[str, str]

ENGLISH: Words = {
    "version": "*Version {version}*",
    "from_template": "from the template {template}",
    "from_llm": "written by the model",
    "from_person": "typed by {by}",
    "from_nobody": "nothing drafted, please write",
    "redraft": "{by} asked for other words",
    "declined": "{by} declined the version before",
    "fault": "{by} set whose fault it is",
    "tone": "{by} corrected how it sounds",
    "overheard": "{by} answered the customer already",
    "new_post": "the customer wrote again",
    "edited_post": "the customer changed a post",
    "published": "*Published* · version {version}, approved by {by}",
    "left_alone": "*Left alone* by {by}",
    "unknown": "*Did version {version} arrive?* {channel} took it and did not confirm it. "
    "Please look below the post, then choose on the card",
    "failed": "*Not published.* {channel} refused version {version} for good",
    "reply": "open the reply",
    "outbox": "in the outbox (replayed)",
    "longer": "the rest stands on the desk",
    "wrong_facts": "wrong facts",
    "wrong_tone": "wrong tone",
    "too_vague": "too vague",
    "not_ours": "not ours to answer",
    "spam": "spam",
    "praise": "praise that needs no reply",
    "settled_elsewhere": "settled elsewhere",
    "other": "something else",
    "and": "and",
    "somebody": "somebody",
    "quoted": "“{said}”",
}
GERMAN: Words = {
    "version": "*Fassung {version}*",
    "from_template": "aus der Vorlage {template}",
    "from_llm": "vom Modell geschrieben",
    "from_person": "von {by} getippt",
    "from_nobody": "kein Entwurf, bitte selbst schreiben",
    "redraft": "{by} möchte es anders formuliert",
    "declined": "{by} hat die vorige Fassung abgelehnt",
    "fault": "{by} hat eingetragen, an wem es lag",
    "tone": "{by} hat den Ton berichtigt",
    "overheard": "{by} hat schon selbst geantwortet",
    "new_post": "neuer Beitrag der Kundschaft",
    "edited_post": "ein Beitrag wurde nachträglich geändert",
    "published": "*Veröffentlicht* · Fassung {version}, freigegeben von {by}",
    "left_alone": "*Bleibt unbeantwortet*, entschieden von {by}",
    "unknown": "*Ist Fassung {version} angekommen?* {channel} hat sie angenommen, aber nicht bestätigt. "
    "Bitte unter dem Beitrag nachsehen und dann auf der Karte wählen",
    "failed": "*Nicht veröffentlicht.* {channel} nimmt Fassung {version} endgültig nicht an",
    "reply": "zur Antwort",
    "outbox": "im Postausgang (nachgespielt)",
    "longer": "der Rest steht auf der Web-Oberfläche",
    "wrong_facts": "Fakten falsch",
    "wrong_tone": "Ton falsch",
    "too_vague": "zu vage",
    "not_ours": "nicht unsere Sache",
    "spam": "Spam",
    "praise": "Lob, das keine Antwort braucht",
    "settled_elsewhere": "anderswo geklärt",
    "other": "anderer Grund",
    "and": "und",
    "somebody": "jemand",
    "quoted": "„{said}“",
}
_BOTH: Mapping[str, Words] = {"de": GERMAN, "en": ENGLISH}


def words_for(languages: tuple[str, ...]) -> Words:
    """The words of the house's first language; English where we do not speak it."""
    return _BOTH.get(next(iter(languages), "en"), ENGLISH)
