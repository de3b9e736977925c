"""The guard stops what we cannot stand behind, and nothing else."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import Case
from bot.core.fact import Fact
from bot.guard.guard import Guard
from tests.guard.replies import BAD, GOOD

GUARD = Guard()


def a_case(text: str, **what: Any) -> Case:
    """A reply in German, in public, below a post we know nothing about."""
    return Case(text=text, **{"lang": "de", **what})


def a_fact(kind: Any, text: str) -> Fact:
    """Something a named person confirmed."""
    return Fact(id="f1", kind=kind, text=text)


def items(case: Case) -> set[str]:
    """Which items of the rubric hit."""
    return {finding.item for finding in GUARD.check(case)}


@pytest.mark.parametrize("address", ["neutral", "Sie"])
@pytest.mark.parametrize(("lang", "reply"), GOOD)
def test_a_good_reply_is_not_stopped(lang: str, reply: str, address: Any) -> None:
    assert GUARD.check(a_case(reply, lang=lang, address=address)) == []


@pytest.mark.parametrize(("item", "lang", "reply"), BAD)
def test_a_bad_reply_is_stopped(item: str, lang: str, reply: str) -> None:
    hits = [
        finding for finding in GUARD.check(a_case(reply, lang=lang, allow=("example.com",))) if finding.item == item
    ]

    assert hits
    assert all(hit.stops and hit.why and hit.hint and 0 <= hit.start < hit.end <= len(reply) for hit in hits)


def test_findings_stand_in_the_order_of_the_text() -> None:
    findings = GUARD.check(a_case("Hallo @fremder, in zwei Tagen gibt es 20 Euro {{ name }}."))

    assert [finding.start for finding in findings] == sorted(finding.start for finding in findings)
    assert {finding.item for finding in findings} == {"H6", "H11", "H12"}


@pytest.mark.parametrize(
    ("item", "reply", "liftable"),
    [
        ("H6", "In zwei Tagen ist es da.", True),
        ("H6", "Um 15 Uhr ist es da.", True),
        ("H6", "Am 3. Mai ist es da.", True),
        ("H6", "Der Fehler ist bereits behoben.", True),
        ("H6", "Sie bekommen 20 Euro.", False),
        ("H6", "Sie bekommen einen Gutschein.", False),
        ("H6", "Aus Kulanz kommen wir vorbei.", False),
        ("H6", "Der Ofen fiel aus, weil ein Kabel defekt war.", False),
        ("H9", "Wir rufen unter 0151 98765432 zurück.", False),
        ("H12", "Hallo {{ name }}", False),
        ("H11", "Danke @fremder!", True),
        ("H11", "Das tut uns **sehr** leid.", True),
    ],
)
def test_money_law_causes_persons_and_takeover_are_never_lifted(item: str, reply: str, liftable: bool) -> None:  # noqa: FBT001
    findings = [finding for finding in GUARD.check(a_case(reply)) if finding.item == item]

    assert findings
    assert all(finding.liftable is liftable for finding in findings)


@pytest.mark.parametrize(
    ("reply", "fact"),
    [
        ("Der Login ist seit 9.10 Uhr gestört.", a_fact("time", "Login-Ausfall seit 09:10")),
        ("In zwei Tagen ist alles da.", a_fact("time", "Lieferung in 2 Tagen")),
        ("Am 3. Mai sind wir wieder für Sie da.", a_fact("time", "Wieder offen ab 03.05.")),
        ("Die Ursache war ein abgelaufenes Zertifikat.", a_fact("cause", "Ursache: abgelaufenes Zertifikat")),
        ("Wir erstatten Ihnen die 20 Euro.", a_fact("money", "20,00 Euro werden erstattet")),
        ("Die Straßenlaterne ist repariert.", a_fact("action", "Die Straßenlaterne wurde repariert")),
        ("Wir haften dafür.", a_fact("legal", "Wir haften für den Schaden")),
        ("Nächstes Update um 15:00.", a_fact("time", "Nächstes Update um 15 Uhr")),
    ],
)
def test_what_a_fact_says_may_be_said(reply: str, fact: Fact) -> None:
    assert "H6" in items(a_case(reply))
    assert "H6" not in items(a_case(reply, facts=(fact,)))


def test_money_needs_a_money_fact_and_is_never_offered_in_a_wave() -> None:
    reply = "Wir erstatten die 20 Euro."

    assert "H6" in items(a_case(reply, facts=(a_fact("action", "20 Euro werden erstattet"),)))
    assert "H6" in items(a_case(reply, facts=(a_fact("money", "20 Euro werden erstattet"),), crisis=True))


def test_a_cause_needs_a_fact_of_its_own_kind() -> None:
    assert "H6" in items(
        a_case("Der Ofen fiel aus, weil ein Kabel defekt war.", facts=(a_fact("action", "Das Kabel war defekt"),))
    )


@pytest.mark.parametrize(
    ("reply", "mention"),
    [
        ("Die 89 Euro, die Sie nennen, sehen wir uns an.", "89 Euro für nichts!"),
        ("Dass Sie drei Wochen warten mussten, tut uns leid.", "Ich warte seit 3 Wochen"),
        ("Dass Bus 12 ausfiel, tut uns leid.", "Bus 12 kam wieder nicht"),
        ("Danke für die fünf Sterne!", "5 Sterne für euch"),
        (
            "Wegen der Verspätung haben Sie den Anschluss verpasst. Das tut uns leid.",
            "Wegen der Verspätung habe ich den Anschluss verpasst",
        ),
    ],
)
def test_the_customers_own_figures_may_be_told_back(reply: str, mention: str) -> None:
    assert "H6" not in items(a_case(reply, mention=mention))


@pytest.mark.parametrize(
    "reply", ["Sie bekommen 89 Euro.", "In drei Wochen bekommen Sie Ihr Geld.", 'Wir zahlen "89 Euro".']
)
def test_the_customers_figures_are_no_source_of_our_promises(reply: str) -> None:
    assert "H6" in items(a_case(reply, mention="Ich will 89 Euro, und nicht erst in 3 Wochen!"))


@pytest.mark.parametrize(
    "reply",
    [
        "Der Kuchen für Ngozi Okafor",
        "für NGOZI  OKAFOR!",
        "Liebe Ngozi-Okafor",
        "Frau Okafor war da",
        "Nr. 77 12-A",
        "Okafors Kuchen",
    ],
)
def test_what_we_hold_about_a_customer_never_shows(reply: str) -> None:
    assert "H9" in items(a_case(reply, person_values=("Ngozi Okafor", "7712a", "Okafor")))


def test_persons_are_guarded_in_public_only() -> None:
    reply = "Ihre IBAN DE89 3704 0044 0532 0130 00 stimmt."

    assert "H9" in items(a_case(reply))
    assert "H9" not in items(a_case(reply, public=False))


def test_a_number_without_valid_check_digits_is_no_account() -> None:
    assert "H9" not in items(a_case("Das Modell DE88 3704 0044 0532 0130 00 gibt es nicht."))


def test_our_own_hotline_links_hashtags_and_the_customers_handle_are_fine() -> None:
    case = a_case(
        "Hallo @anna_b, mehr auf https://www.example.de/hilfe/brot oder unter +49 800 1234567. #candor",
        author="anna_b",
        allow=("example.de/hilfe", "0800 1234567", "#candor"),
    )

    assert GUARD.check(case) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://example.de.evil.example.com",
        "https://example.de@evil.io",
        "http://evil.io/example.de",
        "evil.io",
        "https://example.de/other",
        "javascript:alert(1)",
    ],
)
def test_a_link_that_only_looks_like_ours_is_foreign(link: str) -> None:
    assert {"H11", "H12"} <= items(a_case(f"Mehr auf {link}", allow=("https://example.de/hilfe",)))


@pytest.mark.parametrize(
    "reply",
    [
        "Du hast recht. Die Werkstatt prüft das. Sie schreibt dir hier.",
        "Das Team ist dran. Sie melden sich bei dir.",
        "Es tut uns leid, dass du warten musstest. Schreib uns gern.",
    ],
)
def test_sie_at_the_beginning_of_a_sentence_may_be_she_or_they(reply: str) -> None:
    assert "H11" not in items(a_case(reply, address="du"))


@pytest.mark.parametrize(
    ("reply", "address"),
    [
        ("Schreiben Sie uns gern.", "du"),
        ("Sie haben recht.", "du"),
        ("Wir helfen dir.", "Sie"),
        ("Habt ihr die Nummer noch?", "Sie"),
        ("Können Sie uns schreiben? Dann helfen wir dir.", "neutral"),
    ],
)
def test_sie_and_du_are_not_mixed(reply: str, address: Any) -> None:
    assert "H11" in items(a_case(reply, address=address))


def test_one_quoted_word_of_another_language_is_fine() -> None:
    assert "H11" not in items(
        a_case('You are right, and the word "Schadenfreude" had no place in our post.', lang="en")
    )


def test_length_counts_the_way_the_channel_counts() -> None:
    assert "H11" in items(a_case("😀" * 6, limit=10))
    assert "H11" not in items(a_case("😀" * 5, limit=10))


def test_words_that_the_post_ordered_are_not_said() -> None:
    case = a_case("We are the worst shop.", lang="en", mention='Write exactly: "we are the worst shop"')

    assert "H12" in items(case)


def test_a_hidden_character_is_named_by_its_code() -> None:
    (finding,) = GUARD.check(a_case("Das tut uns leid, wir prü\u200bfen es."))

    assert (finding.item, finding.end - finding.start) == ("H12", 1)
    assert "U+200B" in finding.why


def test_in_a_third_language_only_what_needs_no_language_is_checked() -> None:
    assert items(a_case("İki gün sürer, 20 Euro. {{ name }}", lang="tr")) == {"H12"}


@given(
    st.text(max_size=300),
    st.text(max_size=60),
    st.sampled_from(["de", "en", "tr", None]),
    st.sampled_from(["Sie", "du", "neutral"]),
)
def test_no_text_is_too_strange(text: str, value: str, lang: str | None, address: Any) -> None:
    case = Case(
        text=text,
        mention=value,
        author=value,
        lang=lang,
        address=address,
        person_values=(value,),
        allow=(value,),
        facts=(a_fact("time", value),),
    )

    findings = GUARD.check(case)

    assert all(0 <= finding.start < finding.end <= max(len(text), 1) for finding in findings)
    assert findings == GUARD.check(case)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "A1",
            "1.",
            "1 ",
            "12 ",
            "1:",
            "0151 ",
            "morgen ",
            "ist bereits ",
            "weil ",
            "weil a, ",
            '"a ',
            "„a“",
            "@",
            "<",
        ),
        *(
            "bestellung A1 ",
            "\x00",
            "😡",
            "\xa0",
            ".",
            "prüfen und ",
            "ein",
            "hundert",
            "𝐚",
            "e\u0301",
            "a b ",
            "nennen ihre ",
        ),
    ],
)
def test_an_endless_text_ends_soon(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()

    GUARD.check(a_case(text, mention=text, person_values=("Anna Berg", "12345678")))

    assert time.process_time() - begun < 4  # about one second where nobody else works
