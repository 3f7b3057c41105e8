"""Text by the tesseract program: strips are pages of one TIFF on standard input; no file is written."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence

from PIL import Image

from memory.adapters.tesseract import (
    CALL_S,
    PROGRAM,
    RESOLUTION,
    SINGLE_BLOCK,
    environment,
    installed,
    words_of_page,
)
from memory.errors import ChildFailed, NoOcr
from memory.ports import Grey, Word


class Tesseract:
    """Reads with the installed language data; `languages` as `tesseract.installed` takes them."""

    def __init__(self, languages: str = "auto") -> None:
        found = installed(languages)
        self._command = [PROGRAM, "-", "-", "-l", found.languages, "--tessdata-dir", str(found.data)]
        self._command += ["--psm", str(SINGLE_BLOCK), "--oem", "1", "--dpi", str(RESOLUTION), "tsv"]
        self.name = f"tesseract {_version()} {found.languages}"

    def words(self, strips: Sequence[Grey]) -> tuple[tuple[Word, ...], ...]:
        if not strips:
            return ()
        try:
            done = subprocess.run(
                self._command, input=_tiff(strips), capture_output=True, timeout=CALL_S, env=environment()
            )
        except OSError as error:
            raise NoOcr(reason="the program tesseract does not start") from error
        except subprocess.TimeoutExpired as error:
            raise ChildFailed(child="tesseract", reason=f"it took more than {CALL_S} s") from error
        if done.returncode != 0:
            raise ChildFailed(child="tesseract", reason=f"it ended with status {done.returncode}")
        pages: dict[int, list[str]] = {}
        for row in done.stdout.decode("utf-8", "replace").splitlines():
            page = row.split("\t", 2)[1:2]
            if page and page[0].isdigit():
                pages.setdefault(int(page[0]), []).append(row)
        return tuple(words_of_page(pages.get(number, ())) for number in range(1, len(strips) + 1))


def _tiff(strips: Sequence[Grey]) -> bytes:
    first, *others = (Image.fromarray(strip) for strip in strips)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=others)
    return out.getvalue()


def _version() -> str:
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=20, check=False)
    words = (done.stdout or done.stderr).split()
    return words[1] if len(words) > 1 else "?"
