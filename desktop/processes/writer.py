"""The writer process: asks a language model of this machine for better words; it has no keys."""

from __future__ import annotations

import sys

from desktop import child, logs
from memory import wire
from memory.adapters.writer_local import LocalWriter
from memory.ports import Writer


def main() -> int:
    """Serves until the engine closes the socket; the arguments after the profile are address and model."""
    with child.parent("writer") as sock:
        wire.serve(sock, Writer, LocalWriter(sys.argv[3], sys.argv[4]), child.bug)
    return 0


if __name__ == "__main__":
    sys.exit(logs.run(main))
