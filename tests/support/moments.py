"""Small builders of moments as consolidation gets them: lines stand below one another, ids count up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from memory.records import Line, LineRow, Moment, MomentText

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
LINE_HEIGHT = 20


def at(minutes: float, day: int = 0) -> datetime:
    """Minutes after nine o'clock of a Monday, or of a day after it."""
    return NINE + timedelta(days=day, minutes=minutes)


class Screen:
    """Makes the moments of one memory in the order in which they are asked for."""

    def __init__(self) -> None:
        self._lines = 0
        self._moments = 0

    def shows(
        self,
        title: str,
        lines: Sequence[str] = (),
        *,
        start: datetime,
        seconds: float = 10,
        app: str = "Editor",
        **more: object,
    ) -> MomentText:
        """A moment of one frame; `more`: url, monitor, change, single, top (of the first line), behind."""
        self._moments += 1
        frame = self._moments
        top = int(str(more.get("top", 100)))
        rows = [self._row(frame, n, text, top, front=True) for n, text in enumerate(lines)]
        behind = more.get("behind", ())
        assert isinstance(behind, tuple)
        rows += [self._row(frame, len(rows) + n, text, 400, front=False) for n, text in enumerate(behind)]
        moment = Moment(
            id=self._moments,
            start=start,
            end=start + timedelta(seconds=seconds),
            monitor=int(str(more.get("monitor", 0))),
            app=app,
            title=title,
            url=None if more.get("url") is None else str(more["url"]),
            frames=1,
            picture=True,
            origins=(f"frames/{self._moments:05}.webp",),
        )
        return MomentText(moment, tuple(rows), float(str(more.get("change", 0.02))), bool(more.get("single")))

    def _row(self, frame: int, n: int, text: str, top: int, front: bool) -> LineRow:
        self._lines += 1
        box = (60, top + LINE_HEIGHT * n, 8 * len(text), 16)
        return LineRow(self._lines, frame, n, Line(text, box, 0.9, None), front)


def prose(subject: str, lines: int = 20) -> list[str]:
    """Different lines that all speak of one thing, as a page about it does."""
    return [f"{subject} {word} in the {place}" for word, place in list(_PAIRS)[:lines]]


_PAIRS = tuple(
    (f"{verb}{ending}", place)
    for place in ("garden", "harbour", "attic", "valley", "kitchen", "tower", "market", "stable")
    for verb, ending in (("sleep", "s"), ("wander", "s"), ("sing", "s"), ("wait", "s"), ("grow", "s"))
)
