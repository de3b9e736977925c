"""A prompt that a team changed is checked before the house opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.drafting.prompt import FILE, prompt_in
from bot.errors import WordsError
from tests.drafting.briefs import PROMPTS

if TYPE_CHECKING:
    from pathlib import Path


def test_our_own_prompt_is_whole() -> None:
    prompt = prompt_in(PROMPTS)

    assert set(prompt.fault) == {"confirmed", "open", "not_ours"}
    assert "{{" not in prompt.rules


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("rules =", 'temperature = "hot"\nrules =', "temperature: Extra inputs are not permitted"),
        ("[situation]", '[situation]\nparty = "dance"', "situation.party"),
        ("[fault]", "[fault", "mend the line"),
        ("[fault]", "a = " + "[" * 50_000, "mend the line"),
        ("not_ours =", "not_yours =", "fault.not_yours"),
    ],
)
def test_what_a_prompt_does_not_know_is_named(before: str, after: str, fault: str, tmp_path: Path) -> None:
    ours = (PROMPTS[0] / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(ours.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(WordsError, match=fault) as told:
        prompt_in((tmp_path,))
    assert FILE in str(told.value)


def test_a_missing_sentence_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('rules = "Write."', encoding="utf-8")

    with pytest.raises(WordsError, match=r"redraft: Field required.*prompts/README"):
        prompt_in((tmp_path,))


def test_a_missing_file_is_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(WordsError, match="`candor init` puts it back"):
        prompt_in((tmp_path,))
