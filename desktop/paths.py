"""Where things are: the memory, its sockets, settings and logs, and the models that came with the program.

Only `private`, `sockets` and `engine` touch the disk: they make folders for this user alone.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import platformdirs

from memory.errors import Known

NAME = "onceseen"
LONGEST_RUNTIME = 50
"""Bytes of the runtime folder's path, so that a socket's (103 at most, macOS' limit) fits below it."""


def profile(given: Path | None) -> Path:
    """The folder of the memory: the one given, ONCESEEN_PROFILE's, or the platform's place for user data."""
    named = os.environ.get("ONCESEEN_PROFILE")
    folder = given or (Path(named) if named else platformdirs.user_data_path(NAME, appauthor=False))
    return folder.expanduser().absolute()


def is_memory(profile: Path) -> bool:
    """Whether a memory lies there: one without its keys is none (`memory.keys.slots.FILE`)."""
    return (profile / "keys.json").exists()


def settings(profile: Path) -> Path:
    """The file of what the user set differently."""
    return profile / "settings.toml"


def log(profile: Path, process: str) -> Path:
    """The log of one process: each has its own, for two can't turn the same file over."""
    return profile / "logs" / f"{process}.log"


def models() -> Path:
    """The folder of the models that `make venv` put beside the program."""
    return Path(sys.prefix) / "share" / NAME


def fetched() -> Path:
    """The folder of the models that the user fetched, shared by all memories of this user."""
    return platformdirs.user_data_path(NAME, appauthor=False) / "models"


def measured(profile: Path) -> Path:
    """The file of what was measured about this machine: how fast which device makes vectors of pictures."""
    return profile / "measured.json"


def sockets(profile: Path) -> Path:
    """The folder of this memory's sockets, made with mode 0700; raises Known where it is not ours alone.

    It lies in the user's runtime folder under a short name, for the path of a socket must be short.
    """
    above = private(_runtime() / NAME)
    return private(above / hashlib.blake2b(bytes(profile.resolve()), digest_size=6).hexdigest())


def engine(profile: Path) -> Path:
    """The socket at which this memory's engine answers."""
    return sockets(profile) / "engine"


def _runtime() -> Path:
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    for folder in (given, f"/run/user/{os.getuid()}"):
        short = os.path.isabs(folder) and len(os.fsencode(folder)) <= LONGEST_RUNTIME
        if short and os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    return private(Path(tempfile.gettempdir()) / f"{NAME}-{os.getuid()}")


def private(folder: Path) -> Path:
    """Makes the folder for this user alone (mode 0700), or closes it to others where it was there before.

    Raises Known when it cannot be made, is no folder, or belongs to someone else.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owners = {folder.lstat().st_uid, folder.stat().st_uid}  # a link's own owner and its target's
        if owners != {os.getuid()}:
            raise Known(reason=f"{folder} belongs to another user")
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)
    except FileExistsError:
        raise Known(reason=f"{folder} is not a folder") from None
    except OSError as error:
        raise Known(reason=f"{folder} cannot be used ({error.strerror})") from None
    return folder
