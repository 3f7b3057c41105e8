"""Text by the tesseract program through pytesseract: strips are pages of one TIFF in a private folder."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytesseract
from PIL import Image

from memory.adapters.tesseract import RESOLUTION, SINGLE_BLOCK, installed, words_of_page
from memory.errors import ChildFailed, NoOcr
from memory.ports import Grey, Word

IN_RAM = Path("/dev/shm")


class Tesseract:
    """Reads with the installed language data; `languages` as `tesseract.installed` takes them."""

    def __init__(self, languages: str = "auto") -> None:
        found = installed(languages)
        self._languages = found.languages
        self._config = f"--tessdata-dir {found.data} --psm {SINGLE_BLOCK} --oem 1 --dpi {RESOLUTION}"
        self.name = f"tesseract {pytesseract.get_tesseract_version()} {found.languages}"
        # One thread: more of them wait for each other (measured: 5 times slower).
        os.environ["OMP_THREAD_LIMIT"] = "1"

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        """All of them or, where time ends, none."""
        left = until - time.monotonic()
        if not strips or left <= 0:
            return ()
        try:
            with _private_temporaries() as folder:
                table = pytesseract.image_to_data(
                    _tiff(strips, folder), lang=self._languages, config=self._config, timeout=left
                )
        except pytesseract.TesseractNotFoundError as error:
            raise NoOcr(reason="the program tesseract does not start") from error
        except pytesseract.TesseractError as error:
            raise ChildFailed(child="tesseract", reason=f"it ended with status {error.status}") from error
        except FileNotFoundError as error:
            raise ChildFailed(child="tesseract", reason="it ended without a result") from error
        except RuntimeError:
            # The library's word for a program that it ended because time was up.
            return ()
        pages: dict[int, list[str]] = {}
        for row in table.splitlines():
            page = row.split("\t", 2)[1:2]
            if page and page[0].isdigit():
                pages.setdefault(int(page[0]), []).append(row)
        return tuple(words_of_page(pages.get(number, ())) for number in range(1, len(strips) + 1))


@contextmanager
def _private_temporaries() -> Iterator[Path]:
    """A folder of mode 0700, in RAM where there is such a place, that takes all temporary files meanwhile.

    pytesseract writes text and pictures where `tempfile` says, readable by everybody.
    """
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(dir=IN_RAM if os.access(IN_RAM, os.W_OK) else None) as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = before


def _tiff(strips: Sequence[Grey], folder: Path) -> str:
    first, *others = (Image.fromarray(strip) for strip in strips)
    path = folder / "strips.tiff"
    first.save(path, "TIFF", save_all=True, append_images=others)
    return str(path)
