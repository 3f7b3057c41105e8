"""Slots: the file `keys.json` of a profile, each of whose slots opens the master key by other means.

A slot holds the master key sealed with AES-256-GCM under a key that comes out of a key file (HKDF), a
passphrase (Argon2id) or a secret in the operating system's keyring (HKDF).
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from memory.errors import (
    BadRequest,
    DamagedKey,
    LastSlot,
    NoKey,
    NoProfile,
    NotFound,
    ProfileExists,
    WrongKey,
)
from memory.keys import durable, master
from memory.ports import Keyring

FILE: Final = "keys.json"

Kind = Literal["file", "passphrase", "keyring"]

MEMORY_KIB, ROUNDS, LANES = 65_536, 3, 4
"""Argon2id as RFC 9106 recommends where memory is scarce: 64 MiB, three rounds, four lanes."""

MOST_MEMORY_KIB = 1_048_576
"""More than this a slot cannot ask for: whoever can write the file shall not be able to eat the machine."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One means of opening; `cost` is Argon2id's memory in KiB and 0 where none is used."""

    id: str
    kind: Kind
    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: int = 0


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key in a file of its own."""

    path: Path


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase that the user knows."""

    text: str


@dataclass(frozen=True, slots=True)
class InKeyring:
    """A secret in the operating system's keyring."""

    keyring: Keyring


Opener = KeyFile | Passphrase | InKeyring


@dataclass(frozen=True, slots=True)
class _Slots:
    """What stands in the file; `profile` is a random name of the profile, part of what every slot seals."""

    profile: str
    slots: tuple[Slot, ...]


# ------------------------------------------------------------------ making


def create(profile: Path, opener: Opener) -> bytes:
    """Makes the keys of a new profile, with one slot; returns the master key.

    Raises ProfileExists, and whatever `add` raises; then nothing was made but perhaps the folder.
    """
    if (profile / FILE).exists():
        raise ProfileExists(path=profile)
    durable.make_folder(profile)
    key = master.new()
    slots = _Slots(secrets.token_hex(8), ())
    slot = _make(slots, key, opener)
    try:
        durable.write(profile / FILE, _packed(replace(slots, slots=(slot,))), over=False)
    except FileExistsError:
        raise ProfileExists(path=profile) from None
    return key


def add(profile: Path, key: bytes, opener: Opener) -> Slot:
    """Another means of opening this memory. `key` is its master key.

    A key file is made new (BadRequest where something is there already), a secret is put into the keyring
    (NoKeyring). The slot counts when this returns.
    """
    slots = _read(profile)
    slot = _make(slots, key, opener)
    _write(profile, replace(slots, slots=(*slots.slots, slot)))
    return slot


def remove(profile: Path, id: str, keyring: Keyring | None = None) -> None:
    """Takes a slot away, and its secret out of `keyring`; raises NotFound, LastSlot."""
    slots = _read(profile)
    gone = next((slot for slot in slots.slots if slot.id == id), None)
    if gone is None:
        raise NotFound(what="key", id=id)
    if len(slots.slots) == 1:
        raise LastSlot
    _write(profile, replace(slots, slots=tuple(slot for slot in slots.slots if slot is not gone)))
    if keyring and gone.kind == "keyring":
        keyring.remove(_account(slots, gone.id))


def _make(slots: _Slots, key: bytes, opener: Opener) -> Slot:
    kind: Kind
    id, salt = secrets.token_hex(4), secrets.token_bytes(16)
    match opener:
        case KeyFile(path):
            kind, secret = "file", _new_file(path)
        case Passphrase(text):
            if not text:
                raise BadRequest(reason="a passphrase needs at least one character")
            kind, secret = "passphrase", text.encode()
        case InKeyring(keyring):
            kind, secret = "keyring", secrets.token_bytes(master.LENGTH)
            keyring.write(_account(slots, id), secret)
    slot = Slot(id, kind, salt, secrets.token_bytes(12), b"", MEMORY_KIB if kind == "passphrase" else 0)
    return replace(slot, sealed=AESGCM(_wrapping(slot, secret)).encrypt(slot.nonce, key, _bound(slots, slot)))


def _new_file(path: Path) -> bytes:
    secret = secrets.token_bytes(master.LENGTH)
    empty = path.is_file() and not path.stat().st_size
    try:
        durable.make_folder(path.parent)
        durable.write(path, secret.hex().encode() + b"\n", over=empty)
    except FileExistsError:
        raise BadRequest(reason=f"there is something at {path}, and a key never replaces it") from None
    return secret


# ------------------------------------------------------------------ opening


def all(profile: Path) -> tuple[Slot, ...]:
    """The slots of a profile, in the order in which they came; raises NoProfile, DamagedKey."""
    return _read(profile).slots


def open_with_file(profile: Path, path: Path) -> bytes:
    """The master key by a key file; raises NoProfile, DamagedKey, WrongKey."""
    slots = _read(profile)
    secret = _file(path)
    return _opened(slots, "file", secret)


def open_with_passphrase(profile: Path, passphrase: str) -> bytes:
    """The master key by a passphrase; raises NoProfile, DamagedKey, WrongKey."""
    return _opened(_read(profile), "passphrase", passphrase.encode())


def open_with_keyring(profile: Path, keyring: Keyring) -> bytes:
    """The master key by the operating system's keyring.

    Raises NoProfile, DamagedKey, NoKeyring, WrongKey, and NoKey where the keyring holds none of this memory.
    """
    slots = _read(profile)
    held = [
        secret
        for slot in slots.slots
        if slot.kind == "keyring" and (secret := keyring.read(_account(slots, slot.id)))
    ]
    if not held:
        raise NoKey
    found = [key for secret in held if (key := _try_all(slots, "keyring", secret))]
    if not found:
        raise WrongKey(slot="keyring")
    return found[0]


def _opened(slots: _Slots, kind: Kind, secret: bytes) -> bytes:
    key = _try_all(slots, kind, secret)
    if key is None:
        raise WrongKey(slot=kind)
    return key


def _try_all(slots: _Slots, kind: Kind, secret: bytes) -> bytes | None:
    for slot in slots.slots:
        if slot.kind == kind and (kind == "passphrase" or len(secret) == master.LENGTH):
            try:
                return AESGCM(_wrapping(slot, secret)).decrypt(slot.nonce, slot.sealed, _bound(slots, slot))
            except InvalidTag:
                continue
    return None


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(1024)
    except OSError as error:
        raise DamagedKey(path=path, reason=error.strerror or error) from error
    try:
        secret = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        raise DamagedKey(path=path, reason="it is not written in hexadecimal digits") from None
    if len(secret) != master.LENGTH:
        raise DamagedKey(path=path, reason=f"it has {len(secret)} bytes, a key has {master.LENGTH}")
    return secret


def _wrapping(slot: Slot, secret: bytes) -> bytes:
    """The key that seals the master key in a slot."""
    if slot.kind != "passphrase":
        return master.expand(secret, slot.salt, f"slot {slot.kind}")
    return Argon2id(
        salt=slot.salt, length=master.LENGTH, iterations=ROUNDS, lanes=LANES, memory_cost=slot.cost
    ).derive(secret)


def _bound(slots: _Slots, slot: Slot) -> bytes:
    """What a slot is sealed with beside the key: no slot works in another place or another profile."""
    return f"onceseen/1/{slots.profile}/{slot.id}/{slot.kind}/{slot.cost}".encode()


def _account(slots: _Slots, id: str) -> str:
    return f"{slots.profile}-{id}"


# ------------------------------------------------------------------ the file


def _read(profile: Path) -> _Slots:
    path = profile / FILE
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise NoProfile(path=profile) from None
    except OSError as error:
        raise DamagedKey(path=path, reason=error.strerror or error) from error
    try:
        return _unpacked(json.loads(text))
    except (ValueError, KeyError, TypeError):
        raise DamagedKey(path=path, reason="it is not what Onceseen wrote there") from None


def _write(profile: Path, slots: _Slots) -> None:
    durable.write(profile / FILE, _packed(slots))


def _packed(slots: _Slots) -> bytes:
    written = [
        {
            "id": slot.id,
            "kind": slot.kind,
            "salt": slot.salt.hex(),
            "nonce": slot.nonce.hex(),
            "sealed": slot.sealed.hex(),
            "cost": slot.cost,
        }
        for slot in slots.slots
    ]
    return json.dumps({"version": 1, "profile": slots.profile, "slots": written}, indent=1).encode() + b"\n"


def _unpacked(written: Any) -> _Slots:
    slots = tuple(
        Slot(
            id=str(slot["id"]),
            kind=slot["kind"],
            salt=bytes.fromhex(slot["salt"]),
            nonce=bytes.fromhex(slot["nonce"]),
            sealed=bytes.fromhex(slot["sealed"]),
            cost=int(slot["cost"]),
        )
        for slot in written["slots"]
    )
    if written["version"] != 1 or not slots:
        raise ValueError(written["version"])
    for slot in slots:
        known = slot.kind in ("file", "passphrase", "keyring")
        fits = len(slot.salt) == 16 and len(slot.nonce) == 12 and len(slot.sealed) == master.LENGTH + 16
        costs = MEMORY_KIB <= slot.cost <= MOST_MEMORY_KIB if slot.kind == "passphrase" else slot.cost == 0
        if not (known and fits and costs):
            raise ValueError(slot.id)
    return _Slots(str(written["profile"]), slots)
