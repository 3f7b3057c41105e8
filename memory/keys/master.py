"""The master key, and the keys derived from it: one for each purpose, so that none opens two things."""

from __future__ import annotations

import secrets
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from memory.errors import Bug

LENGTH = 32

Purpose = Literal["ledger", "vectors", "backup"]


def new() -> bytes:
    """A new master key: 32 random bytes."""
    return secrets.token_bytes(LENGTH)


def derive(master: bytes, purpose: Purpose) -> bytes:
    """The key of a purpose, 32 bytes."""
    return expand(master, None, purpose)


def key_of_day(master: bytes, salt: bytes) -> bytes:
    """The key that seals the pictures of the day that has this salt, 32 bytes."""
    return expand(master, salt, "pictures")


def expand(secret: bytes, salt: bytes | None, purpose: str) -> bytes:
    """HKDF-SHA256 (RFC 5869) of 32 random bytes: 32 bytes for one purpose."""
    if len(secret) != LENGTH:
        raise Bug(reason="a key has 32 bytes")
    return HKDF(SHA256(), LENGTH, salt, f"onceseen/1/{purpose}".encode()).derive(secret)
