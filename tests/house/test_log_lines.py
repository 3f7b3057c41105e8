"""No log line can hold what was on the screen: fixed words, and beside them codes, kinds and counts alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import Module, modules, read

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}

# What may stand beside the words: none of these can carry content.
ATTRIBUTES = {"code", "__name__", "pid", "stage"}
CALLS = {"len", "places", "logs.places", "type"}
NAMES = {"child", "count", "pid", "seconds", "stage"}


def is_harmless(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Attribute():
            return node.attr in ATTRIBUTES
        case ast.Call():
            return ast.unparse(node.func) in CALLS
        case ast.Name():
            return node.id in NAMES
    return False


def telling(module: Module) -> Iterator[str]:
    """Log calls whose words are not fixed or whose arguments could carry content."""
    for node in ast.walk(module.tree):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS
        ):
            continue
        if ast.unparse(node.func.value).lstrip("_").lower() not in ("log", "logger", "logging"):
            continue
        fixed = bool(node.args) and isinstance(node.args[0], ast.Constant)
        if not fixed or not all(is_harmless(arg) for arg in node.args[1:]):
            yield f"{module.place}:{node.lineno} {ast.unparse(node)}"


def test_no_log_line_can_hold_content() -> None:
    assert [line for module in modules() for line in telling(module)] == []


def test_every_logger_has_its_modules_name() -> None:
    """By this name a log knows our own records; of all others it keeps no words."""
    strange = re.compile(r"getLogger\((?!__name__\)|\))")
    assert [module.place for module in modules() if strange.search(module.text)] == []


@pytest.mark.parametrize(
    "line",
    [
        'log.info(f"read {text}")',
        'log.info("read %s", line.text)',
        'log.warning("failed: %s", error)',
        'logging.error("failed: %s", str(error))',
        "_log.debug(words)",
        'log.info("read " + title)',
    ],
)
def test_each_form_is_seen(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.tree.ROOT", tmp_path)
    (tmp_path / "planted.py").write_text(line + "\n")
    assert len(list(telling(read(tmp_path / "planted.py")))) == 1
