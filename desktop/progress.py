"""Progress on standard error: a line that renews itself at a terminal, JSON lines, or nothing."""

from __future__ import annotations

import json
import sys


class Progress:
    """`how` is auto, json or off; a line shows counts in `unit`s of `size`, JSON shows them as they are."""

    def __init__(self, how: str, unit: str = "", size: int = 1) -> None:
        self._how = "line" if how == "auto" and sys.stderr.isatty() else how
        self._unit, self._size = unit and f" {unit}", size
        self._open = False

    def show(self, step: str, done: int, total: int) -> None:
        if self._how == "json":
            print(json.dumps({"step": step, "done": done, "total": total}), file=sys.stderr, flush=True)
        elif self._how == "line":
            self._open = True
            told = f"{done // self._size} of {total // self._size}{self._unit}"
            print(f"\r{step:>6}: {told}   ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._open:
            print(file=sys.stderr)
