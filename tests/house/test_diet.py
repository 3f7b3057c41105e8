"""Each process loads its own libraries only: what a process main imports is looked at in a clean process."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

MODELS = {"torch", "torchvision", "open_clip", "timm", "efficientnet_lite_pytorch"}
READING = {"tesserocr", "pytesseract", "rapidocr", "cv2", "tokenizers", "safetensors"}
WINDOW = {"PySide6", "shiboken6"}
SCREEN = {"mss", "Xlib"}
INDEX = {"chromadb"}
ENCODER = {"onnxruntime"}
NEVER = {
    "requests",
    "httpx",
    "aiohttp",
    "huggingface_hub",
    "kubernetes",
    "IPython",
    "matplotlib",
    "pandas",
    "sklearn",
}

# What must not be loaded when a process's main has been imported. The engine loads onnxruntime at its first
# question, the reader its models at the first frame, the index process Chroma itself when it starts.
DIETS = {
    "desktop.processes.engine": MODELS | READING | WINDOW | SCREEN | INDEX | ENCODER,
    "desktop.processes.recorder": MODELS
    | READING
    | WINDOW
    | INDEX
    | ENCODER
    | {"apsw", "keyring", "cryptography"},
    "desktop.processes.reader": WINDOW | SCREEN | INDEX | {"apsw", "keyring"},
    "desktop.processes.index": MODELS
    | READING
    | WINDOW
    | SCREEN
    | ENCODER
    | {"apsw", "keyring", "cryptography"},
    "desktop.processes.writer": MODELS
    | READING
    | WINDOW
    | SCREEN
    | INDEX
    | ENCODER
    | {"numpy", "apsw", "keyring", "cryptography", "apscheduler", "PIL"},
    "desktop.processes.window": MODELS
    | READING
    | SCREEN
    | INDEX
    | ENCODER
    | {"numpy", "apsw", "apscheduler"},
    "desktop.cli": MODELS
    | READING
    | WINDOW
    | SCREEN
    | INDEX
    | ENCODER
    | {"numpy", "apsw", "apscheduler", "PIL"},
}
CHROMA_OWN = NEVER - {"IPython", "matplotlib", "pandas", "sklearn"}
"""Chroma imports these for a server that is not used here; nothing of ours calls them."""

LOADED = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
json.dump(sorted({name.split(".")[0] for name in sys.modules}), sys.stdout)
"""


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The top-level names of what a clean process has loaded when the program is through."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_every_process_has_a_diet() -> None:
    mains = {f"desktop.processes.{path.stem}" for path in (ROOT / "desktop/processes").glob("[!_]*.py")}
    assert mains == set(DIETS) - {"desktop.cli"}


@pytest.mark.parametrize("main", DIETS)
def test_a_process_keeps_its_diet(main: str) -> None:
    spared = CHROMA_OWN if main == "desktop.processes.index" else set()
    assert loaded_by(LOADED, main) & (DIETS[main] | NEVER - spared) == set()


HELP = """
import contextlib, io, json, sys
from desktop import cli
with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
    cli.main(["--help"])
assert "usage: onceseen" in said.getvalue()
json.dump(sorted({name.split(".")[0] for name in sys.modules}), sys.stdout)
"""


def test_help_is_light() -> None:
    assert loaded_by(HELP) & (DIETS["desktop.cli"] | NEVER | {"keyring", "cryptography", "msgspec"}) == set()
