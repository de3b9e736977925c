"""What we promise in public is noticed, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.promise import promises_in

PROMISES = [
    "Wir melden uns hier wieder.",
    "Sobald wir mehr wissen, schreiben wir es hier.",
    "Sobald wir mehr wissen, lesen Sie es hier.",
    "We will write here again.",
    "We'll keep you posted",
    "We’ll keep you posted.",
    "Sie hören von uns",
    "Du hörst von uns.",
    "Heute noch hören Sie von uns.",
    "Wir schreiben hier weiter.",
    "Wir schreiben hier wieder, auch wenn es nichts Neues gibt.",
    "Ich melde mich morgen bei Ihnen.",
    "Wir prüfen das und melden uns hier.",
    "Wir lassen Sie nicht allein und melden uns morgen.",
    "Wir halten dich auf dem Laufenden.",
    "Wir geben Ihnen bis morgen Bescheid.",
    "Dann geben wir hier Bescheid.",
    "Die Filiale prüft das und eine Kollegin meldet sich bei Ihnen.",
    "Sie schreibt dir heute noch.",
    "Das nächste Update gibt es um 15 Uhr.",
    "Wir werden das Teil ersetzen.",
    "As soon as we know more, we will tell you here.",
    "You will hear from us by tonight.",
    "We do not know the cause yet, but we will post it here.",
    "We are going to call you back.",
    "Our team will get back to you.",
    "More to follow at 3 pm.",
    "Next update at 15:00.",
    "We will keep writing here.",
    "Wir kümmern uns darum.",
    "Wir berichten hier, sobald die Ursache feststeht.",
    "Was wir herausfinden, schreiben wir hier.",
    "I will be in touch.",
    "We are checking this and will write here again.",
    "Wir antworten Ihnen hier, sobald wir es wissen.",
    "Wir informieren euch hier.",
    "Sobald die Werkstatt fertig ist, rufen wir dich an.",
    "Hier melden wir uns wieder.",
    "Eine Antwort bekommen Sie hier von uns.",
]
NO_PROMISES = [
    "Bitte melden Sie sich.",
    "Bitte melden Sie sich bei uns per Direktnachricht.",
    "We would write.",
    "wir können nicht sagen, wann",
    "Wir können nicht sagen, wann wir uns melden.",
    "Wir können noch nicht sagen, wann es weitergeht.",
    "Schreib uns gern.",
    "Schreiben Sie uns gern privat.",
    "Wir melden uns erst heute, das tut uns leid.",
    "We cannot say when we will write.",
    "We do not know when we will be back.",
    "Write to us if you like.",
    "We will leave the poetry to others.",
    "We will pass on the rhyme and help with the outage.",
    "Will you write to us?",
    "Sollen wir uns bei Ihnen melden?",
    "Wir haben uns zu spät gemeldet.",
    "Danke, dass du uns schreibst.",
    "Danke, dass Sie uns schreiben.",
    "Die Ursache kennen wir noch nicht.",
    "Wir werden oft gefragt.",
    "You are right.",
    "Thank you for writing.",
    "Mehr als das wissen wir leider noch nicht.",
    "If you call us, you will find the opening hours there.",
    "Das hören wir gern.",
    "Wir prüfen das gerade.",
    "Wir würden Ihnen gern schreiben.",
    "Danke, das freut uns sehr!",
]


@pytest.mark.parametrize("sentence", PROMISES)
def test_a_promise_is_noticed(sentence: str) -> None:
    assert promises_in(sentence) == (sentence,)


@pytest.mark.parametrize("sentence", NO_PROMISES)
def test_requests_questions_and_denials_are_no_promises(sentence: str) -> None:
    assert promises_in(sentence) == ()


def test_only_the_promising_sentences_are_given_back_in_order() -> None:
    reply = "Der Zug fiel aus, z. B. um 15. Mai. Wir melden uns hier wieder. Das tut uns leid. Sie hören von uns."

    assert promises_in(reply) == ("Wir melden uns hier wieder.", "Sie hören von uns.")


def test_a_promise_said_twice_is_one_promise() -> None:
    assert promises_in("We will write here again. We will write here again.") == ("We will write here again.",)


@given(st.text(max_size=300))
def test_promises_are_sentences_of_the_text_whatever_it_says(text: str) -> None:
    assert all(promise in text for promise in promises_in(text))
