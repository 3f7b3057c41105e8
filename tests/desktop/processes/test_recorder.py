"""The recorder process on a real display: hands over what may be seen, obeys, and ends with the engine."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.processes import recorder
from desktop.settings import Settings
from desktop.supervisor import Plan, Running
from memory import wire
from memory.api import Intake
from memory.errors import NoScreen
from memory.records import Orders, Rule
from tests.support.sinks import FakeSink
from tests.support.xserver import XServer, an_x_server


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[XServer]:
    with an_x_server(tmp_path / "x", 800, 600) as server:
        monkeypatch.setenv("DISPLAY", server.display)
        yield server


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    Settings(paths.settings(tmp_path)).set("capture.every_s", "0.5")
    return tmp_path


class Served:
    """A recorder process and the sink that it speaks to."""

    def __init__(self, profile: Path, sink: FakeSink) -> None:
        plan = Plan("recorder", "desktop.processes.recorder", (str(profile),), keeps=("DISPLAY",))
        self.running = Running(plan)
        arguments = (self.running.socket, Intake, sink)
        self._thread = threading.Thread(target=wire.serve, args=arguments, daemon=True)
        self._thread.start()

    def end(self) -> int:
        status = self.running.end(10.0)
        self._thread.join(10.0)
        return status


def test_it_records_what_may_be_seen_and_ends_with_the_engine(server: XServer, profile: Path) -> None:
    sink = FakeSink((Rule("title", "vault"),))
    server.xterm("Notes on weirs", "the weir at Grellin was opened\n" * 3)
    served = Served(profile, sink)
    server.until(lambda: len(sink.frames) >= 3)
    assert sink.frames[0].active is not None
    assert sink.frames[0].active.title == "Notes on weirs"
    assert sink.frames[0].new
    assert not sink.frames[-1].new
    server.xterm("Vault - KeyKeeper", "hunter2")
    server.until(lambda: any(gap.reason == "excluded" for gap in sink.gaps))
    assert "KeyKeeper" not in repr(sink.frames)
    assert served.end() == 0
    written = b"".join(path.read_bytes() for path in paths.log(profile, "recorder").parent.glob("*"))
    assert b"weir" not in written
    assert b"KeyKeeper" not in written


def test_settings_hold_without_a_new_start(server: XServer, profile: Path) -> None:
    Settings(paths.settings(profile)).set("capture.monitors", "7")
    sink = FakeSink()
    served = Served(profile, sink)
    server.until(lambda: any(gap.reason == "trouble" for gap in sink.gaps))
    Settings(paths.settings(profile)).set("capture.monitors", "all")
    server.until(lambda: sink.frames)
    assert served.end() == 0


def test_without_a_display_it_waits_for_one(profile: Path) -> None:
    sink = FakeSink()
    served = Served(profile, sink)
    XServer.until(XServer(profile / "x"), lambda: any(gap.reason == "trouble" for gap in sink.gaps))
    assert served.running.ended() == ""
    assert served.end() == 0


@pytest.mark.parametrize("name", ["WAYLAND_DISPLAY", "XDG_SESSION_TYPE"])
def test_a_wayland_session_is_not_looked_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv(name, "wayland")
    with pytest.raises(NoScreen, match="Wayland"):
        recorder.open_eyes()


def test_it_loads_nothing_that_reads_or_decrypts() -> None:
    code = "import json, sys, desktop.processes.recorder; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert {"mss", "Xlib", "numpy"} <= loaded
    assert not loaded & {"torch", "chromadb", "onnxruntime", "tesserocr", "PySide6"}
    assert not loaded & {"apsw", "cryptography", "keyring"}


def test_an_engine_that_ends_amid_a_step_ends_it_well(server: XServer, profile: Path) -> None:
    amid, ended = threading.Event(), threading.Event()

    class Slow(FakeSink):
        def orders(self) -> Orders:
            amid.set()
            ended.wait(10.0)
            return super().orders()

    running = Running(Plan("recorder", "desktop.processes.recorder", (str(profile),), keeps=("DISPLAY",)))
    arguments = (running.socket, Intake, Slow())
    thread = threading.Thread(target=wire.serve, args=arguments, daemon=True)
    thread.start()
    assert amid.wait(10.0)
    assert running.end(10.0) == 0
    ended.set()
    thread.join(10.0)
