"""What the readers found out about the machine: on what pictures are encoded and how fast, or why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.settings import PerceiveOptions
from memory import machine

TROUBLE = "trouble"
"""Its place beside the encoders' figures, which `memory.adapters.devices` keeps: {encoder: {...}}."""


def figures(record: Path, name: str, options: PerceiveOptions) -> str:
    """What was measured last of the encoders whose names begin so, in words; empty where nothing fits."""
    known = machine.read(record)
    try:
        found = [about for encoder, about in known.items() if encoder.startswith(f"{name} ")][-1]
        device, precision, ms, plain = (found[key] for key in ("device", "precision", "ms", "plain_ms"))
        if options.device not in ("auto", device) or options.precision not in ("auto", precision):
            return ""
        return f"on {device} {precision}, {ms:.0f} ms a picture (fp32 on cpu {plain:.0f})"
    except (LookupError, TypeError, ValueError):
        return ""


def trouble(record: Path, options: PerceiveOptions) -> str:
    """Why there were no vectors when it was last tried with these settings; empty where there were."""
    found = machine.read(record).get(TROUBLE)
    return str(found[1]) if isinstance(found, list) and found[:1] == [_digest(options)] else ""


def note(record: Path, options: PerceiveOptions, words: str) -> None:
    """Keeps why pictures get no vectors, "" where they do; without room for it, it is not kept."""
    if trouble(record, options) != words or not words:
        machine.keep(record, TROUBLE, [_digest(options), words] if words else None)


def _digest(options: PerceiveOptions) -> str:
    """Of the settings that it holds for: they name a file of the user's."""
    chosen = (options.picture_model, options.clip_model, options.clip_weights)
    wanted = " ".join((*chosen, options.device, options.precision))
    return hashlib.sha256(wanted.encode()).hexdigest()[:16]
