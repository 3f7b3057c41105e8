"""Opening a memory: the engine that runs, or one in this process that is closed again afterwards."""

from __future__ import annotations

import getpass
import socket
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

from desktop import paths, screen
from memory import wire
from memory.api import Door
from memory.errors import NoEngine, NoKey, NoKeyring, NoProfile
from memory.keys import slots
from memory.ports import Keyring


@contextmanager
def door(options: Namespace, work: bool = False, record: bool = False) -> Iterator[Door]:
    """The memory of `options.profile`. A key file is proven first, even where an engine runs.

    `work`: frames that wait are read meanwhile; `record`: the screen is recorded meanwhile. With neither it
    is only looked at: where no engine runs nobody else is served, so that who joins an engine joins one that
    works.
    """
    _there(options.profile)
    master = slots.open_with_file(options.profile, options.key_file) if options.key_file else None
    sock = _answering(options.profile)
    if sock:
        with closing(sock):
            yield wire.client(sock, Door, None, options.profile)
        return
    if record:
        screen.refuse_to_record()
    # Loaded by name: what talks to a running engine stays light.
    engine = import_module("desktop.processes.engine")
    master = master or master_key(options.profile, None)
    opened = engine.opened(options.profile, master, record) if work or record else None
    with opened or engine.looked_at(options.profile, master) as there:
        yield there


def is_own(door: Door) -> bool:
    """Whether this process works for it: what is not done when the command ends waits for another one."""
    return not isinstance(door, wire.Remote)


@contextmanager
def running_door(options: Namespace) -> Iterator[Door]:
    """The running engine; raises NoEngine where there is none."""
    _there(options.profile)
    if options.key_file:
        slots.open_with_file(options.profile, options.key_file)
    with running(options.profile) as there:
        yield there


@contextmanager
def running(profile: Path) -> Iterator[Door]:
    """The engine that runs on `profile`, whether it is locked or not; raises NoProfile, NoEngine."""
    _there(profile)
    with closing(wire.connect(paths.engine(profile))) as sock:
        yield wire.client(sock, Door, None, profile)


def _there(profile: Path) -> None:
    if not (profile / slots.FILE).exists():
        raise NoProfile(path=profile)


def _answering(profile: Path) -> socket.socket | None:
    try:
        return wire.connect(paths.engine(profile))
    except NoEngine:
        return None


def master_key(profile: Path, key_file: Path | None, passphrase: str = "") -> bytes:
    """The master key out of the first slot that opens: key file, passphrase, keyring.

    Without any of them a passphrase is asked for at a terminal; raises NoKey where there is none.
    """
    _there(profile)
    if key_file:
        return slots.open_with_file(profile, key_file)
    if passphrase:
        return slots.open_with_passphrase(profile, passphrase)
    kinds = {slot.kind for slot in slots.all(profile)}
    if "keyring" in kinds:
        try:
            return slots.open_with_keyring(profile, keyring())
        except NoKeyring:
            if "passphrase" not in kinds:
                raise
    if "passphrase" in kinds and sys.stdin.isatty():
        return slots.open_with_passphrase(profile, getpass.getpass("Passphrase: "))
    raise NoKey


def keyring() -> Keyring:
    """The operating system's keyring."""
    # Loaded by name: most commands find an engine or a key file and need no keyring.
    made: Keyring = import_module("memory.adapters.keyring_system").SystemKeyring()
    return made


def create(profile: Path, opener: slots.Opener) -> None:
    """A new memory at `profile`, opened by `opener`, with the seeded rules. Raises ProfileExists."""
    import_module("desktop.processes.engine").create(profile, opener)
