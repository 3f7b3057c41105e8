"""Importing a module of ours does nothing: no file, no folder, no process, no thread, no connection."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.supervisor import SILENT
from tests.house.tree import ROOT, modules

# Runs with a home that is not there; says what happened while each module was imported for the first time.
PROGRAM = """
import importlib, json, logging, os, signal, sys, threading

effects, current = [], ""
ACTS = {
    "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod", "os.truncate", "os.symlink", "os.link",
    "os.putenv", "os.unsetenv", "os.fork", "os.exec", "os.posix_spawn", "os.system", "subprocess.Popen",
    "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp", "socket.connect", "socket.bind",
    "socket.getaddrinfo", "socket.sendto", "sqlite3.connect", "signal.pthread_kill",
}

def watch(event, details):
    writes = event == "open" and isinstance(details[1], str) and set(details[1]) & set("wax+")
    if current and (writes or event in ACTS):
        effects.append([current, event, repr(details)[:200]])

def state():
    return (
        sorted(t.name for t in threading.enumerate()),
        [repr(h) for h in logging.getLogger().handlers],
        logging.getLogger().level,
        [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
        os.getcwd(),
        list(sys.argv),
    )

libraries, names = json.load(sys.stdin)
for name in libraries:
    try:
        importlib.import_module(name)
    except ImportError:
        pass
sys.addaudithook(watch)
for name in names:
    before = state()
    current = name
    try:
        importlib.import_module(name)
    except ImportError as error:
        effects.append([name, "import", str(error)])
    current = ""
    if state() != before:
        effects.append([name, "state", f"{before} -> {state()}"])
json.dump(effects, sys.stdout)
"""

# Imported before the watch begins: what other libraries do when they are imported is not ours to promise.
LIBRARIES = [
    "PySide6.QtWidgets",
    "PIL.Image",
    "Xlib.display",
    "apscheduler.schedulers.background",
    "apsw",
    "chromadb",
    "cryptography.hazmat.primitives.ciphers.aead",
    "keyring",
    "msgspec",
    "mss",
    "numpy",
    "onnxruntime",
    "platformdirs",
    "pytesseract",
    "tesserocr",
    "tokenizers",
    "torch",
]


def effects(names: list[str], place: Path) -> list[list[str]]:
    """What importing these modules in a clean process did: (module, event, details)."""
    gone = str(place / "gone")
    surroundings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT}:{place}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": gone,
        "TMPDIR": gone,
        "QT_QPA_PLATFORM": "offscreen",
        **SILENT,
        **{f"XDG_{kind}_HOME": gone for kind in ("DATA", "CONFIG", "CACHE", "STATE")},
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--nonsense"],
        input=json.dumps([LIBRARIES, names]),
        cwd=place,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_every_module_can_be_imported_and_does_nothing(tmp_path: Path) -> None:
    names = [module.name for module in modules() if not module.name.endswith("__main__")]
    assert effects(names, tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_an_effect_is_seen(tmp_path: Path) -> None:
    (tmp_path / "planted_folder.py").write_text("import os\nos.mkdir('made')\n")
    (tmp_path / "planted_log.py").write_text("import logging\nlogging.basicConfig()\n")
    (tmp_path / "planted_thread.py").write_text(
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    found = effects(["planted_folder", "planted_log", "planted_thread"], tmp_path)
    assert [(name, event) for name, event, _ in found] == [
        ("planted_folder", "os.mkdir"),
        ("planted_log", "state"),
        ("planted_thread", "state"),
    ]
