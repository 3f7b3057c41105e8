"""The operating system's keyring: Secret Service or KWallet on Linux, Keychain, Credential Manager."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from memory.errors import NoKeyring

T = TypeVar("T")

SERVICE = "onceseen"

TRUSTED = {
    "linux": ("SecretService:Keyring", "kwallet:DBusKeyring"),
    "darwin": ("macOS:Keyring",),
    "win32": ("Windows:WinVaultKeyring",),
}
"""By platform, and never one that writes plain files, however the user's keyring settings are."""


class SystemKeyring:
    """Implements memory.ports.Keyring."""

    def there(self) -> bool:
        """Whether there is a keyring that answers."""
        return _found() is not None

    def read(self, account: str) -> bytes | None:
        kept = _asked(lambda keyring: keyring.get_password(SERVICE, account))
        try:
            return None if kept is None else bytes.fromhex(kept)
        except ValueError:
            raise NoKeyring(reason="it holds something else under our name") from None

    def write(self, account: str, secret: bytes) -> None:
        _asked(lambda keyring: keyring.set_password(SERVICE, account, secret.hex()))

    def remove(self, account: str) -> None:
        """Removes a secret; one that is not there is passed over."""
        _asked(lambda keyring: _delete(keyring, account))


def _found() -> KeyringBackend | None:
    viable = [kind for kind in map(_backend, TRUSTED.get(sys.platform, ())) if kind.viable]
    return max(viable, key=lambda kind: kind.priority)() if viable else None


def _backend(name: str) -> type[KeyringBackend]:
    # Loaded by name: the backends of other platforms search the whole system for their libraries.
    module, kind = name.split(":")
    backend: type[KeyringBackend] = getattr(import_module(f"keyring.backends.{module}"), kind)
    return backend


def _asked(act: Callable[[KeyringBackend], T]) -> T:
    keyring = _found()
    if keyring is None:
        raise NoKeyring(reason="there is none in this session")
    try:
        return act(keyring)
    except KeyringError as error:
        raise NoKeyring(reason=type(error).__name__) from error


def _delete(keyring: KeyringBackend, account: str) -> None:
    try:
        keyring.delete_password(SERVICE, account)
    except PasswordDeleteError:
        return
