"""The edge of capture's world: what it looks at, and the one it hands frames to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from memory.records import Active, Frame, Gap, Orders, Taken, Window

Pixels = NDArray[np.uint8]
"""A picture as rows x columns x 3 (red, green, blue)."""


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor: its place in the order of the system, and its box in pixels of the whole desktop."""

    index: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What can be seen of one monitor: its windows (None: not known), and the one that stands for it.

    `active` is the window with the focus where that lies on this monitor, else the topmost one there:
    a monitor is never described by a window that cannot be seen on it.
    """

    windows: tuple[Window, ...] | None
    active: Active | None


class Screen(Protocol):
    """Gives pixels."""

    def monitors(self) -> tuple[Monitor, ...]:
        """The monitors of now, at least one; raises NoScreen."""

    def grab(self, monitor: Monitor) -> Pixels:
        """The pixels of a monitor; raises NoScreen."""

    def close(self) -> None: ...


class Windows(Protocol):
    """Tells what windows can be seen."""

    def look(self, monitors: tuple[Monitor, ...]) -> tuple[Desk, ...]:
        """One desk a monitor, in their order, boxes relative to it and clipped to it; raises NoScreen."""

    def close(self) -> None: ...


class Presence(Protocol):
    """Tells whether somebody is there."""

    def idle_seconds(self) -> float:
        """Seconds since the last key or pointer movement; raises NoScreen."""

    def locked(self) -> bool:
        """Whether the session is locked or a screensaver covers it; raises NoScreen."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Eyes:
    """The three ports of a live look, opened and closed together."""

    screen: Screen
    windows: Windows
    presence: Presence

    def close(self) -> None:
        self.screen.close()
        self.windows.close()
        self.presence.close()


OpenEyes = Callable[[], Eyes]
"""Opens the ports anew; raises NoScreen."""


class Sink(Protocol):
    """Where frames go: memory's intake, as the recorder sees it."""

    def orders(self) -> Orders: ...

    def known(self, digests: tuple[bytes, ...]) -> dict[bytes, bool]:
        """Which of these frames were taken before; True where the picture was kept."""

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        """Takes a frame (WebP; empty when not new, or text); returns when it is safe on disk."""

    def gap(self, gap: Gap) -> None:
        """Nothing was recorded here, and why."""

    def idle(self, seconds: float) -> None:
        """For so long nobody has typed or pointed."""
