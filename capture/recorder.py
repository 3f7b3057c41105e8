"""The live look: due? allowed? windows, exclusions, pixels, windows and exclusions again, new? handed over.

Nothing is kept here but the last pictures that were handed over, to compare with; what is excluded is dropped
at once. Every stretch without a look is told to the sink with its reason.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import numpy as np

from capture import picture
from capture.change import Detector, bars_of
from capture.exclusions import Allow, Black, Exclusions, Refuse
from capture.gaps import Gaps, Reason
from capture.pace import Pace
from capture.ports import Desk, Eyes, Monitor, OpenEyes, Pixels, Sink
from memory.errors import Locked, NoScreen, OnceseenError, StoreTrouble
from memory.records import Box, Frame, Orders

log = logging.getLogger(__name__)

SUSPENDED = timedelta(seconds=120)
"""A step that comes so long after the last was not late: the machine slept."""

BEAT_S = 30.0
"""The longest wait between steps, however seldom looks are due: the sink hears from us."""


Outcome = Reason | Literal["looked", "early", "no consent"]


@dataclass(frozen=True, slots=True)
class Clock:
    """Now as an aware local time, and seconds that only go forward."""

    now: Callable[[], datetime]
    steady: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Options:
    """How often to look, and at which monitors (by index)."""

    pace: Pace = field(default_factory=Pace)
    looks_at: Callable[[int], bool] = lambda index: True


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of one monitor, without what may not be seen."""

    monitor: Monitor
    at: datetime
    pixels: Pixels
    desk: Desk


class Recorder:
    """Takes one step after the other; whoever drives it waits `wait()` seconds in between."""

    def __init__(self, open_eyes: OpenEyes, sink: Sink, clock: Clock, options: Options) -> None:
        self._open_eyes = open_eyes
        self._sink = sink
        self._clock = clock
        self._options = options
        self._eyes: Eyes | None = None
        self._exclusions = Exclusions(())
        self._detectors: dict[int, Detector] = {}
        self._gaps = Gaps(sink.gap)
        self._due = clock.steady()
        self._stepped: datetime | None = None
        self._outcome: Outcome = "early"

    def use(self, options: Options) -> None:
        """Other options from the next step on."""
        self._options = options
        self._due = self._clock.steady()

    def wait(self) -> float:
        """Seconds until the next step."""
        return min(BEAT_S, max(0.0, self._due - self._clock.steady()))

    def step(self) -> Outcome:
        """Looks if it is time and may be, and tells a gap otherwise.

        Raises what the sink raises, but for a sink that is locked or has no room: those are gaps.
        """
        now, began = self._clock.now(), self._clock.steady()
        if self._stepped is not None and now - self._stepped > SUSPENDED:
            self._gaps.between(self._stepped, now, "not running")
        self._stepped = now
        self._tell_idle()
        if began < self._due:
            with suppress(Locked, StoreTrouble):
                self._sink.orders()
            return "early"
        outcome = self._outcome = self._attempt(now)
        self._due = self._options.pace.next_look(began, self._clock.steady())
        if outcome != "no consent":
            self._gaps.note(None if outcome == "looked" else outcome, now)
        return outcome

    def close(self) -> None:
        """Lets go of the screen and of what was seen."""
        self._detectors.clear()
        eyes, self._eyes = self._eyes, None
        if eyes is not None:
            eyes.close()

    def _tell_idle(self) -> None:
        """Also between two looks and in a pause; a screen that is gone is told by the next look."""
        if self._eyes is not None:
            with suppress(NoScreen):
                self._sink.idle(self._eyes.presence.idle_seconds())

    def _attempt(self, now: datetime) -> Reason | Literal["looked", "no consent"]:
        try:
            orders = self._sink.orders()
            if not orders.allowed:
                return "no consent"
            if orders.paused_until is not None and orders.paused_until > now:
                return "paused"
            return self._look(orders)
        except Locked:
            self._detectors.clear()
            return "locked"
        except StoreTrouble:
            return "trouble"
        except NoScreen as error:
            if self._outcome != "trouble":
                log.info("the screen cannot be looked at, %s", error.code)
            self.close()
            return "trouble"

    def _look(self, orders: Orders) -> Reason | Literal["looked"]:
        if self._eyes is None:
            self._eyes = self._open_eyes()
        eyes, pace = self._eyes, self._options.pace
        if eyes.presence.locked():
            return "locked"
        idle_s = eyes.presence.idle_seconds()
        if pace.nobody_is_there(idle_s):
            return "idle"
        if self._exclusions.rules != orders.rules:
            self._exclusions = Exclusions(orders.rules)
        monitors = tuple(m for m in eyes.screen.monitors() if self._options.looks_at(m.index))
        if not monitors:
            raise NoScreen(reason="none of the chosen monitors is connected")
        looks, known = self._see(eyes, monitors)
        for look in looks:
            self._hand_over(look, pace.driven(idle_s))
        there = {monitor.index for monitor in monitors}
        self._detectors = {index: d for index, d in self._detectors.items() if index in there}
        if looks:
            return "looked"
        return "excluded" if known else "trouble"

    def _see(self, eyes: Eyes, monitors: tuple[Monitor, ...]) -> tuple[list[_Look], bool]:
        """What may be seen of each monitor, and whether it was known what can be seen.

        A window that appeared while the pixels were taken spoils them; one to black out that moved is
        blacked out at both places.
        """
        grabbed = []
        known = True
        for monitor, desk in zip(monitors, eyes.windows.look(monitors), strict=True):
            decision = self._exclusions.decide(desk.windows, desk.active)
            if isinstance(decision, Refuse):
                known = known and decision.kind != "unsure"
            else:
                grabbed.append((monitor, desk, decision, self._clock.now(), eyes.screen.grab(monitor)))
        looks: list[_Look] = []
        afterwards = dict(zip(monitors, eyes.windows.look(monitors), strict=True)) if grabbed else {}
        for monitor, desk, decision, at, pixels in grabbed:
            later = self._exclusions.decide(afterwards[monitor].windows, afterwards[monitor].active)
            if isinstance(later, Refuse):
                known = known and later.kind != "unsure"
                continue
            boxes = [box for each in (decision, later) for box in _boxes(each)]
            windows = decision.windows if isinstance(decision, Black) else desk.windows
            shown = picture.black_out(pixels, boxes) if boxes else pixels
            looks.append(_Look(monitor, at, shown, Desk(windows, desk.active)))
        return looks, known

    def _hand_over(self, look: _Look, driven: bool) -> None:
        index, active = look.monitor.index, look.desk.active
        height, width = look.pixels.shape[:2]
        detector = self._detectors.setdefault(index, Detector())
        bars = bars_of(look.desk.windows, active, width, height)
        verdict = detector.look(look.pixels, look.at, active, bars, driven)
        frame = Frame(
            at=look.at,
            digest=_digest(look),
            monitor=index,
            width=width,
            height=height,
            active=active,
            windows=look.desk.windows,
            change=verdict.share,
            new=verdict.new,
        )
        try:
            self._sink.offer(frame, picture.encode(look.pixels) if verdict.new else b"")
        except OnceseenError:
            # It was not taken: what is seen next must not be compared with it.
            self._detectors.pop(index, None)
            raise


def _boxes(decision: Allow | Black) -> tuple[Box, ...]:
    return decision.boxes if isinstance(decision, Black) else ()


def _digest(look: _Look) -> bytes:
    """Of pixels, time in milliseconds and monitor: 16 bytes."""
    digest = hashlib.blake2b(np.ascontiguousarray(look.pixels).data, digest_size=16)
    digest.update(f"|{round(look.at.timestamp() * 1000)}|{look.monitor.index}".encode())
    return digest.digest()
