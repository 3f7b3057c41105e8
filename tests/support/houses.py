"""A real engine over a real ledger on disk, without any process beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from memory.engine import Engine
from memory.errors import NoWeights
from memory.index.client import Index
from memory.keys import master
from memory.ledger import days
from memory.ledger.connection import Ledger
from memory.opened import Opened
from memory.pictures import Pictures
from memory.polishing import Polishing
from memory.ports import TextEncoder
from memory.questions import Questions
from tests.support.builders import KEY, NINE, a_ledger


def no_encoder() -> TextEncoder:
    raise AssertionError("nothing is asked here")


def no_weights() -> TextEncoder:
    """What is asked is asked by words alone."""
    raise NoWeights(model="words", reason="none are here")


class House:
    """Opens a real ledger for an engine; `works` as one with readers, `closing` happens while it closes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.works = folder, True
        self.clock, self.leap = NINE, timedelta()
        self.closing: Callable[[], object] = lambda: None
        self.there: list[Ledger] = []
        self.polishing: Polishing | None = None
        self.encoder = no_encoder
        self.rested: list[int] = []
        self.most = 0
        a_ledger(folder).close()
        self.engine = Engine(lambda file, passphrase: KEY, self._open, self._time)

    def _time(self) -> datetime:
        self.clock += self.leap
        return self.clock

    @property
    def ledger(self) -> Ledger:
        return self.there[-1]

    def _open(self, key: bytes) -> Opened:
        ledger = Ledger.open(self.folder / "ledger.db", key)
        self.there.append(ledger)
        self.most = max(self.most, len(self.there))
        self.index = Index(ledger)
        return Opened(
            ledger=ledger,
            pictures=self.pictures(ledger),
            index=self.index,
            questions=Questions(self.index, self.encoder, None),
            reader=None,  # type: ignore[arg-type]
            processes=lambda: {"engine": "running"} | ({"reader 1": "idle"} if self.works else {}),
            trouble=lambda: "",
            rest=lambda: self.rested.append(len(self.there)),
            close=lambda: self._close(ledger),
            polishing=self.polishing,
        )

    def _close(self, ledger: Ledger) -> None:
        self.closing()
        ledger.close()
        self.there.remove(ledger)

    def pictures(self, ledger: Ledger) -> Pictures:
        return Pictures(
            self.folder / "pictures", lambda day: master.key_of_day(KEY, days.salt_for_sealing(ledger, day))
        )
