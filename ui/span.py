"""The arithmetic of the time strip: which stretch of time is shown, where a time stands, where ticks go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

MINUTE = 60.0
HOUR = 3600.0
DAY = 86400.0
NARROWEST = MINUTE
WIDEST = 400 * DAY

# Distances of ticks in seconds; days and more are stepped by the calendar.
STEPS = (60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600)


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of time on `width` pixels; times are seconds since the epoch."""

    start: float
    length: float
    width: float

    @property
    def end(self) -> float:
        return self.start + self.length

    @property
    def pixel(self) -> float:
        """Seconds that one pixel stands for."""
        return self.length / max(1.0, self.width)

    def x(self, at: float) -> float:
        """Where a time stands, in pixels from the left edge."""
        return (at - self.start) / self.pixel

    def at(self, x: float) -> float:
        """The time that stands at a pixel."""
        return self.start + x * self.pixel

    def zoomed(self, factor: float, about: float) -> View:
        """`factor` times the stretch; the time `about` stays where it is."""
        length = min(WIDEST, max(NARROWEST, self.length * factor))
        return replace(self, start=about - (about - self.start) * length / self.length, length=length)

    def panned(self, pixels: float) -> View:
        """Moved so that what stood at pixel 0 stands at `pixels`."""
        return replace(self, start=self.start - pixels * self.pixel)

    def showing(self, at: float, margin: float = 0.08) -> View:
        """The same view when a time is well inside, else one centred on it."""
        inside = self.start + self.length * margin <= at <= self.end - self.length * margin
        return self if inside else replace(self, start=at - self.length / 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the ruler: `kind` says how its time is written; major ones are labelled strongly."""

    at: float
    moment: datetime
    kind: str
    major: bool


def day_view(on: date, width: float) -> View:
    """A whole local day."""
    start = midnight(on)
    return View(start, midnight(on + timedelta(days=1)) - start, width)


def midnight(on: date) -> float:
    """When a local day begins, as seconds since the epoch."""
    return datetime(on.year, on.month, on.day).astimezone().timestamp()


def local(at: float) -> datetime:
    """A time in the zone of this machine."""
    return datetime.fromtimestamp(at).astimezone()


def ticks(view: View, apart: float = 84.0) -> tuple[Tick, ...]:
    """Ticks at least `apart` pixels from each other, at round local times; each midnight is major."""
    least = view.pixel * apart
    for step in STEPS:
        if step >= least:
            return _by_clock(view, step)
    for days in (1, 2, 7):
        if days * DAY >= least:
            return _by_day(view, days)
    return _by_month(view, next(n for n in (1, 3, 12, 60) if n * 28 * DAY >= least or n == 60))


def _by_clock(view: View, step: int) -> tuple[Tick, ...]:
    made: list[Tick] = []
    on = local(view.start).date()
    while midnight(on) <= view.end:
        for second in range(0, int(DAY), step):
            wall = datetime(on.year, on.month, on.day) + timedelta(seconds=second)
            moment = wall.astimezone()
            # A wall time that the clocks jump over is no time: it comes back as another one.
            if view.start <= moment.timestamp() <= view.end and moment.replace(tzinfo=None) == wall:
                made.append(Tick(moment.timestamp(), moment, "day" if second == 0 else "clock", second == 0))
        on += timedelta(days=1)
    return tuple(made)


def _by_day(view: View, days: int) -> tuple[Tick, ...]:
    on = local(view.start).date()
    # Counted from a Monday, so that the same days carry ticks wherever the view begins.
    on -= timedelta(days=(on.toordinal() - 1) % days)
    made: list[Tick] = []
    while (at := midnight(on)) <= view.end:
        if at >= view.start:
            made.append(Tick(at, local(at), "day", on.weekday() == 0))
        on += timedelta(days=days)
    return tuple(made)


def _by_month(view: View, months: int) -> tuple[Tick, ...]:
    first = local(view.start).date()
    count = first.year * 12 + first.month - 1
    count -= count % months
    made: list[Tick] = []
    while (at := midnight(date(count // 12, count % 12 + 1, 1))) <= view.end:
        if at >= view.start:
            made.append(Tick(at, local(at), "year" if months >= 12 else "month", count % 12 == 0))
        count += months
    return tuple(made)
