"""open_clip by path: the user's weights alone, each family's own preparation of pictures, nothing fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from desktop import catalogue
from memory.adapters.picture_openclip import OpenClip, ensure_torchvision, folded, preprocessing
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


@pytest.mark.parametrize("name", catalogue.declared())
def test_what_can_be_fetched_is_prepared_as_it_was_trained(open_clip: Any, name: str) -> None:
    """By the name that a fetched file gets, and as open_clip's own table has it for that training."""
    model = catalogue.declared()[name]
    found = preprocessing(open_clip, model.model, Path(model.file))
    own = open_clip.get_pretrained_cfg(model.model, model.tag)
    assert own["hf_hub"].rstrip("/") in model.url
    assert found == {
        "image_mean": own["mean"],
        "image_std": own["std"],
        "image_interpolation": own["interpolation"],
        "image_resize_mode": own["resize_mode"],
    }
    assert found["image_mean"] == (0.48145466, 0.4578275, 0.40821073)
    assert found["image_std"] == (0.26862954, 0.26130258, 0.27577711)
    assert (found["image_interpolation"], found["image_resize_mode"]) == ("bicubic", "shortest")
    built = open_clip.get_model_config(model.model)
    assert built["embed_dim"] == model.dimension
    assert built["vision_cfg"]["image_size"] == model.pixels
    assert not own.get("quick_gelu", False)
    assert not built.get("quick_gelu", False)


def test_that_a_network_has_no_more_to_fold_is_fine(open_clip: Any, tmp_path: Path) -> None:
    network = open_clip.create_model(MODEL, pretrained=str(tiny(tmp_path)))
    assert folded(network) is network


def test_branches_are_folded_into_one_with_the_same_vectors(
    open_clip: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(5)
        network = open_clip.create_model("MobileCLIP2-S0").visual.eval()
        for part in network.modules():
            if isinstance(part, torch.nn.BatchNorm2d):
                part.running_mean.uniform_(-0.2, 0.2)
                part.running_var.uniform_(0.5, 1.5)
        picture = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        before = network(picture)
        count = sum(1 for _ in network.modules())
        after = folded(network)(picture)
    assert sum(1 for _ in network.modules()) < count
    assert torch.nn.functional.cosine_similarity(before, after).item() > 0.9999


def test_it_is_computed_as_asked_and_measured_once(tmp_path: Path) -> None:
    weights, record, page = tiny(tmp_path), tmp_path / "measured.json", light().pixels()
    plain = OpenClip(MODEL, weights, "cpu", "fp32", record).encode([page])
    assert not record.exists()
    half = OpenClip(MODEL, weights, "cpu", "bf16", record)
    assert not np.array_equal(half.encode([page]), plain)
    assert (half.encode([page]) * plain).sum() > 0.99
    kept = json.loads(record.read_text())
    assert list(kept) == [half.name]
    assert kept[half.name]["precision"] == "bf16"
    assert kept[half.name]["ms"] > 0
    written = record.stat().st_mtime_ns
    OpenClip(MODEL, weights, "cpu", "bf16", record)
    assert record.stat().st_mtime_ns == written


def test_weights_with_code_in_them_are_not_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    weights, ran = tiny(tmp_path, "weights.pt"), tmp_path / "ran"
    torch.save({"state_dict": Planted(ran)}, weights)
    with pytest.raises(NoWeights):
        OpenClip(MODEL, weights, "cpu")
    assert not ran.exists()


class Planted:
    """Makes a file when it is unpickled without care."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("weights", ["", "."])
def test_without_a_file_it_is_absent_and_not_random(weights: str) -> None:
    with pytest.raises(NoWeights, match="cannot be read"):
        OpenClip("ViT-B-32", Path(weights), "cpu")


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
    first = OpenClip(MODEL, weights, "cpu", "fp32")
    (tmp_path / "other").mkdir()
    other = tiny(tmp_path / "other", "weights.pt")
    assert OpenClip(MODEL, other, "cpu", "fp32").name != first.name
    again = OpenClip(MODEL, weights, "cpu", "fp32")
    assert again.name == first.name
    page = light().pixels()
    np.testing.assert_allclose(again.encode([page]), first.encode([page]), atol=1e-5)
