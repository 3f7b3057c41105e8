"""Text vectors by the packaged all-MiniLM-L6-v2, int8, through onnxruntime."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from memory.errors import NoWeights

BATCH = 8
"""Larger batches bring nothing on one core and cost memory (measured)."""


def installed(folder: Path) -> str:
    """The name of the encoder in `folder`, without loading it; raises NoWeights."""
    return str(_about(folder)["name"])


class MiniLm:
    """`folder` holds model.onnx, tokenizer.json and encoder.json as assets/models/build_text.py writes them.

    Loading checks the digests and takes about 0.3 s and 100 MB; drop the object to give it back.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        about = _about(folder)
        self.name: str = about["name"]
        self.dimension: int = about["dimension"]
        self._tokenizer, self._session = _load(folder, about, threads)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, len(texts) x 384. What is beyond 128 tokens of a text is not seen."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = self._tokenizer.encode_batch([text.strip() for text in texts])
        order = sorted(range(len(texts)), key=lambda i: len(tokens[i].ids))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            longest = max(len(tokens[i].ids) for i in rows)
            ids = np.zeros((len(rows), longest), dtype=np.int64)
            mask = np.zeros((len(rows), longest), dtype=np.int64)
            for row, i in enumerate(rows):
                ids[row, : len(tokens[i].ids)] = tokens[i].ids
                mask[row, : len(tokens[i].ids)] = 1
            (vectors[rows],) = self._session.run(None, {"ids": ids, "mask": mask})
        return vectors


def _about(folder: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoWeights(model="the text encoder", reason=f"{folder}: {type(error).__name__}") from error
    if not isinstance(about, dict) or not {"name", "dimension", "tokens", "sha256"} <= about.keys():
        raise NoWeights(model="the text encoder", reason=f"{folder}/encoder.json is not complete")
    return about


def _load(folder: Path, about: dict[str, Any], threads: int) -> tuple[Any, Any]:
    # Here and not at the top: the engine wires this adapter but loads these libraries at its first question.
    # onnxruntime 1.31 keeps a device id and an event store in the user's cache, and sends the events to its
    # maker, unless this stands in the environment before it is loaded (its own function comes too late).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from tokenizers import Tokenizer

    contents: dict[str, bytes] = {}
    for name, sha in about["sha256"].items():
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            raise NoWeights(model="the text encoder", reason=f"{folder / name} cannot be read") from error
        if hashlib.sha256(contents[name]).hexdigest() != sha:
            raise NoWeights(model="the text encoder", reason=f"{folder / name} is damaged")
    tokenizer = Tokenizer.from_buffer(contents["tokenizer.json"])
    # The file pads every text to 128 tokens; padding to the longest of a batch is done here.
    tokenizer.no_padding()
    tokenizer.enable_truncation(about["tokens"])
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        contents["model.onnx"], options, providers=["CPUExecutionProvider"]
    )
    return tokenizer, session
