"""Where pictures are computed and in which precision: as the settings say, else what a short trial showed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from memory import machine
from memory.errors import NoWeights
from memory.ports import Pixels

# torch is imported inside: a reader that never meets a picture to encode does without it (284 MB, 1 s).

ALIKE = 0.99
"""Least cosine with the same picture's vector from the processor in fp32; below it is another encoder."""

WORTH = 1.1
"""How many times as fast a lower precision has to be."""

SLOW_S = 3.0
"""A trial that takes longer is not repeated."""


@dataclass(frozen=True, slots=True)
class Computing:
    """`device` is cpu, cuda or mps, `precision` fp32, bf16 or fp16; milliseconds a picture, as measured, and
    of the processor in fp32.
    """

    device: str
    precision: str
    ms: float = 0.0
    plain_ms: float = 0.0


PLAIN = Computing("cpu", "fp32")

Trial = Callable[[Computing], Callable[[], NDArray[np.float32]]]
"""Gets ready to compute so, and returns what then gives unit vectors of `patterns()`."""


def candidates(device: str, precision: str) -> tuple[Computing, ...]:
    """What there is of what is wanted (each auto or one), the plainest first; raises NoWeights.

    A precision that is asked for by name is tried even where the machine has to imitate it.
    """
    import torch

    limit = os.environ.get("OMP_THREAD_LIMIT", "")
    if limit.isdigit() and int(limit) < torch.get_num_threads():
        # Else it gives work to threads that it does not get, and part of the result is never written (seen).
        torch.set_num_threads(int(limit))
    there = {"cpu": ["fp32"] + ["bf16"] * bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())}
    if torch.cuda.is_available():
        there["cuda"] = ["fp32", "fp16"] + ["bf16"] * torch.cuda.is_bf16_supported(including_emulation=False)
    if torch.backends.mps.is_available():
        there["mps"] = ["fp32", "fp16"]
    if device not in ("auto", *there):
        raise NoWeights(model="the picture encoder", reason=f"this machine has no {device}")
    return tuple(
        Computing(each, form)
        for each in (there if device == "auto" else (device,))
        for form in (there[each] if precision == "auto" else (precision,))
    )


def chosen(encoder: str, wanted: Sequence[Computing], record: Path | None, trial: Trial) -> Computing:
    """The one to compute with: what the record says of this encoder on this machine, else the fastest.

    A record is kept by `memory.machine`: `{encoder: {...}}`, the last is the one in use.
    Raises NoWeights where none of them gives the vectors that the processor gives in fp32.
    """
    if list(wanted) == [PLAIN]:
        return PLAIN
    about = _about(wanted)
    with suppress(KeyError, TypeError):  # not there, or spoilt
        found = machine.read(record)[encoder] if record else {}
        if found["about"] == about:
            return Computing(found["device"], found["precision"], found["ms"], found["plain_ms"])
    best = fastest(wanted, trial)
    if record:
        machine.keep(record, encoder, asdict(best) | {"about": about})
    return best


def fastest(
    wanted: Sequence[Computing], trial: Trial, clock: Callable[[], float] = time.perf_counter
) -> Computing:
    """The quickest whose vectors agree; a lower precision must be worth it. Raises NoWeights."""
    plain, expected = _tried(PLAIN, trial, clock)
    agreeing = []
    for one in wanted:
        if one == PLAIN:
            agreeing.append(plain)
            continue
        try:
            tried, vectors = _tried(one, trial, clock)
        except RuntimeError:
            # This device does not know an operation in this precision, or has no memory for the model.
            continue
        if bool(((vectors * expected).sum(axis=1) >= ALIKE).all()):  # false with NaN
            agreeing.append(tried)
    if not agreeing:
        names = ", ".join(f"{one.device} in {one.precision}" for one in wanted)
        raise NoWeights(model="the picture encoder", reason=f"{names} gives other vectors than cpu in fp32")
    best = min(agreeing, key=lambda one: one.ms * (1 if one.precision == "fp32" else WORTH))
    return replace(best, plain_ms=plain.ms)


def patterns() -> tuple[Pixels, ...]:
    """What is encoded to measure, as many as are encoded together later, the same everywhere: waves, tiles,
    and what looks like lines of text, dark on light and light on dark; 480 x 640.
    """
    down, right = np.mgrid[:480, :640]
    waves = np.stack([down * right // 97, right * 3 + down, down * 5 - right], axis=2)
    tiles = np.stack([right // 80 * 31, down // 60 * 31, (right // 80 + down // 60) % 2 * 160], axis=2)
    written = (down % 20 < 11) & (right * (down // 20 + 3) % 89 < 60) & (right * right // 40 % 7 < 4)
    page = np.where(written[..., None], (20, 30, 60), (250, 250, 245))
    return tuple(picture.astype(np.uint8) for picture in (waves, tiles, page, 255 - page))


@contextmanager
def computing(how: Computing) -> Iterator[None]:
    """No gradients, and of a network with weights in fp32 the matrix work in the precision that was chosen.

    For convolutions. Attention is better `lowered`: with two pictures or more torch 2.13 copies its weights
    for each of them, and bf16 takes ten times as long as fp32 (measured).
    """
    import torch

    low = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(how.precision)
    with (
        torch.inference_mode(),
        torch.autocast(how.device, dtype=low or torch.bfloat16, enabled=low is not None),
    ):
        yield


def lowered(part: Any, how: Computing) -> Any:
    """A network (the same one) or a tensor on the device and cast to the precision."""
    import torch

    dtypes = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
    return part.to(how.device, dtypes[how.precision])


def _tried(one: Computing, trial: Trial, clock: Callable[[], float]) -> tuple[Computing, NDArray[np.float32]]:
    """With its milliseconds a picture: the best of two, after one that loads and compiles."""
    encode, times = trial(one), []
    for _ in range(3):
        began = clock()
        vectors = encode()
        times.append(clock() - began)
        if times[-1] > SLOW_S:
            break
    return replace(one, ms=min(times) * 1000 / len(vectors)), vectors


def _about(wanted: Sequence[Computing]) -> str:
    """What the measurement holds for: these candidates, on this machine."""
    import torch

    card = torch.cuda.get_device_name() if torch.cuda.is_available() else "no card"
    named = ", ".join(f"{one.device} {one.precision}" for one in wanted)
    return f"{named}; torch {torch.__version__}, {torch.get_num_threads()} threads, {card}"
