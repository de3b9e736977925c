"""What was found in a draft is said in the language of the desk."""

from __future__ import annotations

from tests.approvals.web.bakery import TOM, a_draft, a_finding, a_question
from tests.approvals.web.pretend import PretendDecisions
from tests.approvals.web.visit import Visit, seen


async def test_findings_are_german_on_the_german_desk_and_english_on_the_english_one() -> None:
    text = "Wir erstatten alles."
    told = {
        "why": "It is a word of money.",
        "hint": "Leave it out.",
        "why_de": "Es spricht von Geld.",
        "hint_de": "Weglassen.",
    }
    house = PretendDecisions()
    house.put(a_question(draft=a_draft(text, findings=(a_finding(text, "erstatten", liftable=False, **told),))))
    visit = await Visit(house).enters(TOM)

    german = seen(await visit.reads("/q/1", **{"accept-language": "de"}))
    english = seen(await visit.reads("/q/1", **{"accept-language": "en"}))

    assert "Es spricht von Geld." in german
    assert "Besser: Weglassen." in german
    assert "It is" not in german
    assert "It is a word of money." in english
    assert "No reason lifts this. The words have to change." in english
