"""Text vectors by the packaged all-MiniLM-L6-v2, int8, through onnxruntime."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from memory.errors import NoWeights

_TOKENS = "layer_norm_12"
"""What the last layer says of each token, in the files that assets/models/build_text.py writes."""

# The end of a model's file that makes that a second result: two messages of one kind, one after the other,
# are one message (protobuf's encoding guide). ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto
# name = 1 and type = 2, TypeProto.tensor_type = 1, elem_type = 1: float (onnx.proto).
_AND_TOKENS = b"\x3a\x17\x62\x15\x0a" + bytes([len(_TOKENS)]) + _TOKENS.encode() + b"\x12\x04\x0a\x02\x08\x01"

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
        for rows, found, _ in self._run(texts, "vectors"):
            vectors[rows] = found
        return vectors

    def overlap(self, text: str, others: Sequence[str]) -> NDArray[np.float32]:
        """For each token of a text the nearest of another text, by cosine, and the mean of these.

        Khattab and Zaharia, ColBERT, 2020 (arXiv 2004.12832), over the tokens of a model that was not trained
        for it. Empty where the model's file does not tell its tokens.
        """
        if _TOKENS not in {output.name for output in self._session.get_outputs()}:
            return np.zeros(0, dtype=np.float32)
        asked = self._tokens([text])[0]
        near = [(asked @ tokens.T).max(axis=1).mean() for tokens in self._tokens(others)]
        return np.array(near, dtype=np.float32)

    def _tokens(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Unit vectors of the tokens of each text, the marks of its beginning and end left out."""
        made: dict[int, NDArray[np.float32]] = {}
        for rows, found, lengths in self._run(texts, _TOKENS):
            for row, vectors, length in zip(rows, found, lengths, strict=True):
                inside = vectors[1 : length - 1] if length > 2 else vectors[:length]
                made[row] = inside / np.linalg.norm(inside, axis=1, keepdims=True)
        return [made[row] for row in range(len(texts))]

    def _run(self, texts: Sequence[str], wanted: str) -> Iterator[tuple[list[int], Any, list[int]]]:
        """A batch after the other: which texts, what the model says of them, and how many tokens each has."""
        tokens = self._tokenizer.encode_batch([text.strip() for text in texts])
        order = sorted(range(len(texts)), key=lambda i: len(tokens[i].ids))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            lengths = [len(tokens[i].ids) for i in rows]
            ids = np.zeros((len(rows), max(lengths)), dtype=np.int64)
            mask = np.zeros((len(rows), max(lengths)), dtype=np.int64)
            for row, i in enumerate(rows):
                ids[row, : lengths[row]] = tokens[i].ids
                mask[row, : lengths[row]] = 1
            yield rows, self._session.run([wanted], {"ids": ids, "mask": mask})[0], lengths


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
    model = contents["model.onnx"]
    if _TOKENS.encode() in model:
        model += _AND_TOKENS
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return tokenizer, session
