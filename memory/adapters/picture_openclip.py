"""Picture vectors by an open_clip model whose weights the user has; words find pictures in the same space."""

from __future__ import annotations

import copy
import hashlib
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from safetensors import SafetensorError

from memory.adapters.devices import Computing, candidates, chosen, lowered, patterns
from memory.errors import NoWeights
from memory.ports import Pixels

BATCH = 4


class OpenClip:
    """`model` is open_clip's name of it, `weights` a file (.safetensors, or .pt read as weights alone),
    `where` and `precision` what `devices.candidates` takes, `record` the file in which the choice is kept.
    Nothing is ever fetched, and nothing computed from numbers that are no weights. Raises NoWeights.
    """

    def __init__(
        self,
        model: str,
        weights: Path,
        where: str = "auto",
        precision: str = "auto",
        record: Path | None = None,
    ) -> None:
        wanted = candidates(where, precision)
        self.name = f"open_clip {model} {_digest(model, weights)[:8]}"
        self._torchvision = ensure_torchvision()
        # Only now: it imports torchvision, which may need the line above; and torch, see `devices`.
        import open_clip

        try:
            network, _, prepare = open_clip.create_model_and_transforms(
                model, pretrained=str(weights), weights_only=True, **preprocessing(open_clip, model, weights)
            )
            self._tokenize = open_clip.get_tokenizer(model)
        except (RuntimeError, OSError, ValueError, KeyError, AssertionError, ImportError) as error:
            raise NoWeights(model=model, reason=f"the file does not fit ({type(error).__name__})") from error
        except (SafetensorError, pickle.UnpicklingError) as error:
            raise NoWeights(model=model, reason="the file is damaged") from error
        self._network = folded(network.eval())
        self._prepare = prepare
        self._how = chosen(self.name, wanted, record, self._trial)
        self._network = lowered(self._network, self._how)

    def encode(self, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
        """Unit vectors, len(pictures) x the model's dimension."""
        return _unit(self._prepared(pictures), self._network.encode_image, self._how)

    def encode_words(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Unit vectors in the pictures' space."""
        rows = list(self._tokenize(list(texts))) if texts else []
        return _unit(rows, self._network.encode_text, self._how)

    def _trial(self, how: Computing) -> Callable[[], NDArray[np.float32]]:
        # A copy, for a lower precision loses digits; of what sees alone, which is what is measured.
        seeing = lowered(copy.deepcopy(self._network.visual), how)
        rows = self._prepared(patterns())
        return lambda: _unit(rows, seeing, how)

    def _prepared(self, pictures: Sequence[Pixels]) -> list[Any]:
        return [self._prepare(Image.fromarray(picture)) for picture in pictures]


def _unit(rows: Sequence[Any], encode: Any, how: Computing) -> NDArray[np.float32]:
    import torch

    parts = []
    for start in range(0, len(rows), BATCH):
        batch = torch.stack(list(rows[start : start + BATCH]))
        # Words come as whole numbers, which stay so.
        batch = lowered(batch, how) if batch.is_floating_point() else batch.to(how.device)
        with torch.inference_mode():
            unit = torch.nn.functional.normalize(encode(batch).float(), dim=-1)
        parts.append(unit.cpu().numpy())
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros((0, 0), dtype=np.float32)


def folded(network: Any) -> Any:
    """The network with branches that only training needed folded into one, where it has such (MobileCLIP):
    the same vectors in less time.
    """
    if any(hasattr(part, "reparameterize") for part in network.modules()):
        # Only now: it is open_clip's own dependency, and as heavy.
        from timm.utils import reparameterize_model

        return reparameterize_model(network, inplace=True)
    return network


def preprocessing(open_clip: Any, model: str, weights: Path) -> dict[str, Any]:
    """How pictures were prepared when the model was trained, as open_clip's table of published weights says.

    With a file of weights open_clip itself prepares every model as OpenAI's, which is wrong for MobileCLIP
    and SigLIP. Where the table differs by training, the one named in the file's name counts, else the first.
    Empty for a model that the table does not know.
    """
    tags = open_clip.list_pretrained_tags_by_model(model)
    named = [tag for tag in tags if tag.replace("-", "_") in weights.name.replace("-", "_")]
    for tag in named or tags:
        config = open_clip.get_pretrained_cfg(model, tag)
        return {
            "image_mean": config["mean"],
            "image_std": config["std"],
            "image_interpolation": config["interpolation"],
            "image_resize_mode": config["resize_mode"],
        }
    return {}


def _digest(model: str, weights: Path) -> str:
    try:
        with weights.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NoWeights(model=model, reason="the file cannot be read") from error


def ensure_torchvision() -> Any:
    """Lets torchvision built for CUDA be imported beside torch without: its transforms need none of the
    operators that are missing, only their names. Returns what has to be kept alive, or None.
    """
    import torch

    try:
        import torchvision  # noqa: F401
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
    else:
        return None
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    library: Any = torch.library.Library("torchvision", "DEF")  # type: ignore[no-untyped-call]
    for operator in ("nms", "qnms"):
        library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library
