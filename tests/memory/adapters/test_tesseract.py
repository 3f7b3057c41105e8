"""Which languages are there, and the table of words that tesseract writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from memory.adapters.tesseract import environment, installed, words_of_page
from memory.errors import NoOcr
from memory.ports import Word


def pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_what_is_installed_here() -> None:
    found = installed("auto")
    assert found.languages.split("+")[0] == "eng"
    assert "osd" not in found.languages
    assert (found.data / "eng.traineddata").exists()


def test_all_languages_english_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(
        tmp_path,
        monkeypatch,
        'List of available languages in "/data/" (5):\ndeu\neng\nosd\nchi_sim\nscript/Latin',
    )
    assert installed("auto").languages == "eng+chi_sim+deu"
    assert installed("deu").languages == "deu"
    assert installed("auto").data == Path("/data")


def test_no_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, 'List of available languages in "/data/" (1):\nosd')
    with pytest.raises(NoOcr, match="no language data"):
        installed("auto")


def test_one_thread() -> None:
    assert environment()["OMP_THREAD_LIMIT"] == "1"


def test_only_rows_of_words_count() -> None:
    rows = [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t1\t1\t1\t0\t1\t2\t30\t40\t-1\t",
        "5\t1\t1\t1\t1\t1\t1\t2\t30\t40\t96.5\tgauge",
        "5\t1\t1\t1\t1\t2\t1\t2\t30\t40\t-1\t ",
        "5\t1\t1",
    ]
    assert words_of_page(rows) == (Word("gauge", (1, 2, 30, 40), 0.965),)
