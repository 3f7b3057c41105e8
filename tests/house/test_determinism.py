"""Consolidation and recall answer the same to the same: no clock and no order by chance."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import Module, read, sources

CLOCKS = re.compile(
    r"(.*\b(datetime|date)\.(now|utcnow|today))|time\.\w+|os\.urandom|uuid\.\w+|.*random\.\w+|.*default_rng|hash|id"
)


def by_chance(module: Module) -> Iterator[str]:
    """Calls that answer differently from one run to the next (`hash` of a string does)."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and CLOCKS.fullmatch(ast.unparse(node.func)):
            yield f"{module.place}:{node.lineno} {ast.unparse(node.func)}"


def over_sets(module: Module) -> Iterator[str]:
    """Loops over a set made on the spot: its order changes from one run to the next."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.For) and _is_set(node.iter):
            yield f"{module.place}:{node.lineno} walks a set"


def _is_set(node: ast.expr) -> bool:
    is_call = isinstance(node, ast.Call) and ast.unparse(node.func) in ("set", "frozenset")
    return is_call or isinstance(node, ast.Set | ast.SetComp)


PURE = sources("memory/consolidate", "memory/recall")


@pytest.mark.parametrize("module", PURE, ids=lambda module: module.place)
def test_nothing_depends_on_clock_or_chance(module: Module) -> None:
    assert [*by_chance(module), *over_sets(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now()",
        "date.today()",
        "time.time()",
        "hash('a')",
        "for a in set(b):\n  pass",
        "np.random.default_rng()",
    ],
)
def test_each_form_is_seen(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.tree.ROOT", tmp_path)
    (tmp_path / "planted.py").write_text(line + "\n")
    module = read(tmp_path / "planted.py")
    assert len([*by_chance(module), *over_sets(module)]) == 1
