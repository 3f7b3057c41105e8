"""The commands about keys: `init`, `lock`, `unlock`, `keys`."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from desktop import opening, render
from memory.errors import BadRequest, NoEngine, WrongUse
from memory.keys import slots

SHORTEST = 10
"""Characters of a passphrase, at least; Argon2id makes each guess dear, not a short one impossible."""


def init(options: Namespace) -> int:
    """`onceseen init`: a memory opened by a new key file, else by the keyring, else by a passphrase."""
    opener = _first_opener(options.key_file)
    opening.create(options.profile, opener)
    text = f"Made a memory at {options.profile}, opened by {_means(opener)}."
    return render.say(options, {"profile": str(options.profile)}, text)


def _first_opener(key_file: Path | None) -> slots.Opener:
    if key_file:
        return slots.KeyFile(key_file)
    keyring = opening.keyring()
    return slots.InKeyring(keyring) if keyring.there() else slots.Passphrase(_new_passphrase())


def _means(opener: slots.Opener) -> str:
    match opener:
        case slots.KeyFile(path):
            return f"the key file {path}; keep a copy of it elsewhere"
        case slots.Passphrase():
            return "your passphrase"
    return "the system's keyring"


def _new_passphrase() -> str:
    if not sys.stdin.isatty():
        raise BadRequest(reason="a memory needs a key: give --key-file FILE, or a passphrase at a terminal")
    passphrase = getpass.getpass("New passphrase: ")
    if len(passphrase) < SHORTEST:
        raise BadRequest(reason=f"a passphrase has at least {SHORTEST} characters")
    if getpass.getpass("Once more: ") != passphrase:
        raise BadRequest(reason="the two passphrases differ")
    return passphrase


def lock(options: Namespace) -> int:
    """`onceseen lock`: the running engine forgets the keys."""
    with opening.running_door(options) as door, suppress(NoEngine):
        # A command that is locked ends, perhaps before it has answered: its keys are gone with it.
        door.lock()
    return render.say(options, {"locked": True}, "Locked.")


def unlock(options: Namespace) -> int:
    """`onceseen unlock`: the running engine opens again."""
    with opening.running_door(options) as door:
        door.unlock(str(options.key_file.absolute()) if options.key_file else "", _passphrase(options))
    return render.say(options, {"locked": False}, "Unlocked.")


def _passphrase(options: Namespace) -> str:
    """Asked for at a terminal where a passphrase is the only key at hand."""
    kinds = {slot.kind for slot in slots.all(options.profile)}
    asks = not options.key_file and kinds == {"passphrase"} and sys.stdin.isatty()
    return getpass.getpass("Passphrase: ") if asks else ""


def keys(options: Namespace) -> int:
    """`onceseen keys`: lists, adds and removes slots; data is not touched."""
    act = {"add": _add, "remove": _remove}.get(options.act)
    if act:
        act(options)
    found = [{"slot": slot.id, "kind": slot.kind} for slot in slots.all(options.profile)]
    text = "\n".join(f"{slot['slot']}  {slot['kind']}" for slot in found)
    return render.say(options, {"keys": found}, text)


def _add(options: Namespace) -> None:
    key = opening.master_key(options.profile, options.key_file)
    slots.add(options.profile, key, _opener(options))


def _opener(options: Namespace) -> slots.Opener:
    match options.kind:
        case "file":
            if options.file is None:
                raise WrongUse(reason="say where the new key goes: --file FILE")
            return slots.KeyFile(options.file)
        case "passphrase":
            return slots.Passphrase(_new_passphrase())
    return slots.InKeyring(opening.keyring())


def _remove(options: Namespace) -> None:
    # Proven first: who cannot open the memory shall not be able to take keys away.
    opening.master_key(options.profile, options.key_file)
    slots.remove(options.profile, options.slot, opening.keyring())
