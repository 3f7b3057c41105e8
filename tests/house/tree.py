"""The house as the rules see it: every module of the rooms with its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("desktop", "capture", "memory", "ui")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file: dotted name, path, lines and tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path below the root, as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def is_door(self) -> bool:
        return self.path.name == "__init__.py"

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))


def read(path: Path) -> Module:
    """A source file as a Module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text(encoding="utf-8")
    return Module(name, path, text, ast.parse(text, str(path)))


@cache
def sources(*folders: str) -> tuple[Module, ...]:
    """Every Python file below these folders of the root."""
    return tuple(read(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def modules() -> tuple[Module, ...]:
    """Every module of the four rooms."""
    return sources(*ROOMS)


def length(node: ast.stmt) -> int:
    """Lines from the first to the last of a definition, without its decorators."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def imported(node: ast.AST) -> tuple[str, ...]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or ".",)
    return ()
