"""A town for the tests of one file, and a fresh one for those that break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.end_to_end.town import Town, a_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The town of a whole file: each test brings customers of its own."""
    async with a_town(tmp_path_factory.mktemp("town")) as open_town:
        yield open_town


@pytest.fixture
async def fresh_town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town of one's own, to be broken."""
    async with a_town(tmp_path) as open_town:
        yield open_town
