"""When settling happens: soon after the screen has become quiet, and once a night, caught up when missed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from desktop import times
from memory.errors import Known

log = logging.getLogger(__name__)

LOOK_S = 15.0
"""How often it is looked whether it has become quiet."""


class Schedule:
    """APScheduler around two verbs: `due()` tells whether settling is, `settle()` does it.

    `look_s` is how often `due` is asked; `nightly` settles at half past three whatever it says.
    """

    def __init__(
        self, due: Callable[[], bool], settle: Callable[[], object], nightly: bool, look_s: float = LOOK_S
    ) -> None:
        self._due, self._settle = due, settle
        # The offset of today: APScheduler's own guess fails where TZ is a rule and no zone's name.
        self._scheduler = BackgroundScheduler(
            timezone=times.now().tzinfo,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._when_due, "interval", seconds=look_s, id="due")
        if nightly:
            self._scheduler.add_job(self._run, "cron", hour=3, minute=30, id="nightly")
        self._scheduler.start()

    def stop(self) -> None:
        """Returns when a run in hand is done."""
        self._scheduler.shutdown(wait=True)

    def _when_due(self) -> None:
        if self._asked():
            self._run()

    def _asked(self) -> bool:
        try:
            return self._due()
        except Known:
            # Locked, or just closing: it is asked again.
            return False

    def _run(self) -> None:
        try:
            self._settle()
        except Known as error:
            log.info("settling waits: %s", error.code)
