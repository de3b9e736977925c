"""What the App Home says, in German and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = dict[str, str]

ENGLISH: Words = {
    "stranger": "Hello! This is Candor, which helps the team answer customers. Your Slack account is not among the "
    "people of this house, so there is nothing to see here. Whoever looks after Candor can add you.",
    "paused": "⏸️ *Sending is paused.* Approved replies are held until somebody types `/candor resume`.",
    "sending": "Sending is on: what is approved goes out.",
    "mine": "On my table",
    "nothing_mine": "Nothing is on your table. Claim a question with the dots on its card, or with an eye below it.",
    "queue": "Waiting for an answer: {count}",
    "longest_first": "the longest waiting first",
    "nobody": "Nobody waits for an answer.",
    "more": "… and {count} more",
    "more_on_desk": "all of them on the desk",
    "channels": "Channels",
    "no_channel": "No channel is connected.",
    "heard": "last heard {ago}",
    "not_heard": "nothing heard lately",
    "open": "{count} open",
    "heard_post": "heard {ago}",
    "due": "answer by {due}",
    "overdue": "*overdue*, was due {due}",
    "question": "question {number}",
    "somebody": "somebody",
    "preparing": "being drafted",
    "asked": "a draft waits",
    "needs_words": "please write",
    "half_signed": "second signature needed",
    "sending_now": "on its way",
    "held": "held",
    "unknown": "perhaps sent, please look",
    "failed": "refused by the channel",
}
GERMAN: Words = {
    "stranger": "Hallo! Das ist Candor, damit antwortet das Team seinen Kundinnen und Kunden. Dein Slack-Konto gehört "
    "niemandem aus diesem Haus, deshalb gibt es hier nichts zu sehen. Wer Candor betreut, kann dich eintragen.",
    "paused": "⏸️ *Der Versand ist angehalten.* Freigegebene Antworten warten, bis jemand `/candor resume` tippt.",
    "sending": "Der Versand läuft: Was freigegeben ist, geht hinaus.",
    "mine": "Bei mir",
    "nothing_mine": "Bei dir liegt nichts. Übernimm eine Frage über die Punkte auf ihrer Karte oder mit einem Auge darunter.",
    "queue": "Warten auf Antwort: {count}",
    "longest_first": "am längsten Wartende zuerst",
    "nobody": "Niemand wartet auf eine Antwort.",
    "more": "… und {count} weitere",
    "more_on_desk": "alle auf der Web-Oberfläche",
    "channels": "Kanäle",
    "no_channel": "Kein Kanal ist verbunden.",
    "heard": "zuletzt gehört {ago}",
    "not_heard": "in letzter Zeit nichts gehört",
    "open": "{count} offen",
    "heard_post": "gehört {ago}",
    "due": "Antwort bis {due}",
    "overdue": "*überfällig*, fällig war {due}",
    "question": "Frage {number}",
    "somebody": "jemand",
    "preparing": "wird entworfen",
    "asked": "Entwurf liegt vor",
    "needs_words": "bitte selbst schreiben",
    "half_signed": "zweite Unterschrift fehlt",
    "sending_now": "unterwegs",
    "held": "wartet auf Versand",
    "unknown": "vielleicht gesendet, bitte nachsehen",
    "failed": "vom Kanal abgelehnt",
}
_BOTH: Mapping[str, Words] = {"de": GERMAN, "en": ENGLISH}


def home_words_for(languages: tuple[str, ...]) -> Words:
    """The words of the house's first language; English where we do not speak it."""
    return _BOTH.get(next(iter(languages), "en"), ENGLISH)
