"""The commands that take something in: `import` and `record`."""

from __future__ import annotations

import sys
import threading
from argparse import Namespace
from contextlib import suppress
from functools import partial

from capture import importing
from desktop import opening, paths, render, sparing, times, waiting
from desktop.interrupts import interruptible
from desktop.progress import Progress
from desktop.settings import Settings
from memory.api import Door
from memory.errors import BadRequest, NoEngine, Waiting


def import_(options: Namespace) -> int:
    """`onceseen import`: a recording, a folder of pictures, or a picture; 1 when nothing was taken."""
    done = _taken(options, Progress(options.progress))
    document = {
        "imported": done.imported,
        "already": done.already,
        "excluded": done.excluded,
        "refused": [{"file": file, "reason": reason} for file, reason in done.refused],
    }
    for file, reason in done.refused if not options.json else ():
        print(f"{file}: {reason}", file=sys.stderr)
    would = "would be " if options.dry_run else ""
    text = (
        f"{done.imported} {would}imported, {done.already} there already, "
        f"{done.excluded} excluded, {len(done.refused)} refused."
    )
    render.say(options, document, text)
    return 0 if done.imported or done.already else 1


JOINED = 10
"""How many engines of other programs may end under an import before it gives up."""


def _taken(options: Namespace, progress: Progress) -> importing.Imported:
    """Imports and waits. Where the engine that was joined ends meanwhile, it goes on with another.

    One that was joined goes on looking at pictures by itself. Where some waited before, that may be a whole
    upgrade, which nobody asked for here: it goes on whenever there is an engine.
    """
    for _ in range(JOINED):
        with suppress(NoEngine), opening.door(options, work=True) as door:
            sees = opening.is_own(door) and not door.wait_seen(0.0)
            done = importing.import_into(door, options.path, partial(progress.show, "taken"), options.dry_run)
            if not options.dry_run and not options.no_wait:
                waiting.searchable(door, partial(progress.show, "read"))
                if sees:
                    waiting.seen(door, partial(progress.show, "seen"))
            progress.end()
            return done
    raise NoEngine(path=options.profile)


def record(options: Namespace) -> int:
    """`onceseen record`: records until the time is over or it is interrupted; this is the consent."""
    length = times.seconds(options.length) if options.length else None
    with interruptible() as interrupted, opening.door(options, record=True) as door:
        before = door.status()
        sees = opening.is_own(door) and not before.unseen
        if "recorder" not in before.processes:
            raise BadRequest(reason="another command is using the memory; try again when it is done")
        door.consent()
        door.resume()
        print("Recording; Ctrl+C ends it.", file=sys.stderr)
        interrupted.wait(length)
        # As it was before: a pause goes on, and what was seen is read before we leave.
        door.pause(before.paused_until)
        interrupted.clear()
        work, _ = sparing.work_for_now(Settings(paths.settings(options.profile)).perceive())
        pending = _drained(door, interrupted, sees and work == "all")
        if before.paused_until is None:
            door.resume()
        frames = door.status().frames - before.frames
    text = f"{frames} frames recorded; {pending} wait to be read (`onceseen status`)."
    return render.say(options, {"frames": frames, "pending": pending}, text)


def _drained(door: Door, interrupted: threading.Event, sees: bool) -> int:
    """Waits until all is searchable and seen, nothing gets on or Ctrl+C is pressed again; how many frames
    wait to be read.
    """

    def look(_done: int, _total: int) -> None:
        if interrupted.is_set():
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt, Waiting):
        waiting.searchable(door, look)
        if sees:
            waiting.seen(door, look)
    return door.wait_searchable(0.0)
