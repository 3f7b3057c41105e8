"""Slots: every means opens the same master key, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from memory.errors import (
    BadRequest,
    DamagedKey,
    LastSlot,
    NoKey,
    NoProfile,
    NotFound,
    OnceseenError,
    ProfileExists,
    StoreTrouble,
    WrongKey,
)
from memory.keys import slots
from memory.keys.slots import InKeyring, KeyFile, Passphrase
from tests.support.keyring import KeyringInMemory


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "key"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_key_file_opens(profile: Path, key_file: Path) -> None:
    key = slots.create(profile, KeyFile(key_file))
    assert slots.open_with_file(profile, key_file) == key
    assert len(key) == 32
    assert len(bytes.fromhex(key_file.read_text())) == 32
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert (profile / slots.FILE).stat().st_mode & 0o777 == 0o600
    assert profile.stat().st_mode & 0o777 == 0o700


def test_a_passphrase_opens(profile: Path) -> None:
    key = slots.create(profile, Passphrase("größer als"))
    assert slots.open_with_passphrase(profile, "größer als") == key
    with pytest.raises(WrongKey):
        slots.open_with_passphrase(profile, "grösser als")
    assert [slot.cost for slot in slots.all(profile)] == [65_536]


def test_a_keyring_opens(profile: Path) -> None:
    keyring = KeyringInMemory()
    key = slots.create(profile, InKeyring(keyring))
    assert slots.open_with_keyring(profile, keyring) == key
    assert key not in keyring.held.values()


def test_a_keyring_of_somebody_else_does_not(profile: Path) -> None:
    keyring = KeyringInMemory()
    slots.create(profile, InKeyring(keyring))
    with pytest.raises(NoKey):
        slots.open_with_keyring(profile, KeyringInMemory())
    (account,) = keyring.held
    keyring.held[account] = bytes(32)
    with pytest.raises(WrongKey):
        slots.open_with_keyring(profile, keyring)
    keyring.held[account] = b"short"
    with pytest.raises(WrongKey):
        slots.open_with_keyring(profile, keyring)


def test_each_slot_opens_the_same_key(profile: Path, key_file: Path, tmp_path: Path) -> None:
    keyring = KeyringInMemory()
    key = slots.create(profile, KeyFile(key_file))
    slots.add(profile, key, Passphrase("one"))
    slots.add(profile, key, InKeyring(keyring))
    slots.add(profile, key, KeyFile(tmp_path / "other"))
    assert [slot.kind for slot in slots.all(profile)] == ["file", "passphrase", "keyring", "file"]
    opened = [
        slots.open_with_file(profile, key_file),
        slots.open_with_passphrase(profile, "one"),
        slots.open_with_keyring(profile, keyring),
        slots.open_with_file(profile, tmp_path / "other"),
    ]
    assert opened == [key] * 4


def test_a_slot_is_removed_with_its_secret(profile: Path, key_file: Path) -> None:
    keyring = KeyringInMemory()
    key = slots.create(profile, KeyFile(key_file))
    slot = slots.add(profile, key, InKeyring(keyring))
    slots.remove(profile, slot.id, keyring)
    assert keyring.held == {}
    assert [slot.kind for slot in slots.all(profile)] == ["file"]
    assert slots.open_with_file(profile, key_file) == key


def test_the_last_slot_stays(profile: Path, key_file: Path) -> None:
    slots.create(profile, KeyFile(key_file))
    with pytest.raises(LastSlot):
        slots.remove(profile, slots.all(profile)[0].id)
    with pytest.raises(NotFound):
        slots.remove(profile, "nobody")
    assert len(slots.all(profile)) == 1


def test_a_key_never_replaces_a_file(profile: Path, key_file: Path) -> None:
    key_file.write_text("a letter")
    with pytest.raises(BadRequest):
        slots.create(profile, KeyFile(key_file))
    assert key_file.read_text() == "a letter"
    assert not (profile / slots.FILE).exists()


def test_a_key_may_take_an_empty_file(profile: Path, key_file: Path) -> None:
    key_file.touch()
    assert slots.create(profile, KeyFile(key_file)) == slots.open_with_file(profile, key_file)


def test_a_profile_is_never_made_twice(profile: Path, key_file: Path, tmp_path: Path) -> None:
    slots.create(profile, KeyFile(key_file))
    before = contents(tmp_path)
    with pytest.raises(ProfileExists):
        slots.create(profile, KeyFile(tmp_path / "other"))
    assert contents(tmp_path) == before


def test_an_empty_passphrase_is_refused(profile: Path) -> None:
    with pytest.raises(BadRequest):
        slots.create(profile, Passphrase(""))


def test_no_room_is_told(tmp_path: Path, key_file: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreTrouble):
        slots.create(tmp_path / "file/profile", KeyFile(key_file))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", DamagedKey),
        (b"ab" * 31, DamagedKey),
        (b"ab" * 33, DamagedKey),
        (b"zz" * 32, DamagedKey),
        (b"\xff\xfe" * 32, DamagedKey),
        (b"ab" * 100_000, DamagedKey),
        (b"ab" * 32, WrongKey),
    ],
    ids=["empty", "short", "long", "not hex", "not text", "huge", "another"],
)
def test_what_is_no_key_of_it_opens_nothing(
    content: bytes, error: type[OnceseenError], profile: Path, tmp_path: Path
) -> None:
    slots.create(profile, KeyFile(tmp_path / "right"))
    (tmp_path / "wrong").write_bytes(content)
    before = contents(tmp_path)
    with pytest.raises(error) as refused:
        slots.open_with_file(profile, tmp_path / "wrong")
    assert refused.value.exit_status == 3
    assert contents(tmp_path) == before


def test_a_key_file_that_is_away_is_told(profile: Path, key_file: Path, tmp_path: Path) -> None:
    slots.create(profile, KeyFile(key_file))
    with pytest.raises(DamagedKey, match="No such file"):
        slots.open_with_file(profile, tmp_path / "away")
    with pytest.raises(DamagedKey, match="directory"):
        slots.open_with_file(profile, tmp_path)


def test_no_profile_is_told(tmp_path: Path) -> None:
    for ask in (slots.all, lambda path: slots.open_with_passphrase(path, "x")):
        with pytest.raises(NoProfile):
            ask(tmp_path)


def broken() -> dict[str, Any]:
    def change(**parts: Any) -> Any:
        return lambda kept: {**kept, **parts}

    def of_slot(**parts: Any) -> Any:
        return lambda kept: {**kept, "slots": [{**kept["slots"][0], **parts}]}

    return {
        "newer": change(version=2),
        "empty": change(slots=[]),
        "no list": change(slots=7),
        "a list": lambda kept: [kept],
        "unknown kind": of_slot(kind="word of mouth"),
        "short salt": of_slot(salt="ab"),
        "not hex": of_slot(nonce="nonsense"),
        "cheap": of_slot(cost=8),
        "eats the machine": of_slot(cost=1 << 40),
    }


@pytest.mark.parametrize("how", broken().values(), ids=broken().keys())
def test_a_damaged_slots_file_is_told(how: Any, profile: Path) -> None:
    slots.create(profile, Passphrase("x"))
    path = profile / slots.FILE
    path.write_text(json.dumps(how(json.loads(path.read_text()))))
    before = path.read_bytes()
    with pytest.raises(DamagedKey, match=slots.FILE):
        slots.open_with_passphrase(profile, "x")
    with pytest.raises(DamagedKey):
        slots.add(profile, bytes(32), Passphrase("y"))
    assert path.read_bytes() == before


def test_a_cut_slots_file_is_told(profile: Path, key_file: Path) -> None:
    slots.create(profile, KeyFile(key_file))
    path = profile / slots.FILE
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(DamagedKey):
        slots.open_with_file(profile, key_file)


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_a_changed_slot_opens_nothing(part: str, profile: Path, key_file: Path) -> None:
    slots.create(profile, KeyFile(key_file))
    path = profile / slots.FILE
    kept = json.loads(path.read_text())
    value = bytearray.fromhex(kept["slots"][0][part])
    value[0] ^= 1
    kept["slots"][0][part] = value.hex()
    path.write_text(json.dumps(kept))
    with pytest.raises(WrongKey):
        slots.open_with_file(profile, key_file)


def test_a_slot_works_in_its_own_profile_alone(tmp_path: Path, key_file: Path) -> None:
    slots.create(tmp_path / "one", KeyFile(key_file))
    slots.create(tmp_path / "two", KeyFile(tmp_path / "other"))
    one, two = (json.loads((tmp_path / name / slots.FILE).read_text()) for name in ("one", "two"))
    two["slots"] = one["slots"]
    (tmp_path / "two" / slots.FILE).write_text(json.dumps(two))
    with pytest.raises(WrongKey):
        slots.open_with_file(tmp_path / "two", key_file)
