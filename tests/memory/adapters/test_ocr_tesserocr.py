"""Tesseract in this process: clear errors; what it reads is proven in tests/ports/test_ocr.py."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from memory.adapters import ocr_tesserocr
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.errors import ChildFailed, NoOcr
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


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_tesserocr, "CALL_S", 0.0)
    page = Page(width=200, height=60)
    page.write((20, 15), "late", size=26)
    with pytest.raises(ChildFailed, match="took more than"):
        TesserOcr("eng").words([np.asarray(page.image.convert("L"))])
