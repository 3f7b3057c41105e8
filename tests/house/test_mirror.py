"""Tests mirror the house: what matters has its own test file, and all that does something is tested."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOMS, ROOT, Module, imported, length, modules, sources

LOGIC = 15
"""Lines of functions from which a module has to be tested."""

# What the promises rest on: each of these has a test file of its own, at its own place.
IMPORTANT = (
    "capture/change.py",
    "capture/exclusions.py",
    "desktop/differences.py",
    "desktop/logs.py",
    "desktop/paths.py",
    "desktop/settings.py",
    "desktop/supervisor.py",
    "memory/forget.py",
    "memory/intake.py",
    "memory/keys/slots.py",
    "memory/ledger/migrate.py",
    "memory/messages.py",
    "memory/perceive/secrets.py",
    "memory/pictures.py",
    "memory/vectors.py",
    "memory/wire.py",
)

# What no test imports because it is proven from outside, as the program it is: the test that does so.
FROM_OUTSIDE = {
    "desktop/chats.py": "tests/ways/test_chat.py",
    "desktop/commands.py": "tests/ways/test_journey.py",
    "desktop/knowledge.py": "tests/ways/test_facts.py",
    "desktop/opening.py": "tests/ways/test_bad_input.py",
    "desktop/processes/engine.py": "tests/ways/test_journey.py",
    "desktop/processes/recorder.py": "tests/ways/test_journey.py",
    "desktop/scenery.py": "tests/ways/test_tour.py",
    "desktop/stage.py": "tests/ways/test_tour.py",
    "desktop/taking.py": "tests/ways/test_import.py",
    "desktop/telling.py": "tests/ways/test_journal.py",
    "desktop/tour.py": "tests/ways/test_tour.py",
    "memory/engine.py": "tests/ways/test_journey.py",
    "memory/knowing.py": "tests/ways/test_journey.py",
    "memory/ledger/probes.py": "tests/memory/test_folding.py",
    "memory/opened.py": "tests/memory/test_engine.py",
    "memory/pipeline.py": "tests/ways/test_import.py",
    "memory/stages/embed.py": "tests/memory/test_pipeline.py",
    "memory/stages/read.py": "tests/memory/test_pipeline.py",
    "memory/stages/see.py": "tests/memory/test_pipeline.py",
    "memory/recalls.py": "tests/memory/test_keeping.py",
    "memory/settling.py": "tests/ways/test_journey.py",
    "memory/status.py": "tests/ways/test_import.py",
}


def own_test(place: str) -> str:
    """Where the test of a module stands."""
    folder, _, file = place.rpartition("/")
    return f"tests/{folder}/test_{file.strip('_')}"


def logic(module: Module) -> int:
    """Lines of functions, but for those that a protocol promises."""
    protocols = [c for c in module.classes() if any("Protocol" in ast.unparse(base) for base in c.bases)]
    promised = {id(part) for klass in protocols for part in klass.body}
    return sum(length(function) for function in module.functions() if id(function) not in promised)


def named_by_tests() -> set[str]:
    """Every module that a test or its support imports."""
    return {name for module in sources("tests") if ".house." not in module.name for name in names(module)}


def names(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        yield from imported(node)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def proven() -> set[str]:
    """Modules that a test imports or stands for, and what these are made of: parts of their own package."""
    found = {m.name for m in modules() if (ROOT / own_test(m.place)).exists() or m.place in FROM_OUTSIDE}
    found |= named_by_tests()
    waiting = [module for module in modules() if module.name in found]
    while waiting:
        module = waiting.pop()
        parts = [m for m in modules() if _is_part(m.name, module.name) and m.name not in found]
        used = set(names(module))
        waiting += (new := [part for part in parts if part.name in used])
        found |= {part.name for part in new}
    return found


def _is_part(name: str, whole: str) -> bool:
    """Modules of one package below a room; and in `ui` all, for pages are made of widgets."""
    return name.startswith("ui.") or (
        whole.count(".") > 1 and name.rpartition(".")[0] == whole.rpartition(".")[0]
    )


@pytest.mark.parametrize("place", IMPORTANT)
def test_what_matters_has_its_own_test(place: str) -> None:
    assert (ROOT / place).exists()
    assert (ROOT / own_test(place)).exists()


def test_whatever_does_something_is_tested() -> None:
    found = proven()
    assert [m.place for m in modules() if logic(m) >= LOGIC and m.name not in found] == []


def test_what_is_proven_from_outside_is_there() -> None:
    assert [place for pair in FROM_OUTSIDE.items() for place in pair if not (ROOT / place).exists()] == []


def test_a_test_file_stands_where_its_module_does() -> None:
    known = {own_test(module.place) for module in modules()}
    astray = [
        place
        for room in ROOMS
        for path in sorted((ROOT / "tests" / room).rglob("test_*.py"))
        if (place := path.relative_to(ROOT).as_posix()) not in known
    ]
    assert astray == []
