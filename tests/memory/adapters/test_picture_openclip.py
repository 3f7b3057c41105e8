"""open_clip by path: the user's weights alone, each family's own preparation of pictures, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from memory.adapters.picture_openclip import OpenClip, ensure_torchvision, preprocessing
from memory.errors import NoWeights
from tests.support.clip import MODEL, tiny
from tests.support.pages import dark, light


@pytest.fixture(scope="module")
def open_clip() -> Any:
    kept = ensure_torchvision()
    import open_clip

    yield open_clip
    del kept


@pytest.mark.parametrize("name", ["weights.safetensors", "weights.pt"])
def test_weights_come_from_the_file(open_clip: Any, tmp_path: Path, name: str) -> None:
    weights = tiny(tmp_path, name)
    encoder = OpenClip(MODEL, weights, "cpu")
    network, _, prepare = open_clip.create_model_and_transforms(MODEL, pretrained=str(weights))
    pictures = [light(), dark()]
    with torch.inference_mode():
        batch = torch.stack([prepare(page.image) for page in pictures])
        expected = torch.nn.functional.normalize(network.eval().encode_image(batch), dim=-1).numpy()
    got = encoder.encode([page.pixels() for page in pictures])
    assert ((got * expected).sum(axis=1) > 0.99).all()
    assert got[0] @ got[1] < 0.999
    words = encoder.encode_words(["a letter", "a dark terminal"])
    assert words is not None
    assert words.shape == (2, 32)


@pytest.mark.parametrize(
    ("model", "file", "mean", "how"),
    [
        ("ViT-B-32", "laion2b_s34b_b79k.safetensors", 0.48145466, ("bicubic", "shortest")),
        ("MobileCLIP-S1", "mobileclip_s1.pt", 0.0, ("bilinear", "shortest")),
        ("MobileCLIP2-S0", "weights.safetensors", 0.0, ("bilinear", "shortest")),
        ("MobileCLIP2-S3", "weights.safetensors", 0.48145466, ("bilinear", "shortest")),
        ("ViT-B-16-SigLIP", "weights.safetensors", 0.5, ("bicubic", "squash")),
        ("ViT-L-14", "laion2b_s32b_b82k.safetensors", 0.5, ("bicubic", "shortest")),
        ("ViT-L-14", "openai.pt", 0.48145466, ("bicubic", "shortest")),
    ],
)
def test_each_family_is_prepared_as_it_was_trained(
    open_clip: Any, model: str, file: str, mean: float, how: tuple[str, str]
) -> None:
    found = preprocessing(open_clip, model, Path(file))
    assert found["image_mean"][0] == pytest.approx(mean)
    assert (found["image_interpolation"], found["image_resize_mode"]) == how


def test_a_model_of_ones_own_is_prepared_as_usual(open_clip: Any, tmp_path: Path) -> None:
    assert preprocessing(open_clip, MODEL, tiny(tmp_path)) == {}


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoWeights, match="cannot be read"):
        OpenClip("ViT-B-32", tmp_path / "none.safetensors", "cpu")


@pytest.mark.parametrize("name", ["weights.safetensors", "weights.pt"])
def test_a_damaged_file(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    weights = tiny(tmp_path, name)
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(NoWeights):
        OpenClip(MODEL, weights, "cpu")


def test_weights_of_another_model(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NoWeights, match="does not fit"):
        OpenClip("MobileCLIP2-S0", tiny(tmp_path), "cpu")


def test_a_model_nobody_knows(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NoWeights):
        OpenClip("No-Such-Model", tiny(tmp_path), "cpu")


def test_other_weights_other_name(tmp_path: Path) -> None:
    weights = tiny(tmp_path)
    first = OpenClip(MODEL, weights, "cpu")
    (tmp_path / "other").mkdir()
    other = tiny(tmp_path / "other", "weights.pt")
    assert OpenClip(MODEL, other, "cpu").name != first.name
    again = OpenClip(MODEL, weights, "cpu")
    assert again.name == first.name
    page = light().pixels()
    np.testing.assert_allclose(again.encode([page]), first.encode([page]), atol=1e-5)
