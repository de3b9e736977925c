"""`candor history`, `pause` and `resume`: whoever looks back finds everything, and nothing that harms a table program."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import sqlite3
import subprocess
from typing import TYPE_CHECKING

import pytest

from bot.cli.history import _cell
from bot.errors import OutcomeUnknown, Refused
from bot.history.schema import MIGRATIONS
from tests.cli.candor import candor
from tests.cli.house import CANDOR, ROOT, a_house_in
from tests.world import BOB, World, a_mention

if TYPE_CHECKING:
    from pathlib import Path

OPEN, PUBLISHED, LEFT, UNKNOWN, FAILED, HELD = range(1, 7)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose history holds one question of every kind."""
    folder = a_house_in(tmp_path_factory.mktemp("house"))
    asyncio.run(_a_day(folder))
    return folder


async def _a_day(folder: Path) -> None:
    world = World(folder)
    await world.hears(a_mention("=HYPERLINK(böse)\nund Brötchen", author="+49", author_id="1"))
    await world.approves(await world.hears(a_mention("Mein Brot war hart.", author_id="2")))
    await world.leaves_alone(
        await world.hears(a_mention("Kauft Uhren!", author_id="3")), BOB, kind="spam", reason="Werbung"
    )
    world.channel.fails = [OutcomeUnknown("timed out")]
    await world.approves(await world.hears(a_mention("Wo bleibt meine Torte?", author_id="4")), BOB)
    world.channel.fails = [Refused("blocked by the customer")]
    await world.approves(await world.hears(a_mention("Die Brezel war alt.", author_id="5")))
    world.now = world.now.replace(day=25)
    await world.approves(await world.hears(a_mention("Gutes Brot", author_id="6", channel="bluesky")))
    world.history.close()


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    assert _cell(f"{sign}1+1") == f"'{sign}1+1"


def test_a_customers_words_do_not_steer_the_terminal(tmp_path: Path) -> None:
    async def a_hostile_post() -> None:
        world = World(tmp_path)
        await world.hears(
            a_mention("Hart \x1b]0;ihr\x07\x1b[2J\x9b31m\u202e Brot", author="\x1b]8;;evil\x07kim\nDecided: by me")
        )
        world.history.close()

    a_house_in(tmp_path)
    asyncio.run(a_hostile_post())
    for command in (["list"], ["show", "1"], ["search", "Brot"], ["export"], ["export", "--format", "csv"]):
        told = candor(tmp_path, "history", *command).out.decode()

        assert "Brot" in told
        assert "\nDecided" not in told or "csv" in command  # between quotes a cell may have several lines
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)
    [row] = candor(tmp_path, "history", "export").rows
    assert row["text"] == "Hart \x1b]0;ihr\x07\x1b[2J\x9b31m\u202e Brot"


def numbers(listed: str) -> list[int]:
    return [int(line.split()[0]) for line in listed.splitlines()]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], [OPEN, PUBLISHED, LEFT, UNKNOWN, FAILED, HELD]),
        (["--state", "open"], [OPEN, UNKNOWN, FAILED, HELD]),
        (["--state", "published"], [PUBLISHED]),
        (["--state", "left_alone"], [LEFT]),
        (["--state", "unknown"], [UNKNOWN]),
        (["--state", "failed"], [FAILED]),
        (["--state", "approved"], [HELD]),
        (["--state", "asked"], [OPEN]),
        (["--state", "held"], [HELD]),
        (["--by", "bob"], [LEFT, UNKNOWN]),
        (["--channel", "bluesky"], [HELD]),
        (["--by", "Bob"], [LEFT, UNKNOWN]),
        (["--by", "Bob", "--state", "unknown"], [UNKNOWN]),
        (["--since", "2026-11-25"], [HELD]),
        (["--until", "2026-11-24T23:00"], [OPEN, PUBLISHED, LEFT, UNKNOWN, FAILED]),
        (["--since", "2026-11-25T09:00+01:00", "--until", "2026-11-25T10:00+01:00"], [HELD]),
    ],
)
def test_every_filter_narrows_the_list(house: Path, filters: list[str], found: list[int]) -> None:
    called = candor(house, "history", "list", *filters)

    assert (called.status, called.err) == (0, "")
    assert numbers(called.out.decode()) == found


@pytest.mark.parametrize(
    "arguments", [["list", "--channel", "nowhere"], ["list", "--since", "2027-01-01"], ["search", "Zimt"]]
)
def test_a_list_of_nothing_says_so_beside_the_list(house: Path, arguments: list[str]) -> None:
    called = candor(house, "history", *arguments)

    assert (called.status, called.out, called.err) == (0, b"", "No question fits.\n")


def test_every_word_of_the_list_can_be_asked_for(house: Path) -> None:
    words = {line.split()[4] for line in candor(house, "history", "list").out.decode().splitlines()}

    assert {"asked", "left_alone"} <= words
    for word in words:
        assert candor(house, "history", "list", "--state", word).out != b""


def test_the_list_and_a_question_tell_the_same_time(house: Path) -> None:
    listed = candor(house, "history", "list").out.decode().splitlines()[0]
    shown = candor(house, "history", "show", "1").out.decode()

    assert "  2026-11-24 09:00  " in listed
    assert shown.splitlines()[0] == "Question 1 · telegram · asked · heard 2026-11-24 09:00"
    assert "\nPosted 2026-11-24" in shown


def test_help_says_how_times_are_written(house: Path) -> None:
    assert "2026-11-24T15:00+01:00" in " ".join(candor(house, "history", "list", "--help").out.decode().split())


def test_a_question_is_one_line_whatever_the_customer_wrote(house: Path) -> None:
    line = candor(house, "history", "list").out.decode().splitlines()[0]

    assert line == "     1  2026-11-24 09:00  telegram  asked        +49: =HYPERLINK(böse) und Brötchen"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["brötchen"], [OPEN]),
        (["hart", "Brot"], [PUBLISHED]),
        (["Brot", "Uhren"], []),
        (['"', "OR", "("], []),
        (["gehen"], [1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_search_finds_what_customers_and_we_said(house: Path, words: list[str], found: list[int]) -> None:
    called = candor(house, "history", "search", *words)

    assert called.status == 0
    assert sorted(numbers(called.out.decode())) == found


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (OPEN, ["asked", "+49", "=HYPERLINK(böse)", "Tone: ", "Draft, version 1, by template"]),
        (
            PUBLISHED,
            ["Signed by Alice", "Decided: approved by Alice, version 1", "Published 2026-11-24 09:00 (https://t.me/"],
        ),
        (LEFT, ["left alone", "Decided: left alone by Bob, version 1 · spam · Werbung"]),
        (UNKNOWN, ["unknown", "Trouble: timed out"]),
        (FAILED, ["failed", "Trouble: blocked by the customer"]),
        (HELD, ["held", "Trouble: Bluesky is not connected here"]),
    ],
)
def test_a_question_is_shown_from_the_first_post_to_the_last_trouble(house: Path, number: int, told: list[str]) -> None:
    shown = candor(house, "history", "show", str(number)).out.decode()

    assert shown.startswith(f"Question {number} · ")
    for words in told:
        assert words in shown


def test_an_export_gives_every_question_as_a_row(house: Path) -> None:
    exported = {row["question"]: row for row in candor(house, "history", "export").rows}

    assert list(exported) == [1, 2, 3, 4, 5, 6]
    assert exported[PUBLISHED]["replies"][0]["text"] == "Danke für den Hinweis. Wir gehen dem nach."
    assert (exported[LEFT]["decision"], exported[LEFT]["by"], exported[LEFT]["why"]) == ("left_alone", ["Bob"], "spam")
    assert exported[OPEN]["text"] == "=HYPERLINK(böse)\nund Brötchen"


def test_an_export_can_be_replayed_and_narrowed(house: Path) -> None:
    wanted = ("--state", "published", "--channel", "telegram", "--by", "Alice")
    exported = candor(house, "history", "export", "--format", "jsonl", *wanted).rows

    assert [row["question"] for row in exported] == [PUBLISHED]
    assert {"channel", "id", "author", "text", "at", "url", "thread", "lang", "attachments"} <= exported[0].keys()


def test_cells_that_a_table_program_would_reckon_with_are_defused(house: Path) -> None:
    exported = candor(house, "history", "export", "--format", "csv").out.decode()
    cells = list(csv.DictReader(io.StringIO(exported)))

    assert [row["question"] for row in cells] == ["1", "2", "3", "4", "5", "6"]
    assert (cells[0]["text"], cells[0]["author"]) == ("'=HYPERLINK(böse)\nund Brötchen", "'+49")
    assert not [cell for row in cells for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_an_export_of_nothing_is_empty(house: Path) -> None:
    for kind in ("csv", "jsonl"):
        called = candor(house, "history", "export", "--format", kind, "--channel", "nowhere")

        assert (called.status, called.out) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "99"], "there is no question 99: `candor history list` shows them all"),
        (["show", "0"], "0 is not in the range"),
        (["show", "one"], "'one' is not a valid integer"),
        (["list", "--since", "yesterday"], "'yesterday' is no time: write 2026-11-24 or"),
        (["list", "--state", "lost"], "'lost' is not one of"),
        (["list", "--by", "Nobody"], "nobody called 'Nobody' decided anything; known here: Alice, Bob"),
        (["export", "--by", "Alcie"], "did you mean 'Alice'?"),
        (["search"], "Missing argument"),
        (["export", "--format", "xml"], "'xml' is not one of 'jsonl', 'csv'"),
        (["lsit"], "No such command 'lsit'"),
    ],
)
def test_wrong_usage_is_one_line(house: Path, arguments: list[str], told: str) -> None:
    called = candor(house, "history", *arguments)

    assert (called.status, called.out) == (2, b"")
    assert told in called.err
    assert called.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("history", "list"),
        ("history", "show", "1"),
        ("history", "search", "Brot"),
        ("history", "export"),
        ("pause",),
        ("resume",),
    ],
)
def test_without_a_history_the_way_to_one_is_told_and_none_is_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    called = candor(a_house_in(tmp_path), *arguments)

    assert called.status == 2
    assert called.err == ("candor: there is no history at candor.db yet: `candor run` or `candor replay` begins one\n")
    assert not (tmp_path / "candor.db").exists()


@pytest.mark.parametrize("arguments", [("history", "list"), ("history", "export"), ("pause",)])
def test_a_history_that_cannot_be_read_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (a_house_in(tmp_path) / "candor.db").write_bytes(b"these are not the rows you are looking for" * 100)
    garbage = candor(tmp_path, *arguments)
    (tmp_path / "candor.db").unlink()
    with sqlite3.connect(tmp_path / "candor.db") as raw:
        raw.execute(f"pragma user_version={len(MIGRATIONS) + 1}")
    raw.close()
    newer = candor(tmp_path, *arguments)

    assert (garbage.status, newer.status) == (1, 1)
    assert "this is not a Candor database" in garbage.err
    assert "was written by a newer Candor" in newer.err
    assert (garbage.err + newer.err).count("\n") == 2


def test_a_reader_who_has_enough_is_not_told_a_thing(tmp_path: Path) -> None:
    world = World(a_house_in(tmp_path))
    world.pipeline.hear([a_mention("Brot " * 50_000, author_id=str(person)) for person in range(3)])
    world.history.close()
    with subprocess.Popen(
        [*CANDOR, "history", "export"], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1) == b"{"
        running.stdout.close()
        said = running.stderr.read()

    assert (running.returncode, said) == (1, b"")


def test_pausing_holds_what_is_approved_and_says_who_paused(tmp_path: Path) -> None:
    world = World(a_house_in(tmp_path))
    paused = candor(tmp_path, "pause")
    assert world.pipeline.paused
    resumed = candor(tmp_path, "resume")
    assert not world.pipeline.paused
    switches = world.rows("switches")
    world.history.close()

    assert (paused.status, resumed.status) == (0, 0)
    assert paused.out.decode() == "Paused: nothing is sent. `candor resume` goes on.\n"
    assert b"Sending goes on" in resumed.out
    assert [row["kind"] for row in switches] == ["pause", "resume"]
    assert all(row["by"].endswith("(command line)") for row in switches)
