"""The nouns of the house: said once, never changed afterwards, and free of everything that is not a rule."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from dataclasses import is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot.core

if TYPE_CHECKING:
    from types import ModuleType

MODULES = [importlib.import_module(f"bot.core.{found.name}") for found in pkgutil.iter_modules(bot.core.__path__)]
NOUNS = sorted(
    (
        noun
        for module in MODULES
        for _, noun in inspect.getmembers(module, is_dataclass)
        if isinstance(noun, type) and noun.__module__ == module.__name__
    ),
    key=lambda noun: noun.__qualname__,
)
ALLOWED = {*sys.stdlib_module_names, "bot.core", "regex"}


@pytest.mark.parametrize("noun", NOUNS)
def test_what_was_said_is_never_changed_afterwards(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]  # what a dataclass was made with
    assert hasattr(noun, "__slots__"), "nobody hangs anything onto it"


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_explained_in_a_sentence(noun: type) -> None:
    assert noun.__doc__
    assert noun.__doc__.split("\n")[0].endswith(".")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_rules_need_nothing_but_python_and_text(module: ModuleType) -> None:
    assert module.__file__
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }

    foreign = {
        name for name in imported if name and not name.startswith("bot.core") and name.split(".")[0] not in ALLOWED
    }
    assert foreign == set()
