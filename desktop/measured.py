"""What is known of the machine, without content: on what pictures are seen and how fast, or why not."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.settings import PerceiveOptions
from memory.errors import StoreTrouble
from memory.keys import durable

TROUBLE = "trouble"
"""Its place beside the encoders' figures, which `memory.adapters.devices` writes: {encoder: {...}}."""


def figures(record: Path, name: str, options: PerceiveOptions) -> str:
    """What was measured last of the encoders whose names begin so, in words; empty where nothing fits."""
    known = _read(record)
    try:
        found = [about for encoder, about in known.items() if encoder.startswith(f"{name} ")][-1]
        device, precision, ms, plain = (found[key] for key in ("device", "precision", "ms", "plain_ms"))
        if options.device not in ("auto", device) or options.precision not in ("auto", precision):
            return ""
        return f"on {device} {precision}, {ms:.0f} ms a picture (fp32 on cpu {plain:.0f})"
    except (LookupError, TypeError, ValueError):
        return ""


def trouble(record: Path, options: PerceiveOptions) -> str:
    """Why pictures were not seen when it was last tried with these settings; empty where they were."""
    found = _read(record).get(TROUBLE)
    return str(found[1]) if isinstance(found, list) and found[:1] == [_wanted(options)] else ""


def note(record: Path, options: PerceiveOptions, words: str) -> None:
    """Keeps why pictures are not seen, "" where they are; without room for it, it is not kept."""
    known = _read(record)
    before = known.pop(TROUBLE, None)
    after = [_wanted(options), words] if words else None
    if before == after:
        return
    if after:
        known = {TROUBLE: after} | known  # the last is the encoder in use
    with suppress(StoreTrouble):
        durable.write(record, json.dumps(known, indent=1).encode())


def _wanted(options: PerceiveOptions) -> str:
    chosen = (options.picture_model, options.clip_model, options.clip_weights)
    return " ".join((*chosen, options.device, options.precision))


def _read(record: Path) -> dict[str, Any]:
    try:
        known = json.loads(record.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
