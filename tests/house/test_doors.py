"""Doors do nothing themselves, and the engine answers exactly what memory/api.py promises."""

from __future__ import annotations

import ast
import importlib
import inspect

import pytest

from memory import api
from tests.house.tree import Module, modules

DOORS = [module for module in modules() if module.is_door]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.place)
def test_a_door_has_no_logic(door: Module) -> None:
    for node in door.tree.body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_all = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        assert is_docstring or is_all or isinstance(node, ast.Import | ast.ImportFrom), ast.unparse(node)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.place)
def test_a_door_lists_what_it_hands_out(door: Module) -> None:
    handed = [
        alias.asname or alias.name
        for node in door.tree.body
        if isinstance(node, ast.Import | ast.ImportFrom) and getattr(node, "module", "") != "__future__"
        for alias in node.names
    ]
    if handed:
        assert importlib.import_module(door.name).__all__ == sorted(handed)


def promised(protocol: type) -> dict[str, str]:
    """The methods of a protocol with their signatures as written."""
    return {
        name: str(inspect.signature(method))
        for name, method in vars(protocol).items()
        if not name.startswith("_") and inspect.isfunction(method)
    }


@pytest.mark.parametrize("protocol", [api.Memory, api.Intake], ids=lambda protocol: protocol.__name__)
def test_the_engine_keeps_the_promise(protocol: type) -> None:
    engine = importlib.import_module("memory.engine")
    wanted = promised(protocol)
    kept = [
        {name: str(inspect.signature(getattr(klass, name))) for name in wanted if hasattr(klass, name)}
        for klass in vars(engine).values()
        if inspect.isclass(klass) and klass.__module__ == engine.__name__
    ]
    assert wanted in kept
