"""One suite for everything that reads text: tesseract as a program and in this process, rapidocr."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.ocr_rapid import RapidOcr
from memory.adapters.ocr_tesseract import Tesseract
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.errors import NoOcr
from memory.perceive.known import StripReader
from memory.perceive.lines import written
from memory.ports import Ocr
from tests.support.pages import ALL, Page, bare

TESSERACTS: dict[str, Callable[..., Ocr]] = {"program": Tesseract, "library": TesserOcr}
ENGINES: dict[str, Callable[..., Ocr]] = {**TESSERACTS, "rapidocr": RapidOcr}


@pytest.fixture(params=ENGINES.values(), ids=ENGINES, scope="module")
def make(request: pytest.FixtureRequest) -> Callable[..., Ocr]:
    return request.param


@pytest.fixture(scope="module")
def ocr(make: Callable[..., Ocr]) -> Ocr:
    return make()


def lines_of(ocr: Ocr, page: Page) -> list[str]:
    found = written(StripReader(ocr).read(page.pixels()).words)
    return [one.line.text for one in found]


@pytest.mark.parametrize("name", ALL)
def test_words_are_read_whatever_the_page(ocr: Ocr, name: str) -> None:
    page = ALL[name]()
    read = {bare(word) for text in lines_of(ocr, page) for word in text.split()}
    missed = page.words() - read
    assert len(missed) <= 0.06 * len(page.words()), missed


def test_columns_do_not_run_together(ocr: Ocr) -> None:
    lines = lines_of(ocr, ALL["columns"]())
    assert lines[0].startswith("Dear Mrs Nydegger")
    assert lines[0].endswith("moved")
    assert [line for line in lines if "Weir" in line and "Sitzung" in line] == []
    assert lines.index(lines[0]) < next(n for n, line in enumerate(lines) if "Sitzung" in line)


def test_boxes_are_where_the_words_are(ocr: Ocr) -> None:
    page = Page(width=400, height=120)
    page.write((100, 50), "Hollin Gorge", size=20)
    ((first, second),) = (
        [word.box for word in words] for words in StripReader(ocr).read(page.pixels()).words
    )
    assert abs(first[0] - 100) <= 5
    assert first[0] + first[2] < second[0]
    assert 45 <= first[1] <= 60
    assert 12 <= first[3] <= 28


def test_nothing_in_nothing_out(ocr: Ocr) -> None:
    blank = np.full((40, 200), 255, dtype=np.uint8)
    assert ocr.words([], time.monotonic() + 60) == ()
    assert ocr.words([blank, blank], time.monotonic() + 60) == ((), ())


def test_what_time_does_not_suffice_for_is_left_out(ocr: Ocr) -> None:
    page = Page(width=200, height=60)
    page.write((20, 15), "late", size=26)
    assert ocr.words([np.asarray(page.image.convert("L"))], time.monotonic()) == ()


def test_each_strip_gets_its_own_words(ocr: Ocr) -> None:
    strips = []
    for text in ("alpha", "bravo", "charlie"):
        page = Page(width=200, height=60)
        page.write((20, 15), text, size=26)
        strips.append(np.asarray(page.image.convert("L")))
    assert [[word.text for word in words] for words in ocr.words(strips, time.monotonic() + 60)] == [
        ["alpha"],
        ["bravo"],
        ["charlie"],
    ]


def test_the_name_says_engine_version_and_languages(ocr: Ocr) -> None:
    engine, version, languages = ocr.name.split(" ")
    assert (engine, languages[:3]) in (("tesseract", "eng"), ("tesserocr", "eng"), ("rapidocr", "zh+"))
    assert version[0].isdigit()


@pytest.mark.parametrize("make", TESSERACTS.values(), ids=TESSERACTS)
def test_a_language_that_is_not_there(make: Callable[..., Ocr]) -> None:
    with pytest.raises(NoOcr, match="no data for xyz"):
        make("eng+xyz")


def test_no_file_is_left_anywhere(ocr: Ocr) -> None:
    page = ALL["light"]()
    before = {place: set(os.listdir(place)) for place in (tempfile.gettempdir(), "/dev/shm", Path.cwd())}
    lines_of(ocr, page)
    after = {place: set(os.listdir(place)) for place in before}
    made = {name for place in before for name in after[place] - before[place]}
    # Other programs may make files at the same time: what counts is whether one holds a picture or text.
    assert [name for name in made if name.endswith((".png", ".tif", ".tsv", ".txt", ".pgm", ".PNM"))] == []
    assert [name for name in made if name.startswith("tess")] == []
