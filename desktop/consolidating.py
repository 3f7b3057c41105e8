"""The command consolidate: settles what is pending, told as it goes; Ctrl+C ends it between two days."""

from __future__ import annotations

import threading
from argparse import Namespace
from dataclasses import replace

import msgspec

from desktop import opening, render, waiting
from desktop.interrupts import interruptible
from desktop.progress import Progress
from memory.api import Door
from memory.records import Settled

SLICE_S = 1.0
"""How long it is settled before it is told how far it is."""


def consolidate(options: Namespace) -> int:
    """`onceseen consolidate`: settles what is pending; what was done before Ctrl+C stays."""
    progress = Progress(options.progress)
    with interruptible() as interrupted, opening.door(options, work=True) as door:
        if options.dry_run:
            value = door.consolidate(dry_run=True)
        else:
            waiting.searchable(door, lambda done, of: _show(progress, "read", done, of, interrupted))
            value = settled(door, progress, interrupted)
        progress.end()
    return render.say(
        options,
        msgspec.to_builtins(value),
        f"{value.moments_before} moments became {value.moments_after}; "
        f"{value.episodes} episodes, {value.facts} facts{' (nothing was changed)' if value.dry_run else ''}.",
    )


def settled(door: Door, progress: Progress, interrupted: threading.Event) -> Settled:
    """All that waits, a slice after the other, as one."""
    first = last = door.settle(SLICE_S)
    days, refused = last.days, last.refused
    unpolished = last.unpolished
    _show(progress, "settled", days, last.of, interrupted)
    while last.days < last.of or last.unpolished:
        last = door.settle(SLICE_S)
        unpolished = max(unpolished, last.unpolished)
        if last.of:
            _show(progress, "settled", days + last.days, days + last.of, interrupted)
        else:
            _show(progress, "polished", unpolished - last.unpolished, unpolished, interrupted)
        days, refused = days + last.days, refused + last.refused
    return replace(last, moments_before=first.moments_before, days=days, of=days, refused=refused)


def _show(progress: Progress, step: str, done: int, of: int, interrupted: threading.Event) -> None:
    progress.show(step, done, of)
    if interrupted.is_set():
        progress.end()
        raise KeyboardInterrupt
