"""The screen by mss: all monitors of an X11 display (through shared memory), Windows or macOS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import mss
import numpy as np
from mss.exception import ScreenShotError
from PIL import Image

from capture.ports import Monitor, Pixels
from memory.errors import NoScreen

# mss asserts, rather than raises its own error, where the display went away under it (seen with 10.2).
_GONE = (ScreenShotError, AssertionError, OSError, RuntimeError)


class MssScreen:
    """Opened anew whenever the monitors are asked for (0.6 ms): mss asks the system for them only once."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._mss: mss.MSS | None = None

    def monitors(self) -> tuple[Monitor, ...]:
        with _mapped():
            self.close()
            self._mss = mss.MSS(display=self._display) if self._display else mss.MSS()
            found = self._mss.monitors[1:]
        if not found:
            raise NoScreen(reason="no monitor is connected")
        return tuple(
            Monitor(index, each["left"], each["top"], each["width"], each["height"])
            for index, each in enumerate(found)
        )

    def grab(self, monitor: Monitor) -> Pixels:
        if self._mss is None:
            raise NoScreen(reason="the monitors were not asked for")
        area = {"left": monitor.x, "top": monitor.y, "width": monitor.width, "height": monitor.height}
        with _mapped():
            shot = self._mss.grab(area)
        # Pillow drops the fourth byte and turns the order four times as fast as NumPy.
        return np.asarray(Image.frombytes("RGB", (shot.width, shot.height), bytes(shot.bgra), "raw", "BGRX"))

    def close(self) -> None:
        with suppress(*_GONE):
            if self._mss is not None:
                self._mss.close()
        self._mss = None


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except _GONE as error:
        raise NoScreen(reason=str(error) or "the display is gone") from error
