"""What every test may lean on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A house without Slack."""
    house = World(tmp_path)
    yield house
    house.history.close()


@pytest.fixture
def world_with_cards(tmp_path: Path) -> Iterator[World]:
    """A house whose cards hang on a pretended wall."""
    house = World(tmp_path, cards=True)
    yield house
    house.history.close()
