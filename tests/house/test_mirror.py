"""Tests mirror the house: a module with logic has its own test file, and every test file its module."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import ROOMS, ROOT, Module, length, modules

LOGIC = 15
"""Lines of functions from which a module needs a test file of its own."""

# Where another test file proves a module, and why.
ELSEWHERE = {
    "desktop/__main__.py": "tests/desktop/test_cli.py",
}

# What the promises rest on: these are never proven elsewhere.
IMPORTANT = (
    "capture/change.py",
    "capture/exclusions.py",
    "desktop/differences.py",
    "desktop/logs.py",
    "desktop/paths.py",
    "desktop/settings.py",
    "memory/forget.py",
    "memory/intake.py",
    "memory/keys/slots.py",
    "memory/ledger/migrate.py",
    "memory/perceive/secrets.py",
    "memory/pictures.py",
    "memory/vectors.py",
    "memory/wire.py",
)


def own_test(place: str) -> str:
    """Where the test of a module stands."""
    folder, _, file = place.rpartition("/")
    return f"tests/{folder}/test_{file.strip('_')}"


def logic(module: Module) -> int:
    """Lines of functions, but for protocols and empty bodies."""
    protocols = [c for c in module.classes() if any("Protocol" in ast.unparse(base) for base in c.bases)]
    promised = {id(part) for klass in protocols for part in klass.body}
    return sum(length(function) for function in module.functions() if id(function) not in promised)


@pytest.mark.parametrize("place", IMPORTANT)
def test_what_matters_has_its_own_test(place: str) -> None:
    assert (ROOT / place).exists()
    assert (ROOT / own_test(place)).exists()
    assert place not in ELSEWHERE


def test_every_module_with_logic_is_tested() -> None:
    missing = [
        module.place
        for module in modules()
        if logic(module) >= LOGIC
        and not (ROOT / ELSEWHERE.get(module.place, own_test(module.place))).exists()
    ]
    assert missing == []


def test_every_exception_names_what_is_there() -> None:
    assert [place for pair in ELSEWHERE.items() for place in pair if not (ROOT / place).exists()] == []


def test_every_test_file_has_its_module() -> None:
    known = {own_test(module.place) for module in modules()}
    astray = [
        place
        for room in ROOMS
        for path in sorted((ROOT / "tests" / room).rglob("test_*.py"))
        if (place := path.relative_to(ROOT).as_posix()) not in known
    ]
    assert astray == []
