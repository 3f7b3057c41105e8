"""Tesseract in this process: clear errors; what it reads is proven in tests/ports/test_ocr.py."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.errors import NoOcr
from tests.support.pages import Page


def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(NoOcr, match="does not load"):
        TesserOcr()


def test_data_that_it_cannot_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\nprintf 'List in \"{tmp_path}\" (1):\\neng\\n'\n")
    program.chmod(0o755)
    (tmp_path / "eng.traineddata").write_bytes(b"nothing")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoOcr, match="cannot use the data"):
        TesserOcr()


def test_a_strip_that_time_ends_in_is_left_out() -> None:
    page = Page(width=1600, height=1600)
    for n in range(100):
        page.write((20, 15 + 15 * n), "paragraph of the river gauge handbook " * 6, size=11)
    # A hundred lines take seconds.
    assert TesserOcr("eng").words([np.asarray(page.image.convert("L"))], time.monotonic() + 0.05) == ()
