"""The packaged text encoder: refused unless it is whole; what it does is proven in tests/ports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop import paths
from memory.adapters.text_minilm import MiniLm, installed
from memory.errors import NoWeights


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.models() / "text", tmp_path / "text"))


def test_its_name_is_known_without_loading(copy: Path) -> None:
    (copy / "model.onnx").unlink()
    assert installed(copy) == installed(paths.models() / "text")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NoWeights, match="text encoder"):
        MiniLm(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_flipped_byte_is_noticed(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(NoWeights, match="damaged"):
        MiniLm(copy)


def test_a_missing_file(copy: Path) -> None:
    (copy / "tokenizer.json").unlink()
    with pytest.raises(NoWeights, match="cannot be read"):
        MiniLm(copy)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"name": "x"})])
def test_a_description_that_is_not_whole(copy: Path, content: str) -> None:
    (copy / "encoder.json").write_text(content)
    with pytest.raises(NoWeights):
        MiniLm(copy)
