"""The reader process: started as the engine starts it, it reads, encodes, and ends with its socket."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.processes import reader as main
from desktop.settings import PerceiveOptions, Settings
from memory import wire
from memory.adapters.ocr_rapid import RapidOcr
from memory.adapters.ocr_tesseract import Tesseract
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.errors import BadPicture, NoOcr, NoWeights
from memory.ports import Reader
from tests.house.tree import ROOT
from tests.support.pages import light


@pytest.fixture
def options(tmp_path: Path) -> PerceiveOptions:
    return Settings(tmp_path / "settings.toml").perceive()


@pytest.fixture
def child(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "desktop.processes.reader", str(theirs.fileno()), str(tmp_path)]
    with ours, subprocess.Popen(command, pass_fds=(theirs.fileno(),), cwd=ROOT) as process:
        theirs.close()
        yield process, ours
        process.kill()


def test_it_serves_and_ends_with_its_socket(child: tuple[subprocess.Popen[bytes], socket.socket]) -> None:
    process, sock = child
    client = wire.client(sock, Reader, 120.0)
    assert "Nydegger" in client.read(light().webp()).lines[0].text
    assert client.encode_texts(("one", "two")).count == 2
    maps = Path(f"/proc/{process.pid}/maps").read_text()
    assert "libtorch" not in maps
    with pytest.raises(BadPicture):
        client.read(b"nothing")
    seen = client.see((light().webp(),), ((),))
    assert seen.vectors
    assert seen.vectors.dim == 256
    assert "efficientnet" in seen.maker
    limits = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
    assert next(line for line in limits if line.startswith("Max core")).split()[4:6] == ["0", "0"]
    sock.close()
    assert process.wait(30) == 0


def test_the_settings_choose_what_reads(options: PerceiveOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(main.ocr(options), TesserOcr)
    assert isinstance(main.ocr(replace(options, ocr="tesseract")), Tesseract)
    assert main.ocr(replace(options, languages="eng")).name.endswith(" eng")
    assert isinstance(main.ocr(replace(options, ocr="rapidocr")), RapidOcr)
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    assert isinstance(main.ocr(options), Tesseract)
    with pytest.raises(NoOcr):
        main.ocr(replace(options, ocr="tesserocr"))


def test_without_tesseract_it_says_so(
    options: PerceiveOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shutil.which("tesseract")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(main.ocr(options), RapidOcr)
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(NoOcr, match="tesseract does not start"):
        main.ocr(options)
    with pytest.raises(NoOcr, match="rapidocr library is not installed"):
        main.ocr(replace(options, ocr="rapidocr"))


def test_the_settings_choose_what_sees(options: PerceiveOptions, tmp_path: Path) -> None:
    assert "efficientnet" in main.pictures(options).name
    with pytest.raises(NoWeights, match="off"):
        main.pictures(replace(options, picture_model="off"))
    with pytest.raises(NoWeights, match="names no file"):
        main.pictures(replace(options, picture_model="open_clip"))
    absent = str(tmp_path / "none.safetensors")
    with pytest.raises(NoWeights, match="cannot be read"):
        main.pictures(replace(options, picture_model="open_clip", clip_weights=absent))
