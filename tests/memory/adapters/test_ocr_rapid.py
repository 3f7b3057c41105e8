"""rapidocr: clear errors, nothing fetched, nothing logged; what it reads is in tests/ports/test_ocr.py."""

from __future__ import annotations

import sys
import time
from types import ModuleType

import numpy as np
import pytest

from memory.adapters.ocr_rapid import RapidOcr
from memory.errors import NoOcr
from memory.ports import Grey
from tests.support.pages import Page


def strip(text: str) -> Grey:
    page = Page(width=400, height=60)
    page.write((20, 15), text, size=26)
    return np.asarray(page.image.convert("L"))


def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(NoOcr, match="is not installed"):
        RapidOcr()


def test_without_its_models_it_is_absent_and_fetches_none(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = ModuleType("rapidocr")
    bare.__file__ = f"{tmp_path}/__init__.py"
    monkeypatch.setitem(sys.modules, "rapidocr", bare)
    with pytest.raises(NoOcr, match="without its models"):
        RapidOcr()


def test_words_have_their_places(capfd: pytest.CaptureFixture[str]) -> None:
    (words,) = RapidOcr().words([strip("Hollin Gorge")], time.monotonic() + 60)
    assert [word.text for word in words] == ["Hollin", "Gorge"]
    first, second = (word.box for word in words)
    assert abs(first[0] - 20) <= 8
    assert first[0] + first[2] <= second[0] + 4
    assert all(word.confidence > 0.8 for word in words)
    # Nothing of what it reads goes anywhere else.
    assert "Hollin" not in "".join(capfd.readouterr())
