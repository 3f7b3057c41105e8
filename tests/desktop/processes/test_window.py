"""The window's process is light: what it loads is looked at in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
HEAVY = {
    "torch",
    "torchvision",
    "open_clip",
    "chromadb",
    "numpy",
    "onnxruntime",
    "tesserocr",
    "apsw",
    "mss",
    "Xlib",
}

LOADED = "import json, sys, desktop.processes.window; print(json.dumps(sorted(sys.modules)))"

SHOWN = """
import json, sys
from contextlib import nullcontext
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.processes import window
from tests.support.fakes import FakeMemory, FakeSetup

def done():
    shown = [one for one in QApplication.topLevelWidgets() if one.objectName() == "window"]
    ready = bool(shown) and shown[0].timeline.chosen is not None
    if ready:
        poll.stop()
        print(json.dumps({"name": QApplication.applicationName(), "modules": sorted(sys.modules)}))
        shown[0].close()

poll = QTimer(interval=20)
poll.timeout.connect(done)
QTimer.singleShot(0, poll.start)
fake = FakeMemory(days=1)
sys.exit(window.show(lambda: nullcontext(fake), FakeSetup("ready")))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


def test_nothing_heavy_is_loaded_to_begin() -> None:
    loaded = {name.split(".")[0] for name in json.loads(run(LOADED).stdout)}
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()


def test_it_shows_closes_and_ends_in_silence_under_its_own_name() -> None:
    ended = run(SHOWN)
    told = json.loads(ended.stdout)
    assert told["name"] == "onceseen"  # by this name the recorder knows its own windows
    assert {name.split(".")[0] for name in told["modules"]} & HEAVY == set()
    assert "QThread" not in ended.stderr
    assert "Traceback" not in ended.stderr
