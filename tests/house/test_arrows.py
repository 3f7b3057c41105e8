"""Who may know whom: the contracts of pyproject.toml hold, and edits that they forbid are refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT

NOUNS = {"records", "errors", "api"}

# A forbidden edit, and the contract that refuses it: (file, line that is added, contract's id).
FORBIDDEN = [
    ("memory/intake.py", "import PySide6", "qt"),
    ("capture/change.py", "from PySide6 import QtGui", "qt"),
    ("desktop/settings.py", "import PySide6.QtCore", "qt"),
    ("ui/tasks.py", "from memory.ledger import frames", "nouns"),
    ("ui/tasks.py", "import memory.engine", "nouns"),
    ("desktop/settings.py", "from memory.recall import search", "nouns"),
    ("capture/change.py", "from memory.ports import Pixels", "nouns"),
    ("capture/change.py", "import memory.api", "door"),
    ("ui/tasks.py", "from memory import wire", "keys"),
    ("ui/tasks.py", "import capture.change", "rooms"),
    ("capture/change.py", "import ui.words", "rooms"),
    ("memory/intake.py", "from desktop import settings", "rooms"),
    ("capture/change.py", "from desktop import settings", "rooms"),
    ("memory/recall/planted.py", "import chromadb", "libraries"),
    ("memory/index/planted.py", "import chromadb", "libraries"),
    ("memory/adapters/planted.py", "import chromadb", "libraries"),
    ("memory/perceive/planted.py", "import torch", "libraries"),
    ("capture/change.py", "import mss", "libraries"),
    ("memory/engine.py", "import onnxruntime", "libraries"),
    ("ui/tasks.py", "from cryptography.hazmat.primitives.ciphers import aead", "libraries"),
    ("memory/engine.py", "def f() -> None:\n    import tesserocr", "libraries"),
    ("memory/recall/planted.py", "import apsw", "sql"),
    ("memory/adapters/planted.py", "import sqlite3", "sql"),
    ("memory/recall/planted.py", "import memory.perceive.passages", "memory"),
    ("memory/perceive/planted.py", "from memory import forget", "memory"),
    ("memory/consolidate/planted.py", "from memory.recall import times", "memory"),
    ("memory/ledger/planted.py", "from memory.index import client", "memory"),
    ("memory/keys/planted.py", "from memory.ledger import meta", "memory"),
    ("memory/errors.py", "from memory.records import Frame", "memory"),
    ("memory/helpers.py", "", "memory"),
    ("ui/utils.py", "", "ui"),
    ("ui/words.py", "from ui import tasks", "ui"),
    ("capture/common.py", "", "capture"),
    ("capture/ports.py", "from capture import change", "capture"),
    ("desktop/misc.py", "", "desktop"),
    ("desktop/paths.py", "from desktop import settings", "desktop"),
    ("desktop/settings.py", "import memory.adapters.text_minilm", "adapters"),
    ("memory/engine.py", "import memory.adapters.text_minilm", "adapters"),
    ("memory/consolidate/planted.py", "from memory.ledger import frames", "pure"),
    ("memory/consolidate/planted.py", "import random", "pure"),
    ("memory/recall/language/planted.py", "import time", "recall"),
    ("memory/recall/retrieval/rank.py", "from memory.recall.answering import draft", "answers"),
    ("memory/recall/checking/check.py", "from memory.recall.answering import compose", "check"),
    ("memory/recall/checking/witness.py", "from memory.recall.answering import visits", "check"),
    ("memory/wire.py", "import pickle", "network"),
    ("desktop/models.py", "from urllib.request import urlopen", "network"),
    ("memory/adapters/planted.py", "import http.client", "network"),
    ("memory/polishing.py", "import http.client", "network"),
    ("memory/adapters/planted.py", "from huggingface_hub import hf_hub_download", "network"),
    ("memory/ledger/connection.py", "import memory.ledger.migrate\nimport memory.ledger.planted", "cycles"),
]


def contracts() -> dict[str, dict[str, object]]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract for contract in found}


def lint(tree: Path) -> tuple[int, str]:
    """Exit status and words of the contracts' check on a tree."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=tree,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


def test_the_arrows_hold() -> None:
    status, said = lint(ROOT)
    assert status == 0, said


def test_the_check_looks_at_the_copy(copy: Path) -> None:
    status, said = lint(copy)
    assert status == 0, said


@pytest.mark.parametrize(("file", "line", "contract"), FORBIDDEN, ids=lambda part: part.split("\n")[-1])
def test_a_forbidden_edit_is_refused(file: str, line: str, contract: str, copy: Path) -> None:
    planted, beside = copy / file, copy / "memory/ledger/planted.py"
    before = planted.read_text() if planted.exists() else None
    planted.write_text(f"{before or ''}\n{line}\n")
    if contract == "cycles":
        beside.write_text("import memory.ledger.connection\n")
    try:
        status, said = lint(copy)
    finally:
        if before is None:
            planted.unlink()
        else:
            planted.write_text(before)
        if contract == "cycles":
            beside.unlink()
    assert status == 1
    assert f"{contracts()[contract]['name']} BROKEN" in said


def test_every_contract_is_tried() -> None:
    tried = {contract for _, _, contract in FORBIDDEN}
    assert tried == set(contracts()) - {"pages"}


def test_pages_are_refused_to_know_each_other(copy: Path) -> None:
    one, other = (copy / "ui/pages" / f"planted_{name}.py" for name in ("one", "other"))
    one.write_text("from ui.pages import planted_other\n")
    other.touch()
    status, said = lint(copy)
    one.unlink()
    other.unlink()
    assert status == 1
    assert "Pages do not know each other BROKEN" in said


def test_all_of_memory_but_its_nouns_is_closed_to_the_rooms() -> None:
    closed = {
        name
        for contract in ("nouns", "keys", "adapters")
        for name in contracts()[contract]["protected_modules"]
    }
    parts = {path.stem for path in (ROOT / "memory").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert closed - {"capture.adapters"} == {
        f"memory.{part}" for part in parts - {"__init__", "__pycache__"} - NOUNS
    }
