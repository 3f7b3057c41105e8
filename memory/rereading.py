"""Reading again what an answer quotes: kept pictures and lines to the reader, for as long as one may wait."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from memory.errors import DamagedPicture, NotFound, OnceseenError
from memory.pictures import Pictures
from memory.ports import Reader
from memory.recall.checking.grade import Crop, Readings
from memory.records import Line


class Rereading:
    """Asks `reader`, which may be busy, away, or still to be started; `patience_s` is the longest that an
    answer waits for it, `first_s` as long as it has neither answered nor been waited for that long. One
    request at a time: while one is under way nothing else is read again.
    """

    def __init__(
        self, pictures: Pictures, reader: Reader, patience_s: float, first_s: float | None = None
    ) -> None:
        self._pictures, self._reader = pictures, reader
        self._patience_s, self._first_s = patience_s, patience_s if first_s is None else first_s
        self._busy, self._waited_for = threading.Lock(), threading.Event()

    def wake(self) -> None:
        """Has the reader started while an answer is looked for."""
        self._asked((), (), 0.0)

    def read(self, crops: Sequence[Crop]) -> Readings:
        """What the lines say when they are read again; empty where that could not be, or not in time."""
        by_picture: defaultdict[tuple[tuple[str, str], ...], list[Crop]] = defaultdict(list)
        for crop in crops:
            if crop.read and crop.pile:
                by_picture[crop.pile].append(crop)
        pictures, asked = list[bytes](), list[list[Crop]]()
        for pile, some in by_picture.items():
            # It may have been put on another one, or forgotten, since the answer was made.
            with suppress(DamagedPicture, NotFound):
                pictures.append(self._pictures.whole(pile))
                asked.append(some)
        if not asked:
            return {}
        lines = tuple(tuple(crop.line for crop in some) for some in asked)
        patience_s = self._patience_s if self._waited_for.is_set() else self._first_s
        until = time.monotonic() + patience_s
        said = self._asked(tuple(pictures), lines, patience_s)
        if time.monotonic() >= until:
            # One that hangs holds up the first of many answers, not each of them.
            self._waited_for.set()
        return {
            crop.row.id: looks
            for some, texts in zip(asked, said, strict=False)
            for crop, looks in zip(some, texts, strict=True)
            if looks
        }

    def _asked(
        self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...], patience_s: float
    ) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """What the reader says in a thread of its own, which is left behind where it takes too long."""
        until = time.monotonic() + patience_s
        if not self._busy.acquire(timeout=patience_s):
            return ()
        said: list[tuple[tuple[tuple[str, ...], ...], ...]] = []
        done = threading.Event()

        def ask() -> None:
            try:
                # Whatever keeps it from being read again leaves the answer as it is: in doubt.
                with suppress(OnceseenError):
                    said.append(self._reader.read_again(pictures, lines))
                    if pictures:
                        self._waited_for.set()
            finally:
                self._busy.release()
                done.set()

        threading.Thread(target=ask, name="reading again", daemon=True).start()
        done.wait(max(0.0, until - time.monotonic()))
        return said[0] if said else ()
