"""What is known of this machine, without content: a small JSON file that several processes add to."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from memory.errors import StoreTrouble
from memory.keys import durable


def read(record: Path) -> dict[str, Any]:
    """What was kept, the last kept last; empty where it is not there or spoilt."""
    try:
        known = json.loads(record.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def keep(record: Path, name: str, about: object) -> None:
    """Keeps `about` by this name, nothing where it is None; without room for it, it is not kept."""
    if about is None and name not in read(record):
        return
    with suppress(OSError, StoreTrouble), _alone(record):
        known = read(record)
        known.pop(name, None)
        kept = known if about is None else known | {name: about}
        durable.write(record, json.dumps(kept, indent=1).encode())


@contextmanager
def _alone(record: Path) -> Iterator[None]:
    """No other process adds to it meanwhile. The folder is locked, for the file is replaced."""
    handle = os.open(record.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
