"""The drafter against an OpenAI-compatible server that others wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.drafting.llm import LlmDrafter, client_for
from bot.errors import DraftingError
from tests.counterparts import aimock
from tests.drafting.briefs import PROMPTS, a_brief

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [
    pytest.mark.counterpart,
    pytest.mark.skipif(aimock.missing() is not None, reason=aimock.missing() or "installed"),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def drafter() -> AsyncIterator[LlmDrafter]:
    """A drafter that asks aimock and does not wait in between."""
    async with aimock.running() as server, client_for(server.api_key, base_url=server.base_url) as client:
        yield LlmDrafter(client, server.model, PROMPTS, timeout=1.2, pause=_at_once)


async def _at_once(_seconds: float) -> None:
    """Waiting costs a test nothing."""


@pytest.mark.parametrize("case", ["CASE-OK", "CASE-OK-DE"])
async def test_a_good_answer_becomes_words(drafter: LlmDrafter, case: str) -> None:
    words = await drafter.draft(a_brief(case, lang="en"))

    assert words.drafter == "llm"
    assert words.text


@pytest.mark.parametrize(
    "case",
    [
        "REFUSAL",
        "SORRY",
        "BROKEN-BODY",
        "BROKEN",
        "OTHER-SHAPE",
        "LENGTH",
        "EMPTY",
        "INVENTED",
        "500",
        "401",
        "CUT",
        "SLOW",
    ],
)
async def test_every_fault_is_a_drafting_error(drafter: LlmDrafter, case: str) -> None:
    with pytest.raises(DraftingError) as told:
        await drafter.draft(a_brief(f"CASE-{case}", lang="en"))
    assert "\n" not in str(told.value)
