"""Text by tesseract inside this process (tesserocr): two thirds of the time of the program, no other process.

A fault in the engine ends the process, so only the reader may load it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from memory.adapters.tesseract import RESOLUTION, SINGLE_BLOCK, Installed, installed, words_of_page
from memory.errors import ChildFailed, NoOcr
from memory.ports import Grey, Word


class TesserOcr:
    """Reads with the language data that the tesseract program has; `languages` as `installed` takes them."""

    def __init__(self, languages: str = "auto") -> None:
        found = installed(languages)
        self._engine = _engine(found)
        self.name = f"tesserocr {self._engine.Version()} {found.languages}"

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        # None is where time ended.
        read = takewhile(lambda words: words is not None, (self._read(strip, until) for strip in strips))
        return tuple(words for words in read if words is not None)

    def _read(self, strip: Grey, until: float) -> tuple[Word, ...] | None:
        height, width = strip.shape
        left = int((until - time.monotonic()) * 1000)
        if left <= 0:
            return None
        self._engine.SetImageBytes(strip.tobytes(), width, height, 1, width)
        self._engine.SetSourceResolution(RESOLUTION)
        try:
            if not self._engine.Recognize(left):
                return None
            return words_of_page(self._engine.GetTSVText(0).splitlines())
        except RuntimeError as error:
            raise ChildFailed(child="tesseract", reason="it could not read a strip") from error
        finally:
            # The engine keeps the last picture otherwise.
            self._engine.Clear()


def _engine(found: Installed) -> Any:
    # Here and not at the top: the reader loads it at the first picture, and the program may do without it.
    try:
        import tesserocr
    except ImportError as error:
        raise NoOcr(reason="the tesserocr library does not load") from error
    try:
        return tesserocr.PyTessBaseAPI(
            path=str(found.data), lang=found.languages, psm=SINGLE_BLOCK, oem=tesserocr.OEM.LSTM_ONLY
        )
    except RuntimeError as error:
        raise NoOcr(reason=f"tesserocr cannot use the data in {found.data}") from error
