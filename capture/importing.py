"""Sends a recording through the live screen's exclusions and change detection into memory, with its times."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from capture import picture, recording
from capture.change import Detector, bars_of
from capture.exclusions import Allow, Black, Exclusions, Refuse
from capture.items import Item, Refused
from capture.ports import Pixels, Sink
from memory.errors import BadPicture
from memory.records import Frame

BATCH = 64
"""Frames about which memory is asked at once whether it knows them."""

Progress = Callable[[int, int], None]
"""Told entries done and entries in all."""


@dataclass(frozen=True, slots=True)
class Imported:
    """Frames taken (kept or counted), those that were there already, those excluded, and (file, reason)."""

    imported: int
    already: int
    excluded: int
    refused: tuple[tuple[str, str], ...]


def import_into(sink: Sink, path: Path, progress: Progress, dry_run: bool) -> Imported:
    """Takes what is at `path`; goes on where an earlier run was interrupted; a dry run only looks.

    Raises BadRecording where there is nothing, and whatever the sink raises; what it took until then stays.
    """
    entries = recording.read(path)
    run = _Run(sink, dry_run)
    if not entries:
        run.refused.append((path.name, "it holds no pictures"))
    for done, _ in enumerate(run.take(entries), 1):
        progress(done, len(entries))
    return Imported(run.imported, run.already, run.excluded, tuple(run.refused))


@dataclass(frozen=True, slots=True)
class _Allowed:
    """An item that may be taken, with what of it must be blacked out."""

    item: Item
    frame: Frame
    decision: Allow | Black

    def pixels(self) -> tuple[Pixels, bytes]:
        """What may be seen of it, and the file's bytes; raises BadPicture."""
        data = self.item.data()
        pixels = picture.decode(data, self.frame.origin or "")
        if isinstance(self.decision, Black):
            pixels = picture.black_out(pixels, self.decision.boxes)
        return pixels, data


class _Monitor:
    """Change detection on one monitor that goes on after frames which memory knows from an earlier run.

    Of those only the last one kept is decoded, and only if a frame follows that is not known.
    """

    def __init__(self) -> None:
        self._detector = Detector()
        self._known: _Allowed | None = None

    def know(self, allowed: _Allowed, kept: bool) -> None:
        if kept:
            self._known = allowed

    def look(self, frame: Frame, pixels: Pixels) -> Frame:
        self._resume()
        bars = bars_of(frame.windows, frame.active, frame.width, frame.height)
        verdict = self._detector.look(pixels, frame.at, frame.active, bars)
        return replace(frame, change=verdict.share, new=verdict.new)

    def _resume(self) -> None:
        known, self._known = self._known, None
        if known is not None:
            # Where the file went away since, the next frame is compared with an older one, or is new.
            with contextlib.suppress(BadPicture):
                self._detector.resume(known.pixels()[0], known.frame.at, known.frame.active)


class _Run:
    """One import under way, and what came of its entries so far."""

    def __init__(self, sink: Sink, dry_run: bool) -> None:
        self._sink = sink
        self._dry_run = dry_run
        self._exclusions = Exclusions(sink.orders().rules)
        self._monitors: dict[int, _Monitor] = {}
        self._seen: set[bytes] = set()
        self.imported = self.already = self.excluded = 0
        self.refused: list[tuple[str, str]] = []

    def take(self, entries: Sequence[Item | Refused]) -> Iterator[None]:
        """Yields after each entry that is done."""
        for start in range(0, len(entries), BATCH):
            allowed = []
            for entry in entries[start : start + BATCH]:
                if may := self._allowed(entry):
                    allowed.append(may)
                else:
                    yield
            known = self._sink.known(tuple(one.frame.digest for one in allowed))
            for one in allowed:
                self._take(one, known.get(one.frame.digest))
                yield

    def _allowed(self, entry: Item | Refused) -> _Allowed | None:
        if isinstance(entry, Refused):
            self.refused.append((entry.file, entry.reason))
            return None
        frame = entry.frame
        # A frame that names no windows is taken: the user chose it.
        decision = self._exclusions.decide(frame.windows or (), frame.active)
        if isinstance(decision, Refuse):
            self.excluded += 1
            return None
        if isinstance(decision, Black):
            frame = replace(frame, windows=decision.windows)
        try:
            digest = entry.digest(entry.data())
        except BadPicture as error:
            self._refuse(error)
            return None
        return _Allowed(entry, replace(frame, digest=digest), decision)

    def _take(self, allowed: _Allowed, kept: bool | None) -> None:
        frame = allowed.frame
        monitor = self._monitors.setdefault(frame.monitor, _Monitor())
        if kept is not None or frame.digest in self._seen:
            self.already += 1
            if kept is not None and not frame.single:
                monitor.know(allowed, kept)
            return
        packed = b""
        if frame.text is None:
            try:
                pixels, data = allowed.pixels()
                frame = replace(frame, height=pixels.shape[0], width=pixels.shape[1])
                if not frame.single:
                    frame = monitor.look(frame, pixels)
                if frame.new:
                    packed = self._packed(allowed, pixels, data)
            except BadPicture as error:
                self._refuse(error)
                return
        self._offer(frame, packed)

    def _packed(self, allowed: _Allowed, pixels: Pixels, data: bytes) -> bytes:
        if self._dry_run:
            return b""
        if isinstance(allowed.decision, Black):
            return picture.encode(pixels)
        return picture.as_webp(data, pixels, allowed.frame.origin or "")

    def _offer(self, frame: Frame, packed: bytes) -> None:
        self._seen.add(frame.digest)
        if not self._dry_run and self._sink.offer(frame, packed).outcome == "already":
            self.already += 1
        else:
            self.imported += 1

    def _refuse(self, error: BadPicture) -> None:
        self.refused.append((error.details["file"], error.details["reason"]))
