"""A private virtual display with a window manager: where the tour runs when there is no screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import mss
import mss.tools

from memory.errors import NoScreen
from memory.records import Box

END_S = 5.0
"""How long a program on the stage may take to end before it is killed."""


class Stage:
    """Xvfb (on a free display number of its own choice) and openbox; ends all it started on leaving.

    `folder` becomes the home of every program on it, so that nobody's real settings are touched.
    """

    def __init__(self, folder: Path, width: int = 1440, height: int = 900) -> None:
        self._size = (width, height)
        self._folder = folder
        self._programs: list[subprocess.Popen[bytes]] = []
        self.display = ""

    def __enter__(self) -> Stage:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("Xvfb", "openbox"):
            if not shutil.which(name):
                raise NoScreen(reason=f"{name} is not installed")
        self.display = f":{self._server()}"
        self.start("openbox")
        self.run("xdotool", "search", "--sync", "--limit", "1", "--name", ".*", patience=10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for program in reversed(self._programs):
            end(program)

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to appear here."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        home = str(self._folder)
        return kept | {
            "DISPLAY": self.display,
            "HOME": home,
            "XDG_CONFIG_HOME": home,
            "XDG_CACHE_HOME": home,
            "XDG_RUNTIME_DIR": home,
            "NO_AT_BRIDGE": "1",
            "GSETTINGS_BACKEND": "memory",
        }

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Starts a program here; its output is nobody's."""
        program = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._programs.append(program)
        return program

    def show(self, title: str, box: Box, *command: str) -> bool:
        """Starts a program, waits until a window whose title holds `title` is there, and puts it at `box`."""
        self.start(*command)
        x, y, w, h = (str(number) for number in box)
        return self.seen(title, "windowsize", w, h, "windowmove", x, y, "windowactivate")

    def seen(self, title: str, *then: str, patience: float = 45) -> bool:
        """Waits until a window whose title holds `title` can be seen, then does `then` with it (xdotool).

        A search that meets a window just going away fails: it is made again.
        """
        window = ("search", "--sync", "--onlyvisible", "--limit", "1", "--name", title)
        ends = time.monotonic() + patience
        while (left := ends - time.monotonic()) > 0:
            if self.run("xdotool", *window, *then, patience=left):
                return True
        return False

    def run(self, *command: str, patience: float = 45) -> bool:
        """Runs a helper program here to its end; False when it failed or took too long."""
        try:
            done = subprocess.run(
                command, env=self.environment, capture_output=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def picture(self, path: Path) -> None:
        """Writes a picture of the whole display as PNG."""
        with mss.MSS(display=self.display) as screen:
            shot = screen.grab(screen.monitors[0])
            path.write_bytes(mss.tools.to_png(shot.rgb, shot.size) or b"")

    def _server(self) -> int:
        reading, writing = os.pipe()
        width, height = self._size
        command: Sequence[str] = (
            "Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
            "-noreset",  # else it starts anew, and resets who comes just then, when its last client leaves
        )  # fmt: skip
        self._programs.append(
            subprocess.Popen(
                command,
                pass_fds=(writing,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise NoScreen(reason="the virtual display did not start")
        return int(number)


def end(program: subprocess.Popen[bytes]) -> None:
    """Ends a program politely, then not."""
    program.terminate()
    try:
        program.wait(END_S)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
