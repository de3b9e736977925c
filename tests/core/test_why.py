"""A sentence of our own is English for logs, and keeps its name and what it speaks of through the memory."""

from __future__ import annotations

import pytest

from bot.core.why import Told, Why, kept_form, told_again
from bot.errors import CandorError, NotAllowed


def test_a_reason_reads_as_its_english_line() -> None:
    error = NotAllowed(Why.second_look_from(clock="09:41:00"))

    assert str(error) == "Read it once more in a while: the second look is possible from 09:41:00 on."
    assert isinstance(error.why, Told)
    assert (error.why.why, error.why.about) == (Why.second_look_from, {"clock": "09:41:00"})


def test_an_error_without_a_line_of_its_own_still_has_one() -> None:
    assert CandorError().why == ""
    assert CandorError(7).why == "7"


@pytest.mark.parametrize(
    "line",
    [
        Why.settled(),
        Why.approved_by(people=("Alice", "Bob"), version=1, clock="09:41"),
        Why.out_of_date(version=1, current=2),
        Why.template_instead(first=Why.neither(one=Why.model_declined(), other=Why.post_gone())),
        Why.telegram_refuses(said="Forbidden: bot was kicked, „{}“"),
    ],
)
def test_a_reason_comes_back_from_the_memory_as_it_was(line: Told) -> None:
    again = told_again(kept_form(line))

    assert isinstance(again, Told)
    assert (again, again.why, again.about) == (line, line.why, line.about)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "Turkish: nothing drafted, please write.",
        '{"why": "a reason of next year"}',
        '{"why": "out_of_date"}',
        '{"why": ',
        '{"why": "settled"}}',
    ],
)
def test_what_is_no_reason_we_know_is_read_as_it_lies_there(kept: str) -> None:
    assert told_again(kept) == kept
    assert not isinstance(told_again(kept), Told)


def test_what_somebody_else_wrote_is_kept_as_it_is() -> None:
    assert kept_form("Forbidden: bot was kicked") == "Forbidden: bot was kicked"


def test_people_and_languages_are_named_as_people_name_them() -> None:
    assert Why.approved_by(people=("Alice", "Bob"), version=1, clock="09:41").startswith("Alice and Bob approved")
    assert Why.foreign_language(lang="tr").startswith("Turkish: ")
    assert Why.replies_held(channel="telegram", because="no").startswith("Replies to Telegram are held")
