"""`onceseen doctor`: looks for trouble, one line a check, and says what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from desktop import measured, opening, paths, render
from desktop.settings import PerceiveOptions, Settings
from memory.errors import OnceseenError
from memory.records import Status

WITHOUT = "pictures have no vectors: words find them by their cues alone"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `note` says what was found, and where it is not well, what to do."""

    name: str
    ok: bool
    note: str


def doctor(options: Namespace) -> int:
    """All checks; exit status 1 when one of them is not well."""
    checks = [*_surroundings(options.profile), *_memory(options)]
    ok = all(check.ok for check in checks)
    document = {"ok": ok, "checks": [{"name": c.name, "ok": c.ok, "note": c.note} for c in checks]}
    text = "\n".join(f"{'ok  ' if c.ok else 'look'}  {c.name}: {c.note}" for c in checks)
    print(render.document(document) if options.json else text)
    return 0 if ok else 1


def _surroundings(profile: Path) -> Iterator[Check]:
    yield _languages()
    yield _text_encoder()
    yield pictures(Settings(paths.settings(profile)).perceive(), paths.measured(profile))
    yield _display()
    yield _rights(profile)


def _languages() -> Check:
    if not shutil.which("tesseract"):
        if find_spec("rapidocr"):
            return Check("text recognition", True, "rapidocr: Chinese and Latin letters, on this machine")
        return Check("text recognition", False, "tesseract is not installed (apt install tesseract-ocr)")
    # --list-langs touches no picture; its first line is a heading.
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    languages = [line for line in told.stdout.splitlines()[1:] if line and line != "osd"]
    return Check(
        "text recognition", bool(languages), f"tesseract with {', '.join(languages) or 'no language'}"
    )


def _text_encoder() -> Check:
    about = paths.models() / "text" / "encoder.json"
    try:
        name = json.loads(about.read_text())["name"]
    except (OSError, ValueError, KeyError):
        return Check("meaning of text", False, "the text encoder is not there; run `make venv`")
    return Check("meaning of text", True, f"{name}, on this machine")


def pictures(options: PerceiveOptions, record: Path) -> Check:
    """What makes vectors of pictures, and on what, as the reader measured and wrote it into the record."""
    match options.picture_model:
        case "off":
            return Check("pictures", True, "found by their text alone, as perceive.picture_model says")
        case "packaged":
            name = "efficientnet-lite0"
        case _:
            name = f"open_clip {options.clip_model}"
            if not options.clip_weights or not Path(options.clip_weights).expanduser().is_file():
                missing = options.clip_weights or "perceive.clip_weights names no file"
                note = f"{name} has no weights ({missing}), so {WITHOUT}; see `onceseen models`"
                return Check("pictures", False, note)
    if trouble := measured.trouble(record, options):
        return Check("pictures", False, f"{trouble} ({options.clip_weights}) So {WITHOUT}.")
    if (options.device, options.precision) == ("cpu", "fp32"):
        return Check("pictures", True, f"{name} on cpu fp32, as set")
    later = "device and precision are measured at the first picture"
    return Check("pictures", True, f"{name} {measured.figures(record, name, options) or f'({later})'}")


def _display() -> Check:
    if os.environ.get("WAYLAND_DISPLAY") and not os.environ.get("DISPLAY"):
        return Check("screen", False, "a Wayland session without X; recording needs an X11 session for now")
    there = bool(os.environ.get("DISPLAY"))
    return Check("screen", True, "X11" if there else "no display here; import and search work without one")


def _rights(profile: Path) -> Check:
    """Everything below the profile is for its owner alone."""
    open_to_others = [
        path
        for path in [profile, *profile.rglob("*")]
        if path.exists() and stat.S_IMODE(path.stat(follow_symlinks=False).st_mode) & 0o077
    ]
    if open_to_others:
        return Check(
            "rights", False, f"{len(open_to_others)} files are open to others; run chmod -R go= {profile}"
        )
    return Check("rights", True, "only you can read the files")


def _memory(options: Namespace) -> Iterator[Check]:
    try:
        with opening.door(options) as door:
            findings = door.check()
            state = door.status()
    except OnceseenError as error:
        yield Check("memory", False, str(error))
        return
    yield Check("ledger", not findings, "; ".join(findings) or "whole")
    yield Check("search", True, f"by {state.search}; {_waiting(state)}")
    yield given_up(state.failed)
    for name, encoder in state.encoders.items():
        yield Check(f"{name} encoder", True, encoder)


def _waiting(state: Status) -> str:
    return f"{state.pending} frames wait to be read, {state.unseen} to be looked at"


def given_up(jobs: int) -> Check:
    """Jobs that went wrong as often as they are tried."""
    if not jobs:
        return Check("failed", True, "none")
    return Check("failed", False, f"{jobs} jobs were given up; they are tried again at the next start")
