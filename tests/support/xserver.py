"""A private virtual display with openbox and real windows on it, for tests: nobody's screen is touched."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from Xlib import X
from Xlib.display import Display

from desktop.stage import Stage, end

T = TypeVar("T")


class XServer(Stage):
    """The tour's stage with what tests do to windows."""

    def __enter__(self) -> XServer:
        super().__enter__()
        display = Display(self.display)
        wanted = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        self.until(lambda: display.screen().root.get_full_property(wanted, X.AnyPropertyType))
        display.close()
        return self

    def xterm(self, title: str, text: str = "", place: str = "60x12+40+60", name: str = "xterm") -> Program:
        """Opens a terminal that shows `text`, and waits until its window is there."""
        shown = self._folder / f"{abs(hash((title, text, place)))}.txt"
        shown.write_text(text)
        options = ("-name", name, "-T", title, "-geometry", place, "-bw", "0", "-xrm", "*cursorBlink: false")
        script = f'printf "\\033[?25l"; cat "{shown}"; exec sleep 600'
        program = self.start("xterm", *options, "-class", name, "-e", "sh", "-c", script)
        window = self.until(lambda: self.windows(title))
        self.until(lambda: self.ask("xdotool", "getwindowname", window[0]).strip() == title)
        return Program(self, program, window[0])

    def windows(self, title: str) -> list[str]:
        """Ids of the visible windows whose title holds `title`."""
        return self.ask("xdotool", "search", "--onlyvisible", "--name", title).split()

    def monitors(self, *places: str) -> None:
        """Makes these the monitors, as 960/250x1080/280+0+0 each: millimetres do not matter."""
        for n, place in enumerate(places):
            self.ask("xrandr", "--setmonitor", f"M{n}", place, "screen" if n == 0 else "none")

    def ask(self, *command: str) -> str:
        """Runs a helper program here and gives what it says, an empty text where it fails."""
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=20, check=False)
        return done.stdout.decode("utf-8", "replace")

    def until(self, condition: Callable[[], T], seconds: float = 20.0) -> T:
        """Waits for what has no event to wait for; fails after `seconds`."""
        late = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < late, "the display did not do what was awaited"
            time.sleep(0.02)
        return found


class Program:
    """A program with its window, by the window's id."""

    def __init__(self, server: XServer, process: subprocess.Popen[bytes], window: str) -> None:
        self._server = server
        self._process = process
        self.window = window

    def do(self, *command: str) -> None:
        """Something xdotool does to a window: windowminimize, windowactivate --sync, ..."""
        self._server.ask("xdotool", *command, self.window)

    def close(self) -> None:
        end(self._process)
        self._server.until(
            lambda: self.window not in self._server.ask("xdotool", "search", "--name", ".").split()
        )


@contextmanager
def an_x_server(folder: Path, width: int = 1280, height: int = 800) -> Iterator[XServer]:
    """Starts one and ends it with all that was started on it."""
    with XServer(folder, width, height) as server:
        yield server
