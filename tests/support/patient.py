"""A child process for the supervisor's tests: it crashes, hangs, eats and asks as it is told."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

from desktop import child
from memory import wire


class Patient(Protocol):
    """What it can be told."""

    def pid(self) -> int: ...

    def environment(self) -> dict[str, str]: ...

    def limits(self) -> dict[str, int]: ...

    def crash(self) -> None: ...

    def hang(self) -> None: ...

    def err(self, words: str) -> None: ...

    def eat(self, megabytes: int) -> int: ...

    def spawn(self) -> int: ...


class Doctor(Protocol):
    """What it asks, when it is the one that asks."""

    def orders(self, pid: int) -> str: ...


class Obedient:
    """Implements Patient."""

    eaten = b""

    def pid(self) -> int:
        return os.getpid()

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def limits(self) -> dict[str, int]:
        return {"core": resource.getrlimit(resource.RLIMIT_CORE)[0], "nice": os.nice(0)}

    def crash(self) -> None:
        os._exit(7)

    def hang(self) -> None:
        time.sleep(600)

    def err(self, words: str) -> None:
        raise KeyError(words)

    def eat(self, megabytes: int) -> int:
        self.eaten = b"x" * (megabytes << 20)
        return len(self.eaten)

    def spawn(self) -> int:
        return subprocess.Popen(["sleep", "600"]).pid


def main() -> int:
    """Serves Patient, or asks a Doctor until told to leave."""
    Path(os.environ["TMPDIR"], "left").write_text("behind")
    with child.parent("patient") as sock:
        if "DOCTOR" not in os.environ:
            wire.serve(sock, Patient, Obedient(), child.bug)
            return 0
        doctor = wire.client(sock, Doctor, 20)
        while True:
            orders = doctor.orders(os.getpid())
            if orders == "leave":
                return 0
            if orders == "crash":
                return 9
            if orders == "hang":
                time.sleep(600)
            time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
