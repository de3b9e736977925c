"""One answer per row, in order; a bad row is told and the rest goes on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.rows import MentionRow, RowError, row_from
from tests.cli.candor import candor, rows

ROOT = Path(__file__).resolve().parents[2]

FINE = {"id": "a", "text": "Danke, das Brot war wunderbar!"}


def refusal_of(line: bytes) -> tuple[Any, str]:
    with pytest.raises(RowError) as caught:
        row_from(line, MentionRow)
    return caught.value.name, str(caught.value)


def read_or_refused(line: bytes) -> object:
    try:
        return row_from(line, MentionRow).id
    except RowError as error:
        return str(error) and "refused in words"


def test_every_row_is_answered_in_order_under_its_own_name(tmp_path: Path) -> None:
    called = candor(tmp_path, "judge", given=rows(FINE, {"id": 7, "text": ""}, {"id": "ü-1", "text": "😀"}))

    assert [row["id"] for row in called.rows] == ["a", 7, "ü-1"]
    assert called.status == 0
    assert called.err == ""


def test_a_bad_line_is_told_by_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    called = candor(tmp_path, "judge", given=rows(FINE, "", "oops", b'{"id": "b", "text": "\xff"}', FINE))

    assert [(row["id"], row.get("line")) for row in called.rows] == [("a", None), (None, 3), (None, 4), ("a", None)]
    assert called.status == 1
    assert called.err == ""


@pytest.mark.parametrize(
    ("line", "name", "told"),
    [
        (b"[1]", None, "not a JSON object"),
        (b"null", None, "not a JSON object"),
        (b"{", None, "not JSON: Expecting property name enclosed in double quotes (character 2)"),
        (b'{"id": "a"}', "a", "text is missing"),
        (b'{"text": "x"}', None, "id is missing"),
        (b'{"id": null, "text": "x"}', None, "id is missing"),
        (b'{"id": true, "text": "x"}', None, "id must be text or a whole number"),
        (b'{"id": 1.5, "text": "x"}', None, "id must be text or a whole number"),
        (b'{"id": [1], "text": "x"}', None, "id must be text or a whole number"),
        (b'{"id": 1, "text": 2}', 1, "text must be text"),
        (b'{"id": 1, "text": "x", "lnag": "de"}', 1, "lnag is not known; did you mean 'lang'?"),
        (b'{"id": 1, "text": "x", "attachments": "picture"}', 1, "attachments must be a list"),
        (b'{"id": NaN, "text": "x"}', None, "a number that is none"),
        (b'{"id": 1, "text": ' + b"9" * 5000 + b"}", None, "far too long"),
        (b"[" * 100_000, None, "nested too deeply"),
    ],
)
def test_a_row_that_cannot_be_answered_is_told_why(line: bytes, name: object, told: str) -> None:
    said = refusal_of(line)

    assert said[0] == name
    assert told in said[1]


def test_a_null_counts_as_not_given() -> None:
    assert row_from(b'{"id": 1, "text": "x", "lang": null}', MentionRow).lang is None


def test_a_mention_row_of_an_export_is_taken_as_it_is() -> None:
    exported = {"channel": "telegram", "author": "Eva", "at": "2026-05-12T09:00:00+02:00", "url": "https://x.example"}

    assert row_from(rows({**FINE, **exported, "thread": "9", "attachments": ["picture"]}), MentionRow).author == "Eva"


def test_no_refusal_repeats_what_a_customer_wrote() -> None:
    _, told = refusal_of(rows({"id": 1, "text": ["my card is 4111"], "lang": {"secret": 1}, "author": 4711}))

    assert "4111" not in told
    assert "secret" not in told
    assert "4711" not in told


@given(
    row=st.dictionaries(st.sampled_from(["id", "text", "lang", "author", "x"]), st.none() | st.text() | st.integers())
)
def test_any_object_is_read_or_refused_in_words(row: dict[str, Any]) -> None:
    line = json.dumps(row).encode()
    assert read_or_refused(line) in (row.get("id"), "refused in words")


@given(line=st.binary())
def test_any_bytes_are_read_or_refused_in_words(line: bytes) -> None:
    assert read_or_refused(line) is not None


def test_long_texts_hidden_marks_and_half_pairs_come_through(tmp_path: Path) -> None:
    given = rows(
        {"id": 1, "text": "Das Brot war gut. " * 6000},
        b'{"id": "\\ud800", "text": "half \\udc00 a pair"}',
        {"id": 3, "text": "\u202eabc\u200b\x00"},
    )
    called = candor(tmp_path, "judge", given=b"\xef\xbb\xbf" + given)

    assert called.status == 0
    assert [row["id"] for row in called.rows] == [1, "\ud800", 3]


def test_a_row_is_answered_before_the_next_one_comes(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "judge"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for name in ("first", "second"):
            running.stdin.write(rows({"id": name, "text": "hello"}))
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == name
        running.stdin.close()

    assert running.returncode == 0


def test_rows_are_read_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(rows(FINE))

    assert candor(tmp_path, "judge", "rows.jsonl").rows == candor(tmp_path, "judge", given=rows(FINE)).rows


def test_the_last_row_needs_no_line_break() -> None:
    assert [row_from(line, MentionRow).id for line in io.BytesIO(rows(FINE, FINE).rstrip())] == ["a", "a"]
