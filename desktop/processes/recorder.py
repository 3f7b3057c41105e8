"""The recorder process: looks at the screen and hands frames to the engine over its socket."""

from __future__ import annotations

import select
import socket
import sys
import time
from pathlib import Path

from capture.adapters.presence_x11 import X11Presence
from capture.adapters.screen_mss import MssScreen
from capture.adapters.windows_x11 import X11Windows
from capture.pace import Pace
from capture.ports import Eyes
from capture.recorder import Clock, Options, Recorder
from desktop import child, logs, paths, screen, times
from desktop.settings import Settings
from memory import wire
from memory.api import Intake
from memory.errors import ChildFailed, NoScreen

CALL_S = 60.0
"""How long the engine may take to answer: it waits for its disk."""


def main() -> int:
    """Looks until the engine closes the socket; the second argument is the profile, for settings and log.

    An engine that does not answer ends this process with an error, and whoever supervises it starts another.
    """
    with child.parent("recorder") as sock:
        wishes = _Wishes(paths.settings(Path(sys.argv[2])))
        sink = wire.client(sock, Intake, CALL_S, "engine")
        recorder = Recorder(open_eyes, sink, Clock(times.now, time.monotonic), wishes.options())
        try:
            while not _is_over(sock, recorder.wait()):
                if wishes.changed():
                    recorder.use(wishes.options())
                recorder.step()
        except ChildFailed as failure:
            # It may close the socket amid a step as well: that is an end like any other.
            if failure.details["reason"] != wire.ENDED:
                raise
        finally:
            recorder.close()
    return 0


def open_eyes() -> Eyes:
    """The screen of this session; raises NoScreen."""
    screen.refuse_to_record()
    windows = X11Windows()
    try:
        presence = X11Presence()
    except NoScreen:
        windows.close()
        raise
    return Eyes(MssScreen(), windows, presence)


class _Wishes:
    """The settings of capture, read again whenever their file changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._settings = Settings(file)
        self._seen = self._stamp()

    def changed(self) -> bool:
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        self._settings.load()
        return True

    def options(self) -> Options:
        capture = self._settings.capture()
        return Options(Pace(capture.every_s, capture.idle_limit_s), capture.looks_at)

    def _stamp(self) -> int:
        return self._file.stat().st_mtime_ns if self._file.exists() else 0


def _is_over(sock: socket.socket, seconds: float) -> bool:
    """Waits; True as soon as the engine has closed its end."""
    poll = select.poll()
    poll.register(sock, select.POLLRDHUP)
    return bool(poll.poll(seconds * 1000))


if __name__ == "__main__":
    sys.exit(logs.run(main))
