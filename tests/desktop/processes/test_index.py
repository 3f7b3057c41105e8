"""The index process leaves nothing on disk, loads only its own, and ends with the engine."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.supervisor import Child, Plan
from memory.ports import VectorIndex
from tests.support.builders import some_vectors

PLAN = Plan("index", "desktop.processes.index")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_nothing_is_written_to_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, run = tmp_path / "home", tmp_path / "run"
    for folder, name in ((home, "HOME"), (run, "XDG_RUNTIME_DIR")):
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    child = Child(PLAN, VectorIndex)
    try:
        texts = tuple(f"marker-{n}" for n in range(3000))
        child.client.put("passage", tuple(range(3000)), texts, some_vectors(3000, dim=64))
        assert child.client.count("passage", "test") == 3000
        child.client.drop("passage", tuple(range(100)))
        assert (files(home), files(run)) == ([], [])
        opened = [path.readlink() for path in Path(f"/proc/{child.pid}/fd").iterdir()]
        assert {str(to) for to in opened if str(to).startswith("/")} == {"/dev/null"}
        shared = [
            line
            for line in Path(f"/proc/{child.pid}/maps").read_text().splitlines()
            if line.split()[1][1] == "w" and line.split()[1][3] == "s"
        ]
        assert shared == []
    finally:
        child.stop()
    assert (files(home), list(run.iterdir())) == ([], [])


def test_it_loads_nothing_heavy_but_chroma() -> None:
    code = "import sys, desktop.processes.index; print(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "chromadb" in loaded
    assert not loaded & {
        "torch",
        "open_clip",
        "tesserocr",
        "pytesseract",
        "PySide6",
        "mss",
        "apsw",
        "capture",
        "ui",
    }


def test_it_ends_when_its_engine_is_killed() -> None:
    code = (
        "from desktop.supervisor import Child, Plan\n"
        "from memory.ports import VectorIndex\n"
        "import time\n"
        "child = Child(Plan('index', 'desktop.processes.index'), VectorIndex)\n"
        "child.client.count('passage', 'e')\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as engine:
        assert engine.stdout is not None
        pid = int(engine.stdout.readline())
        scratch = Path(
            next(
                line.removeprefix("TMPDIR=")
                for line in Path(f"/proc/{pid}/environ").read_text().split("\0")
                if line.startswith("TMPDIR=")
            )
        )
        end = os.pidfd_open(pid)
        engine.kill()
    assert signal.Signals(-engine.returncode) == signal.SIGKILL
    assert select.select([end], [], [], 20)[0]
    os.close(end)
    assert not scratch.exists()
