"""The engine's verbs about what is kept: what was used is noted, what is pinned stays, the rest may fade."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from memory import fade as fading
from memory.course import GoesOn
from memory.errors import Known, NotFound, PictureFaded
from memory.knowing import Knowing
from memory.ledger import moments, uses
from memory.ledger.uses import How
from memory.opened import Opened
from memory.recalls import Recalls
from memory.records import Faded

LEFT = {
    "thumbnail": "its thumbnail and its text are kept",
    "text": "its text is kept",
    "gist": "its title and what its episode was about are kept",
}
"""What is left of a moment that has faded, by its form."""


class Keeping(Knowing):
    """Notes what is used, pins, and lets fade."""

    def __init__(
        self,
        master_key: Callable[[str, str], bytes],
        open_with: Callable[[bytes], Opened],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(master_key, open_with, clock)
        self._recalls = Recalls()

    def lock(self) -> None:
        opened = self._opened
        if opened:
            # What was used is worth a try, and no reason to stay open.
            with suppress(Known):
                self._recalls.write(opened.ledger)
        super().lock()

    def pin(self, ids: tuple[int, ...]) -> None:
        with self._now.ledger.writing() as db:
            uses.pin(db, ids, "user", self._clock())

    def unpin(self, ids: tuple[int, ...]) -> None:
        with self._now.ledger.writing() as db:
            uses.unpin(db, ids, "user")

    def fade(self, dry_run: bool) -> Faded:
        return self.fade_while(lambda: True, dry_run)

    def fade_while(self, goes_on: GoesOn, dry_run: bool = False) -> Faded:
        """Lets fade what there is no room for, batch by batch while it `goes_on`."""
        opened = self._now
        stores = fading.Stores(
            opened.ledger, opened.pictures, opened.index, opened.reader if opened.works else None
        )
        with self._course.alone() as unwanted:
            if not dry_run:
                self._recalls.write(opened.ledger)
            now, limits = self._clock(), opened.limits()
            return fading.fade(stores, limits, now, dry_run, lambda: unwanted() and goes_on())

    def _used(self, ids: Iterable[int], how: How) -> None:
        """Moments were opened, or cited. An engine that was opened to look alone writes nothing, ever."""
        if self._now.works:
            self._recalls.note(ids, self._clock(), how)

    def _no_picture(self, id: int) -> NotFound:
        with self._now.ledger.reading() as db:
            moment = moments.get(db, id)
        if moment.faded:
            return PictureFaded(id=id, left=LEFT[moment.faded])
        return NotFound(what="picture of moment", id=id)
