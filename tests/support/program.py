"""The real program, driven from outside by its command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 240


class Program:
    """`onceseen` over one profile, in surroundings of its own below `folder`."""

    def __init__(self, folder: Path, display: str = "") -> None:
        self.folder = folder
        self.profile, self.key = folder / "memory", folder / "key"
        places = {name: folder / name.lower() for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR")}
        for place in places.values():
            place.mkdir(mode=0o700, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "LC_ALL", "TZ") if name in os.environ}
        self.environment = kept | {name: str(place) for name, place in places.items()}
        self.environment["PYTHONPATH"] = str(ROOT)
        if display:
            self.environment["DISPLAY"] = display

    def command(self, *words: str, key: Path | None = None) -> list[str]:
        place = ["--profile", str(self.profile), "--key-file", str(key or self.key)]
        return [sys.executable, "-m", "desktop", *place, *words]

    def run(
        self, *words: str, key: Path | None = None, given: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """One command to its end; `given` is its standard input."""
        return subprocess.run(
            self.command(*words, key=key),
            env=self.environment,
            cwd=self.folder,
            input=given if given is not None else "",
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def json(self, *words: str) -> Any:
        """The JSON document of a command that must do well."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, f"{words}: {done.returncode} {done.stderr}{done.stdout}"
        return json.loads(done.stdout)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command that goes on; the caller ends it."""
        return subprocess.Popen(
            self.command(*words),
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def until(ask: Callable[[], T], seconds: float = 90.0) -> T:
    """Asks again and again until the answer is not empty; each question is a whole command, so no rest."""
    end = time.monotonic() + seconds
    while not (answer := ask()) and time.monotonic() < end:
        pass
    return answer


def holding(folder: Path, *markers: str) -> list[Path]:
    """Files below `folder` in which one of the words stands readable, in UTF-8 or UTF-16."""
    needles = [marker.encode(code) for marker in markers for code in ("utf-8", "utf-16-le")]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if any(needle in data or needle.lower() in data for needle in needles):
                found.append(path)
    return found
