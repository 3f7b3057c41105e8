"""A tiny open_clip model, its numbers drawn by a fixed seed: for tests of loading, never for search."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import torch
from safetensors.torch import save_file

from memory.adapters.picture_openclip import ensure_torchvision

MODEL = "onceseen-tiny"
CONFIG = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "head_width": 32, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 1},
}


def tiny(folder: Path, name: str = "weights.safetensors") -> Path:
    """Makes the model known to open_clip by name and writes its weights; returns their file."""
    kept = ensure_torchvision()
    import open_clip

    (folder / f"{MODEL}.json").write_text(json.dumps(CONFIG))
    open_clip.add_model_config(folder / f"{MODEL}.json")
    with torch.random.fork_rng():
        torch.manual_seed(11)
        # It warns, rightly, that these are no weights to search with.
        logging.disable(logging.WARNING)
        network = open_clip.create_model(MODEL)
        logging.disable(logging.NOTSET)
    weights = {key: value.contiguous() for key, value in network.state_dict().items()}
    path = folder / name
    if path.suffix == ".safetensors":
        save_file(weights, path)
    else:
        torch.save(weights, path)
    del kept
    return path
