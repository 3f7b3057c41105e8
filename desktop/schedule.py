"""When settling happens: when nobody is there, on mains, and after half past three once for each night."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from desktop import times
from desktop.settings import ConsolidateOptions
from memory.errors import Known
from memory.records import Due

log = logging.getLogger(__name__)

LOOK_S = 15.0
"""How often it is looked whether something is due."""

NIGHT = timedelta(hours=3, minutes=30)
"""The local time of day from which the night's work is due, once."""

LATE = timedelta(days=1)
"""What has not been settled for so long waits neither for mains nor for what is still to be read."""

AGAIN = timedelta(minutes=10)
"""After a run that failed."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is asked of the machine: the time as an aware local one, and whether it runs on battery."""

    now: Callable[[], datetime]
    on_battery: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done now, and why nothing where something waits."""

    run: bool = False
    night: bool = False
    why: str = ""


def decide(due: Due, options: ConsolidateOptions, battery: bool, now: datetime) -> Decision:
    """A night's work is due from half past three on until it is done, however long the machine was away."""
    # One that lies ahead was written by a clock that has been set back since.
    done = due.nightly is not None and last_night(now) <= due.nightly <= now
    night = options.nightly and not done
    if not due.unsettled and not night:
        return Decision()
    why = hindrance(due, options, battery, now)
    if not why and due.unread and not is_late(due, now):
        why = f"{due.unread} frames are to be read first."
    return Decision(not why, night, why)


def hindrance(due: Due, options: ConsolidateOptions, battery: bool, now: datetime) -> str:
    """Why nothing may run now, a sentence; what was begun ends for the same reasons."""
    if due.quiet_s < options.idle_s:
        return f"Nobody has to be at the computer for {options.idle_s} seconds (setting consolidate.idle_s)."
    if battery and options.on_battery == "wait" and not is_late(due, now):
        return "The computer runs on battery (setting consolidate.on_battery)."
    return ""


def is_late(due: Due, now: datetime) -> bool:
    """Also before the first time: then there is nothing to look at yet."""
    return due.settled is None or now - due.settled > LATE


def last_night(now: datetime) -> datetime:
    """When a night's work was due the last time."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + NIGHT if now - midnight >= NIGHT else midnight + NIGHT - timedelta(days=1)


class Schedule:
    """APScheduler around two verbs: `ask()` tells what is due, `run(night, goes_on)` does it.

    `options` are read anew at each look. A look that was missed (the machine slept) is made up for at once,
    and two never run at a time.
    """

    def __init__(
        self,
        ask: Callable[[], Due],
        run: Callable[[bool, Callable[[], bool]], object],
        options: Callable[[], ConsolidateOptions],
        machine: Machine,
        look_s: float = LOOK_S,
    ) -> None:
        self._ask, self._run, self._options, self._machine = ask, run, options, machine
        self._stopping = threading.Event()
        self._busy = threading.Lock()
        self._why = ""
        self._not_before: datetime | None = None
        # The offset of today: APScheduler's own guess fails where TZ is a rule and no zone's name.
        self._scheduler = BackgroundScheduler(
            timezone=times.now().tzinfo,
            # Two: one that finds the other still running returns at once, and nothing is warned of.
            job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._look, "interval", seconds=look_s, id="look")
        self._scheduler.start()

    def stop(self) -> None:
        """Returns when a run in hand is through with the day that it is at."""
        self._stopping.set()
        self._scheduler.shutdown(wait=True)

    def why(self) -> str:
        """Why what waits is not settled now, a sentence."""
        return self._why

    def _look(self) -> None:
        if self._busy.acquire(blocking=False):
            try:
                self._look_alone()
            finally:
                self._busy.release()

    def _look_alone(self) -> None:
        try:
            decision = self._decided()
            self._why = decision.why
            if decision.run and not self._stopping.is_set():
                self._do(decision.night)
        except Known as error:
            # Locked, or just closing; or it failed, and is tried again.
            log.info("settling waits: %s", error.code)

    def _decided(self) -> Decision:
        now = self._machine.now()
        if self._not_before and now < self._not_before:
            return Decision(why="The last time failed; it is tried again within ten minutes.")
        return decide(self._ask(), self._options(), self._machine.on_battery(), now)

    def _do(self, night: bool) -> None:
        # Set before and cleared after, so that it holds whatever the failure.
        self._not_before = self._machine.now() + AGAIN
        self._run(night, self._goes_on)
        self._not_before = None

    def _goes_on(self) -> bool:
        if self._stopping.is_set():
            return False
        why = hindrance(self._ask(), self._options(), self._machine.on_battery(), self._machine.now())
        return not why
