"""`candor replay` takes a file the way it takes a day: everything that can be read, once, and says what it refused."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.core.decision import Approved
from bot.history.store import History
from tests.cli.candor import candor
from tests.cli.house import CANDOR, PATIENCE, ROOT, a_house_in, a_row, replayed, started, typed, wait_until
from tests.world import ALICE, World

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.cli.candor import Called

MANY = 100_000


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Called]:
    """A file with everything that files hold, replayed once."""
    folder = a_house_in(tmp_path_factory.mktemp("day"))
    kim = {"author": "@kim", "author_id": "7", "thread": "-100"}
    called = replayed(
        folder,
        a_row("1", "Mein Brot war hart.", **kim),
        a_row("2", "Und die Brezel auch.", **kim),
        a_row("1", "Mein Brot war hart.", **kim),
        a_row("3", "Wann öffnet ihr?", thread="-100"),
        a_row("3", "Wann schließt ihr?", thread="-100", version=1764000000),
        a_row("4", "=1+1", author="@lee", channel="bluesky"),
        a_row("5", "ß" * MANY, author="@max"),
        b'{"channel": "telegram", "id": "6", "author": "x", "text": "kaputt \xff", "at": "2026-11-24T08:00:00Z"}',
        "",
        "keine Zeile",
        a_row("7", at="2026-11-24T08:00:00"),
        a_row("8", likes=3),
        {"channel": "telegram", "id": "9"},
    )
    return folder, called


def questions_in(folder: Path) -> list[dict[str, Any]]:
    """Everything the history knows, by the id of the newest post."""
    return candor(folder, "history", "export").rows


def test_what_was_heard_and_refused_is_counted(day: tuple[Path, Called]) -> None:
    _, called = day

    assert called.status == 1
    assert called.out.decode() == "7 rows heard, 5 refused; 4 questions open on the desk (4 new).\n"


def test_every_refused_row_is_one_line_with_its_number_and_its_mend(day: tuple[Path, Called]) -> None:
    _, called = day
    *lines, _ = called.err.splitlines()

    assert [line.split(":")[1] for line in lines] == [" line 8", " line 10", " line 11", " line 12", " line 13"]
    for line, told in zip(
        lines, ["not UTF-8 text", "not JSON", "at ", "likes is not known", "author is missing"], strict=True
    ):
        assert told in line
    assert "kaputt" not in called.err


def test_a_channel_that_nobody_knows_is_told_and_rehearsed_all_the_same(day: tuple[Path, Called]) -> None:
    last = day[1].err.splitlines()[-1]

    assert last == "candor: 'bluesky' is no channel that Candor knows (telegram): only the outbox answers it"
    assert "4" in {question["id"] for question in questions_in(day[0])}


def test_a_channel_that_nobody_can_answer_is_refused_where_answers_are_real(tmp_path: Path) -> None:
    called = replayed(a_house_in(tmp_path), a_row("1", channel="myspace"), a_row("2"), options=("--live",))

    assert called.status == 1
    assert called.err == "candor: line 1: channel is none that can be answered; known here: telegram\n"
    assert called.out.decode().startswith("1 rows heard, 1 refused")


def test_a_time_that_is_none_is_refused_with_one_that_is(tmp_path: Path) -> None:
    given = ("yesterday", "2026-11-24", "2026-11-24T08:00:00", "", "2026-13-40T08:00:00Z")
    called = replayed(a_house_in(tmp_path), *(a_row("1", at=at) for at in given))

    told = {line.partition(": line ")[2].partition(": ")[2] for line in called.err.splitlines()}
    assert told == {"at must be a time with its offset, like 2026-11-24T15:00:00+01:00"}


def test_posts_of_one_person_join_and_a_redelivered_one_counts_once(day: tuple[Path, Called]) -> None:
    posts = {question["id"]: question["posts"] for question in questions_in(day[0])}

    assert posts["2"] == ["Mein Brot war hart.", "Und die Brezel auch."]


def test_an_edit_is_the_same_post_as_it_reads_now(day: tuple[Path, Called]) -> None:
    posts = {question["id"]: question["posts"] for question in questions_in(day[0])}

    assert posts["3"] == ["Wann schließt ihr?"]


def test_a_text_of_a_hundred_thousand_characters_is_kept_whole(day: tuple[Path, Called]) -> None:
    posts = {question["id"]: question["posts"] for question in questions_in(day[0])}

    assert posts["5"] == ["ß" * MANY]


def test_the_same_file_again_changes_nothing(day: tuple[Path, Called]) -> None:
    called = typed(day[0], "replay", "day.jsonl")

    assert called.out.decode() == "7 rows heard, 5 refused; 4 questions open on the desk (0 new).\n"


def test_an_empty_file_is_a_quiet_day(tmp_path: Path) -> None:
    called = replayed(a_house_in(tmp_path))

    assert (called.status, called.err) == (0, "")
    assert called.out.decode() == "0 rows heard, 0 refused; 0 questions open on the desk (0 new).\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("replay",), "Missing argument 'FILE'"),
        (("replay", "nowhere.jsonl"), "No such file or directory"),
        (("replay", "--speed", "0", "day.jsonl"), "not in the range"),
        (("replay", "--speed", "fast", "day.jsonl"), "not a valid float"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    (a_house_in(tmp_path) / "day.jsonl").write_bytes(b"")
    called = candor(tmp_path, *arguments)

    assert (called.status, called.err.count("\n")) == (2, 1)
    assert told in called.err


def test_what_people_approve_of_a_replayed_day_goes_to_the_outbox(day: tuple[Path, Called], tmp_path: Path) -> None:
    (tmp_path / "candor.db").write_bytes((day[0] / "candor.db").read_bytes())
    world = World(tmp_path)
    number = next(question.number for question in world.open() if question.standing == "asked")
    click = Approved(question=number, version=world.question(number).version, by=ALICE, surface="desk")
    world.pipeline.decide(click)

    with started(a_house_in(tmp_path), "run", "--port", "0") as house:
        house.until("The desk is open")
        wait_until(lambda: world.question(number).standing == "published")
        house.stopped(signal.SIGTERM)

    assert [row["question"] for row in world.rows("outbox")] == [number]
    world.history.close()


def test_with_a_speed_posts_come_as_they_came(tmp_path: Path) -> None:
    later = a_row("2", at="2026-11-24T09:00:00+00:00")
    begun = time.monotonic()
    called = replayed(a_house_in(tmp_path), a_row("1"), later, options=("--speed", "3600"))

    assert "2 rows heard" in called.out.decode()
    assert time.monotonic() - begun >= 1.0


def test_a_replay_that_is_stopped_by_hand_says_nothing_odd_and_goes_on_next_time(tmp_path: Path) -> None:
    folder = a_house_in(tmp_path)
    rows = [a_row("1"), a_row("2", at="2027-11-24T08:00:00+00:00")]
    (folder / "day.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with started(folder, "replay", "--speed", "1", "day.jsonl") as replay:
        wait_until(lambda: _heard(folder))
        called = replay.stopped(signal.SIGINT)

    assert "Traceback" not in called.err
    assert _heard(folder) == 1
    assert called.status == 130
    assert (
        called.out.decode()
        == "Stopped: 1 of 2 rows heard, 0 refused. Run it again to go on: what was heard counts once.\n"
    )


def _heard(folder: Path) -> int:
    if not (folder / "candor.db").exists():
        return 0
    history = History(f"sqlite:///{folder / 'candor.db'}", clock=lambda: datetime.now(UTC))
    try:
        with history.reading() as rows:
            return rows.open_count()
    finally:
        history.close()


def a_flood(folder: Path) -> Path:
    """More than a megabyte of posts."""
    rows = [a_row(str(number), "Mein Brot war hart. " * 400) for number in range(200)]
    (folder / "flood.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def test_a_file_that_may_not_grow_any_more_is_told(tmp_path: Path) -> None:
    a_flood(a_house_in(tmp_path))
    called = typed(
        tmp_path, "replay", "flood.jsonl", limits=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    )

    assert called.status == 1
    assert (
        "the disk cannot be written: it is full, over its limit, or broken; nothing that was confirmed is lost"
        in called.err
    )
    assert called.err.count("\n") == 1


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    a_flood(a_house_in(tmp_path))
    (tmp_path / "disk").mkdir()
    on_a_small_disk = "mount -t tmpfs -o size=1m none disk && cp candor.toml disk && cd disk && exec "
    call = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", on_a_small_disk + '"$@"', "sh"]
    if subprocess.run([*call, "true"], cwd=tmp_path, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody have a small disk of their own")
    done = subprocess.run(
        [*call, *CANDOR, "replay", "../flood.jsonl"], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "the disk is full: free some space; nothing that was confirmed is lost" in done.stderr
    assert done.stderr.count("\n") == 1
