"""The tesseract program: private files, clear failures; tests/ports/test_ocr.py proves what it reads."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.ocr_tesseract import Tesseract
from memory.errors import ChildFailed, NoOcr
from tests.support.pages import Page

STRIP = np.asarray(Page(width=200, height=60).image.convert("L"))


def later() -> float:
    return time.monotonic() + 60


def fake(folder: Path, script: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is searched for the program before all others."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_what_passes_through_files_is_private_in_ram_and_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("tesseract")
    trace, mode = tmp_path / "trace", tmp_path / "mode"
    fake(
        tmp_path,
        f'[ -f "$1" ] && stat -c "%a %n" "$(dirname "$1")" > {mode}\n'
        f'exec strace -f -qq -e trace=openat,creat -o {trace}.$$ {real} "$@"',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    page = Page(width=300, height=60)
    page.write((20, 15), "nothing is left behind", size=22)
    (words,) = Tesseract("eng").words([np.asarray(page.image.convert("L"))], later())
    assert [word.text for word in words] == ["nothing", "is", "left", "behind"]
    rights, folder = mode.read_text().split()
    assert (rights, Path(folder).parent) == ("700", Path("/dev/shm"))
    calls = "".join(path.read_text() for path in tmp_path.glob("trace.*"))
    written = [line for line in calls.splitlines() if "O_WRONLY" in line or "O_RDWR" in line]
    assert any(".tsv" in line for line in written)
    assert [line for line in written if folder not in line and "/dev/null" not in line] == []
    assert not Path(folder).exists()


def test_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoOcr, match="install tesseract"):
        Tesseract()


def test_a_program_that_breaks(elsewhere: Path) -> None:
    ocr = Tesseract()
    fake(elsewhere, "exit 3")
    with pytest.raises(ChildFailed, match="status 3"):
        ocr.words([STRIP], later())


def test_a_program_that_writes_nonsense_or_nothing(elsewhere: Path) -> None:
    ocr = Tesseract()
    fake(elsewhere, "printf 'level\\tpage\\nwhat\\n5\\t1\\n' > \"$2.tsv\"")
    assert ocr.words([STRIP], later()) == ((),)
    fake(elsewhere, "exit 0")
    with pytest.raises(ChildFailed, match="without a result"):
        ocr.words([STRIP], later())


def test_a_program_that_time_ends_for_says_nothing(elsewhere: Path) -> None:
    ocr = Tesseract()
    fake(elsewhere, "exec sleep 60")
    assert ocr.words([STRIP, STRIP], time.monotonic() + 0.2) == ()
