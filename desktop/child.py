"""The child's side of supervision: the socket it was born with, and an end when the parent is gone."""

from __future__ import annotations

import logging
import os
import resource
import select
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop import logs

log = logging.getLogger(__name__)

GRACE_S = 5.0
"""How long a child may go on with what it does after its parent is gone."""

NICENESS = 10


@contextmanager
def parent(name: str, niceness: int = NICENESS) -> Iterator[socket.socket]:
    """The socket to the parent (its descriptor is the first argument); leaves nothing in TMPDIR at the end.

    From here on the process gives way to others (`niceness`), leaves no core dump, and writes the log of
    process `name` in the profile that is the second argument, where there is one.
    """
    if len(sys.argv) > 2:
        logs.start(Path(sys.argv[2]), name)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(niceness)
    with socket.socket(fileno=int(sys.argv[1])) as sock:
        threading.Thread(target=_end_with, args=(sock,), name="parent's end", daemon=True).start()
        try:
            yield sock
        finally:
            _sweep()


def bug(error: Exception) -> None:
    """What `wire.serve` is to do with a mistake of ours: kind and places go to the log."""
    log.error("a request failed\n%s", logs.places(error))


def _end_with(sock: socket.socket) -> None:
    """A busy or hanging child does not outlive its parent, whatever its main thread does."""
    poll = select.poll()
    poll.register(sock, 0)
    poll.poll()
    time.sleep(GRACE_S)
    _sweep()
    os._exit(1)


def _sweep() -> None:
    if "TMPDIR" in os.environ:
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
