"""What the window needs from the shell before there is a memory to talk to."""

from __future__ import annotations

from typing import Literal, Protocol

from memory.records import Rule

KeyKind = Literal["keyring", "passphrase", "file"]


class Setup(Protocol):
    """Makes and opens a profile; called off the GUI thread. Any call may raise an OnceseenError."""

    def state(self) -> Literal["new", "locked", "ready"]:
        """Whether there is no profile yet, one that no key at hand opens, or one that can be talked to."""

    def kinds(self) -> tuple[KeyKind, ...]:
        """The kinds of key that work on this machine, the best first."""

    def create(self, kind: KeyKind, passphrase: str) -> None:
        """Makes the profile and starts its engine; `passphrase` is empty for the other kinds."""

    def unlock(self, passphrase: str) -> None:
        """Opens a locked profile; raises WrongKey."""

    def seeded_rules(self) -> tuple[Rule, ...]:
        """The exclusions that a new profile begins with."""
