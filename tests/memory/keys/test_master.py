"""Derived keys: one for each purpose, the same every time, and none tells another."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from memory.errors import Bug
from memory.keys import master


def test_is_random_and_has_32_bytes() -> None:
    keys = {master.new() for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}


def test_each_purpose_has_its_own_key() -> None:
    key = master.new()
    derived = {
        master.derive(key, "ledger"),
        master.derive(key, "vectors"),
        master.derive(key, "backup"),
        master.key_of_day(key, b"a" * 32),
        master.key_of_day(key, b"b" * 32),
    }
    assert len(derived) == 5
    assert key not in derived


def test_is_hkdf_as_rfc_5869_writes_it() -> None:
    """Extract and expand, written out: a change of it would lose every profile."""
    key, salt = bytes(range(32)), b"s" * 32
    extracted = hmac.digest(salt, key, hashlib.sha256)
    expanded = hmac.digest(extracted, b"onceseen/1/pictures\x01", hashlib.sha256)
    assert master.key_of_day(key, salt) == expanded


def test_refuses_what_is_no_key() -> None:
    with pytest.raises(Bug):
        master.derive(b"short", "ledger")
