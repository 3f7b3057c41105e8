"""A keyring that lives in memory, for tests that need no real one."""

from __future__ import annotations


class KeyringInMemory:
    """Implements memory.ports.Keyring."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def read(self, account: str) -> bytes | None:
        return self.held.get(account)

    def write(self, account: str, secret: bytes) -> None:
        self.held[account] = secret

    def remove(self, account: str) -> None:
        self.held.pop(account, None)
