"""The reader process: text, vectors and pictures for the engine; it has no keys and keeps nothing of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from desktop import child, logs, measured, paths
from desktop.settings import PerceiveOptions, Settings
from memory import wire
from memory.adapters.ocr_rapid import RapidOcr
from memory.adapters.ocr_tesseract import Tesseract
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.adapters.picture_openclip import OpenClip
from memory.adapters.picture_packaged import PackagedPictures
from memory.adapters.text_minilm import MiniLm
from memory.errors import NoOcr, NoWeights
from memory.perceive.reader import PageReader
from memory.perceive.sight import Sight
from memory.ports import Ocr, PictureEncoder, Reader

ALONE = {"TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
"""One thread is enough beside what the user does; and no library may look for weights elsewhere."""


def ocr(options: PerceiveOptions) -> Ocr:
    """What reads text: the one that is named, or else the first that is there; raises NoOcr."""
    engines: dict[str, Callable[[], Ocr]] = {
        "tesserocr": lambda: TesserOcr(options.languages),
        "tesseract": lambda: Tesseract(options.languages),
        "rapidocr": RapidOcr,
    }
    if options.ocr in engines:
        return engines[options.ocr]()
    missing = []
    for make in engines.values():
        try:
            return make()
        except NoOcr as error:
            missing.append(error)
    # The first is the one that a user would want to have.
    raise missing[0]


def pictures(options: PerceiveOptions, record: Path | None = None) -> PictureEncoder:
    """What makes vectors of pictures; `record` keeps what was measured of this machine. Raises NoWeights."""
    if options.picture_model == "off":
        raise NoWeights(model="the picture encoder", reason="perceive.picture_model is off")
    if options.picture_model == "packaged":
        return PackagedPictures(options.device, options.precision, record)
    if not options.clip_weights:
        raise NoWeights(model=options.clip_model, reason="perceive.clip_weights names no file")
    weights = Path(options.clip_weights).expanduser()
    return OpenClip(options.clip_model, weights, options.device, options.precision, record)


def reader(options: PerceiveOptions, record: Path | None = None) -> PageReader:
    """The reader as the settings want it; nothing heavy is loaded yet."""
    return PageReader(lambda: ocr(options), lambda: MiniLm(paths.models() / "text"), sight(options, record))


def sight(options: PerceiveOptions, record: Path | None = None) -> Sight:
    """What looks at pictures: vectors by the model that the settings name, tags by the packaged one."""

    @cache
    def packaged() -> PackagedPictures:
        if options.picture_model == "off":
            raise NoWeights(model="the picture encoder", reason="perceive.picture_model is off")
        return PackagedPictures(options.device, options.precision, record)

    if options.picture_model == "packaged":
        return Sight(packaged, packaged)
    return Sight(_once(options, record), packaged)


def _once(options: PerceiveOptions, record: Path | None) -> Callable[[], PictureEncoder]:
    """Makes what the settings name. What fails is noted for `doctor` and not tried again by this process: to
    find that a file of weights does not fit takes seconds.
    """
    failed: list[NoWeights] = []

    def make() -> PictureEncoder:
        if failed:
            raise failed[0]
        try:
            made = pictures(options, record)
        except NoWeights as error:
            failed.append(error)
            note(str(error))
            raise
        note("")
        return made

    def note(words: str) -> None:
        if record:
            measured.note(record, options, words)

    return make


def main() -> int:
    """Serves until the engine closes the socket; the second argument is the profile, for its settings."""
    os.environ.update(ALONE)
    with child.parent("reader") as sock:
        profile = Path(sys.argv[2])
        options = Settings(paths.settings(profile)).perceive()
        wire.serve(sock, Reader, reader(options, paths.measured(profile)), child.bug)
    return 0


if __name__ == "__main__":
    sys.exit(logs.run(main))
