"""The door: what a client may ask of memory and say to it, and what the recorder may.

Nothing here does anything. The engine implements both protocols; `memory.wire` carries them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from memory.records import (
    Answer,
    Changes,
    Episode,
    Fact,
    Faded,
    Forgotten,
    Found,
    Frame,
    Gap,
    Journal,
    MomentWhole,
    Orders,
    Query,
    Question,
    Routine,
    Rule,
    Settled,
    Status,
    Taken,
    Thread,
    Timeline,
    Turn,
    What,
)


class Memory(Protocol):
    """What clients (window, command line) can ask and say. Any call may raise an OnceseenError."""

    def status(self) -> Status: ...

    def search(self, query: Query) -> Found: ...

    def ask(self, question: Question) -> Answer:
        """With a thread the question may lean on the turns before it, and is kept with its answer.

        Raises BadRequest for a thread of more than 64 characters or with such as cannot be printed, and for a
        question of one of more than 2,000.
        """

    def threads(self) -> tuple[Thread, ...]:
        """The chats that are kept, the one that was asked last first."""

    def turns(self, thread: str) -> tuple[Turn, ...]:
        """What was asked and answered in a chat, in order; nothing where there is none of that name."""

    def forget_thread(self, thread: str) -> None:
        """Removes a chat for good; raises NotFound."""

    def timeline(self, since: datetime | None, until: datetime | None) -> Timeline:
        """Moments and gaps that touch the span, in order of time; None is open."""

    def days(self) -> dict[str, int]:
        """Moments a day, by local date ("2026-03-02")."""

    def moment(self, id: int) -> MomentWhole:
        """A moment whole; an id that was folded into another leads to that one."""

    def picture(self, id: int) -> bytes:
        """The best picture of a moment as WebP; raises NotFound for a moment without one, PictureFaded
        where it has faded.
        """

    def thumbnail(self, id: int) -> bytes:
        """A small picture of a moment as WebP, empty when there is none yet."""

    def episodes(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]: ...

    def levels(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
        """Weeks, days and hours that hold episodes: those that touch the span, each told whole."""

    def journal(self, midnights: tuple[datetime, ...]) -> Journal:
        """A page of the days between these local midnights: two for a day, eight for a week.

        What of it is still to come is not told. Raises BadRequest for midnights out of order.
        """

    def routines(self) -> tuple[Routine, ...]:
        """What recurred in the ninety days before the last moment, the one that tells most first."""

    def facts(self) -> tuple[Fact, ...]: ...

    def facts_about(self, words: str) -> tuple[Fact, ...]:
        """Facts whose subject, relation or value hold all these words, and what each is linked to."""

    def confirm_fact(self, id: int) -> None:
        """The user says that it is so: nothing inferred changes it. Raises NotFound.

        This and the two below stand as long as one of the moments that showed it.
        """

    def correct_fact(self, id: int, value: str) -> None:
        """The user says what it is instead; raises NotFound, BadRequest for an empty value."""

    def delete_fact(self, id: int) -> None:
        """The user says that it is none: it is not inferred again; raises NotFound."""

    def forget(self, what: What, dry_run: bool) -> Forgotten: ...

    def fade(self, dry_run: bool) -> Faded:
        """Lets go, form by form, what the settings' limits leave no room for; nothing that is pinned,
        confirmed or cited by a kept answer.
        """

    def pin(self, ids: tuple[int, ...]) -> None:
        """These moments never fade; raises NotFound, and then pins none."""

    def unpin(self, ids: tuple[int, ...]) -> None:
        """These may fade again; raises NotFound."""

    def consolidate(self, dry_run: bool) -> Settled: ...

    def settle(self, seconds: float) -> Settled:
        """Settles what is pending for about so long, a day at least; what it left waits for another call."""

    def check(self) -> tuple[str, ...]:
        """What is damaged or missing, a sentence each; empty when all is whole."""

    def rebuild_index(self) -> dict[str, int]:
        """Fills the index anew from the ledger; vectors by kind."""

    def wait_searchable(self, seconds: float) -> int:
        """Waits until nothing is pending, at most `seconds`; how many frames still are."""

    def wait_seen(self, seconds: float) -> int:
        """Waits until nothing is unseen, at most `seconds`; how many frames still are."""

    def consent(self) -> None:
        """The user has said yes to recording."""

    def pause(self, until: datetime | None) -> None:
        """Stops looking until then, or until `resume`."""

    def resume(self) -> None: ...

    def rules(self) -> tuple[Rule, ...]: ...

    def add_rule(self, rule: Rule) -> Rule: ...

    def remove_rule(self, id: int) -> None: ...

    def changes(self, since: int, seconds: float) -> Changes:
        """Waits until the memory is newer than generation `since`, at most `seconds`."""

    def lock(self) -> None:
        """Forgets the keys; every other call raises Locked until `unlock`."""

    def unlock(self, key_file: str, passphrase: str) -> None:
        """Opens again by a key file, a passphrase, or with both empty whatever key is at hand."""


class Intake(Protocol):
    """What the recorder may say: nothing can be read through it."""

    def orders(self) -> Orders: ...

    def known(self, digests: tuple[bytes, ...]) -> dict[bytes, bool]:
        """Which of these frames were taken before; True where the picture was kept."""

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        """Takes a frame (WebP; empty when not new, or text); returns when it is safe on disk."""

    def gap(self, gap: Gap) -> None:
        """Nothing was recorded here, and why; a gap that touches the last one of its reason extends it."""

    def idle(self, seconds: float) -> None:
        """For so long nobody has typed or pointed: what is heavy waits for it. Works while locked, too."""


class Door(Memory, Intake, Protocol):
    """Both at once: what the engine serves to the user's own programs (an import reads and offers)."""
