"""The reader process: text, vectors and pictures for the engine; it has no keys and writes nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop import child, logs, paths
from desktop.settings import PerceiveOptions, Settings
from memory import wire
from memory.adapters.ocr_tesseract import Tesseract
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.adapters.picture_openclip import OpenClip
from memory.adapters.picture_packaged import PackagedPictures
from memory.adapters.text_minilm import MiniLm
from memory.errors import NoOcr, NoWeights
from memory.perceive.reader import PageReader
from memory.ports import Ocr, PictureEncoder, Reader

ALONE = {"TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
"""One thread is enough beside what the user does; and no library may look for weights elsewhere."""


def ocr(options: PerceiveOptions) -> Ocr:
    """What reads text; raises NoOcr."""
    if options.ocr == "tesseract":
        return Tesseract(options.languages)
    try:
        return TesserOcr(options.languages)
    except NoOcr:
        if options.ocr == "tesserocr":
            raise
        return Tesseract(options.languages)


def pictures(options: PerceiveOptions) -> PictureEncoder:
    """What makes vectors of pictures; raises NoWeights."""
    if options.picture_model == "off":
        raise NoWeights(model="the picture encoder", reason="perceive.picture_model is off")
    if options.picture_model == "packaged":
        return PackagedPictures(options.device)
    if not options.clip_weights:
        raise NoWeights(model=options.clip_model, reason="perceive.clip_weights names no file")
    return OpenClip(options.clip_model, Path(options.clip_weights).expanduser(), options.device)


def reader(options: PerceiveOptions) -> PageReader:
    """The reader as the settings want it; nothing heavy is loaded yet."""
    return PageReader(
        lambda: ocr(options), lambda: MiniLm(paths.models() / "text"), lambda: pictures(options)
    )


def main() -> int:
    """Serves until the engine closes the socket; the second argument is the profile, for its settings."""
    os.environ.update(ALONE)
    with child.parent("reader") as sock:
        options = Settings(paths.settings(Path(sys.argv[2]))).perceive()
        wire.serve(sock, Reader, reader(options), child.bug)
    return 0


if __name__ == "__main__":
    sys.exit(logs.run(main))
