"""What the window needs before there is a memory to talk to: an engine of its own, and a profile to open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from capture import seeded
from desktop import opening
from memory import wire
from memory.api import Memory
from memory.errors import Bug, Locked, NoEngine, NoProfile, OnceseenError
from memory.records import Rule

State = Literal["new", "locked", "ready"]
KeyKind = Literal["keyring", "passphrase", "file"]

END_S = 20.0
"""How long the engine may take to put everything away when the window is closed."""


class ProfileSetup:
    """Implements ui.setup.Setup. Starts an engine where none runs, and ends only one that it started."""

    def __init__(self, profile: Path, key_file: Path | None) -> None:
        self._profile, self._key_file = profile, key_file
        self._engine: subprocess.Popen[str] | None = None

    def state(self) -> State:
        try:
            self._started(None, "")
            with opening.running(self._profile) as door:
                door.days()
        except NoProfile:
            return "new"
        except Locked:
            return "locked"
        return "ready"

    def kinds(self) -> tuple[KeyKind, ...]:
        if self._key_file:
            return ("file",)
        return ("keyring", "passphrase") if opening.keyring().there() else ("passphrase",)

    def create(self, kind: KeyKind, passphrase: str) -> None:
        self._started(kind, passphrase)

    def unlock(self, passphrase: str) -> None:
        with opening.running(self._profile) as door:
            door.unlock(self._key_words(), passphrase)

    def seeded_rules(self) -> tuple[Rule, ...]:
        return seeded.seeded_rules()

    def door(self) -> AbstractContextManager[Memory]:
        """A connection of its own to the engine: one for each thread that asks."""
        return opening.running(self._profile)

    def close(self) -> None:
        """Ends the engine that was started here; it puts away what it holds first."""
        engine, self._engine = self._engine, None
        if engine is None:
            return
        with engine:
            # The end of its input is its sign to go; leaving the block closes both pipes and waits.
            if engine.stdin:
                engine.stdin.close()
            try:
                engine.wait(END_S)
            except subprocess.TimeoutExpired:
                engine.kill()

    def _key_words(self) -> str:
        return str(self._key_file.absolute()) if self._key_file else ""

    def _started(self, create: KeyKind | None, passphrase: str) -> None:
        """Makes sure that an engine runs; with `create`, on a new profile. Raises what the engine raises."""
        if create is None:
            try:
                with opening.running(self._profile):
                    return
            except NoEngine:
                pass
        self.close()
        # -P and PYTHONPATH: this program's modules, and never those of a folder in which it was started.
        self._engine = subprocess.Popen(
            [sys.executable, "-P", "-m", "desktop.processes.engine", str(self._profile)],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )
        assert self._engine.stdin
        assert self._engine.stdout
        start = {"create": create, "key_file": self._key_words(), "passphrase": passphrase}
        self._engine.stdin.write(json.dumps(start) + "\n")
        self._engine.stdin.flush()
        word = self._engine.stdout.readline().strip()
        if word not in ("ready", "locked"):
            self.close()
            raise _refused(word)


def _refused(word: str) -> OnceseenError:
    """The error that the engine told before it ended."""
    try:
        code, details = json.loads(word)
    except ValueError:
        return Bug(reason="the engine ended without a word")
    return wire.error(code, details)
