"""The three filters answer in the shapes that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.tone import FLAGS, POLARITIES
from tests.cli.candor import candor, rows

if TYPE_CHECKING:
    from pathlib import Path

CALM = {"id": 1, "text": "Mein Paket ist seit zehn Tagen nicht da.", "lang": "de"}
BAD = "😕 Sollten Sie sich geärgert haben, tut uns das leid."


def test_judge_gives_exactly_the_fields_of_a_tone(tmp_path: Path) -> None:
    (row,) = candor(tmp_path, "judge", given=rows(CALM)).rows

    assert list(row) == ["id", "lang", "polarity", "confidence", "arousal", "flags", "certain"]
    assert row["polarity"] in POLARITIES
    assert 0 <= row["confidence"] <= 1
    assert set(row["flags"]) <= set(FLAGS)
    assert isinstance(row["certain"], bool)


def test_check_gives_findings_whose_places_are_counted_in_code_points(tmp_path: Path) -> None:
    called = candor(tmp_path, "check", given=rows({"id": 1, "text": BAD, "lang": "de", "fault": "confirmed"}))
    (row,) = called.rows

    assert list(row) == ["id", "findings"]
    assert called.status == 0
    for finding in row["findings"]:
        assert list(finding) == ["item", "severity", "start", "end", "why", "hint"]
        assert 0 <= finding["start"] <= finding["end"] <= len(BAD)


def test_check_takes_every_field_of_the_contract(tmp_path: Path) -> None:
    full = {
        "id": 1, "text": "x", "mention": "y", "author": "Eva", "thread": ["z"], "lang": "de", "address": "du",
        "fault": "not_ours", "facts": [{"id": "f", "kind": "time", "text": "um 15 Uhr"}], "person_values": ["v"],
        "allow": ["@us"], "channel": "telegram", "public": False, "crisis": True, "edited": True,
        "recent_replies": ["r"],
    }  # fmt: skip

    assert candor(tmp_path, "check", given=rows(full)).status == 0


def test_check_names_the_place_of_a_wrong_field(tmp_path: Path) -> None:
    wrong = {"id": 1, "text": "x", "fault": "ours", "public": "no", "facts": [{"id": "f", "knid": "time", "text": 1}]}
    (row,) = candor(tmp_path, "check", given=rows(wrong)).rows

    assert row["error"].split("; ") == [
        "fault must be 'confirmed', 'open' or 'not_ours'",
        "facts[0].kind is missing",
        "facts[0].text must be text",
        "facts[0].knid is not known",
        "did you mean 'kind'?",
        "public must be true or false",
    ]


def test_draft_gives_words_what_they_rest_on_and_what_the_guard_says(tmp_path: Path) -> None:
    fact = {"id": "f1", "kind": "cause", "text": "Das Paket lag bei uns im Lager."}
    called = candor(tmp_path, "draft", given=rows({**CALM, "fault": "confirmed", "facts": [fact], "address": "Sie"}))
    (row,) = called.rows

    assert list(row) == ["id", "text", "drafter", "template", "claims", "promises", "findings"]
    assert (row["id"], row["drafter"]) == (1, "template")
    assert row["claims"] == [{"fact": "f1", "words": fact["text"]}]
    assert not [finding for finding in row["findings"] if finding["severity"] == "stop"]


def test_a_post_that_only_a_person_can_answer_is_told_so(tmp_path: Path) -> None:
    turkish = {"id": "tr", "text": "Günaydın, simitleriniz çok güzel olmuş, pazar günü de var mı?"}
    called = candor(tmp_path, "draft", given=rows(turkish, CALM))

    assert called.status == 1
    assert called.rows[0]["id"] == "tr"
    assert "please write" in called.rows[0]["error"]
    assert called.rows[1]["drafter"] == "template"


def test_a_model_that_nobody_set_up_is_status_two(tmp_path: Path) -> None:
    called = candor(tmp_path, "draft", "--drafter", "llm", given=rows(CALM))

    assert called.status == 2
    assert called.err.startswith("candor: set OPENAI_API_KEY")


def test_templates_are_taken_although_a_model_is_set_up_when_they_are_asked_for(tmp_path: Path) -> None:
    called = candor(tmp_path, "draft", "--drafter", "template", given=rows(CALM), OPENAI_API_KEY="sk-none")

    assert called.rows[0]["drafter"] == "template"


@pytest.mark.counterpart
def test_a_model_that_cannot_be_reached_leaves_the_words_to_the_templates(tmp_path: Path) -> None:
    nowhere = {"OPENAI_API_KEY": "sk-none", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}

    for drafter in ("auto", "llm"):
        called = candor(tmp_path, "draft", "--drafter", drafter, given=rows(CALM), **nowhere)

        assert called.status == 0
        assert called.rows[0]["drafter"] == "template"


def test_an_edited_template_in_the_folder_is_used(tmp_path: Path) -> None:
    mine = tmp_path / "templates" / "de-Sie" / "complaint_calm_open.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text("Dass Ihr Paket fehlt, tut uns leid. Die Ursache kennen wir noch nicht.\n", encoding="utf-8")
    heated = mine.with_name("complaint_heated_open.j2")
    heated.write_text(mine.read_text(encoding="utf-8"), encoding="utf-8")
    (row,) = candor(tmp_path, "draft", given=rows({**CALM, "address": "Sie"})).rows

    assert row["text"] == "Dass Ihr Paket fehlt, tut uns leid. Die Ursache kennen wir noch nicht."
