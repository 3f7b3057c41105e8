"""Text by rapidocr (PP-OCR through onnxruntime), where tesseract is not there: Latin letters and Chinese.

Its recogniser alone is used: strips are found already. A strip of two lines that touch is beyond it. It costs
about three times the CPU of tesseract. An extra of the program (`pip install onceseen[rapidocr]`); its models
come with the library, and it is given their file by name so that it looks for them nowhere else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from memory.errors import ChildFailed, NoOcr
from memory.ports import Grey, Word

INK = 128
"""What is darker belongs to letters."""


class RapidOcr:
    """Reads Chinese and what is written in Latin letters, whatever the languages; raises NoOcr."""

    def __init__(self) -> None:
        version, self._engine = _engine()
        self.name = f"rapidocr {version} zh+latin"

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        intime = takewhile(lambda _: time.monotonic() < until, strips)
        return tuple(self._read(strip) for strip in intime)

    def _read(self, strip: Grey) -> tuple[Word, ...]:
        if not (strip < INK).any():
            return ()
        colours = np.repeat(strip[:, :, None], 3, axis=2)
        try:
            found = self._engine(colours, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        except (RuntimeError, ValueError) as error:
            raise ChildFailed(child="rapidocr", reason="it could not read a strip") from error
        return tuple(_words(strip, found.txts[0], found.word_results[0]))


def _words(strip: Grey, text: str, info: Any) -> Iterator[Word]:
    """Words between blanks. Each letter stands at one of `line_txt_len` steps along the strip and has a
    confidence; blanks have no step.
    """
    rows = np.flatnonzero((strip < INK).any(axis=1))
    top, high = int(rows[0]), int(rows[-1] - rows[0]) + 1
    wide = strip.shape[1] / max(1.0, info.line_txt_len)
    steps = iter(step for word in info.word_cols for step in word)
    begun = 0
    for word in text.split(" "):
        places = [next(steps) for letter in word if not letter.isspace()]
        sure = info.confs[begun : begun + len(word)]
        begun += len(word) + 1
        if places:
            left, right = int((places[0] - 0.5) * wide), int((places[-1] + 1.5) * wide)
            yield Word(word.strip(), (max(0, left), top, right - max(0, left), high), float(np.mean(sure)))


def _engine() -> tuple[str, Any]:
    # Here and not at the top: an extra that few have, and the reader loads it at the first picture.
    # onnxruntime speaks to its maker unless this stands in the environment before it is loaded.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import rapidocr
    except ImportError as error:
        raise NoOcr(reason="the rapidocr library is not installed") from error
    models = sorted(Path(rapidocr.__file__).parent.glob("models/*_rec_*.onnx"))
    if not models:
        raise NoOcr(reason="rapidocr came without its models")
    settings = {
        "Global.log_level": "critical",
        "Rec.model_path": str(models[0]),
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return version("rapidocr"), rapidocr.RapidOCR(params=settings)
