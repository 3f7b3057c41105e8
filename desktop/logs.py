"""The log of a process, without a word of what was seen, and the handler above everything.

An exception's own words may quote what was on the screen, and so may other libraries' messages: of both only
kind and place are written.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from desktop import paths
from memory.errors import Bug, OnceseenError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
OURS = ("desktop", "capture", "memory", "ui")
LARGEST = 1_000_000
"""Bytes after which a log is turned over; three old ones are kept."""

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

log = logging.getLogger(__name__)


class WithoutContent(logging.Formatter):
    """One line a record; an exception as kind and places, a stranger's message as its name alone."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] not in OURS:
            record.message = "(another library's words are not kept)"
        return super().formatMessage(record)

    def formatException(self, ei: _Caught) -> str:
        return places(ei[1])

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler made of the exception would be taken over
        return super().format(record)


def places(error: BaseException | None) -> str:
    """Kind and places of an error and of those behind it, outermost first, without their words."""
    lines: list[str] = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


class _Private(logging.handlers.RotatingFileHandler):
    """A file that turns over and that only its user can read."""

    def _open(self):  # type: ignore[no-untyped-def]  # the stream's type is the library's own affair
        stream = super()._open()
        os.chmod(self.baseFilename, 0o600)
        return stream

    def handleError(self, record: logging.LogRecord) -> None:
        """A log that can't be written (a full disk) must not stop what it tells of."""


def start(profile: Path, process: str, level: str = "INFO") -> Path:
    """Sends this process's records to its log in the profile; returns the file. Raises Known."""
    file = paths.log(profile, process)
    paths.private(file.parent)
    handler = _Private(file, maxBytes=LARGEST, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(WithoutContent())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        root.getChild(name).setLevel(level)
    threading.excepthook = _thread_failed
    return file


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        log.error("a thread failed\n%s", places(failed.exc_value))


def run(main: Callable[[], int]) -> int:
    """Runs a process's main; whatever it raises becomes one clear line and an exit status."""
    try:
        return main()
    except OnceseenError as error:
        log.info("ended with %s", error.code)
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  the handler above everything: it says so and ends the process
        log.critical("ended by a mistake\n%s", places(error))
        sys.stderr.write(f"{Bug(reason=type(error).__name__)}\n")
        return Bug.exit_status
