"""The index process: Chroma alone, in RAM, answering the engine over the socket it was born with."""

from __future__ import annotations

import sys

from desktop import child, logs
from memory import wire
from memory.adapters.index_chroma import ChromaIndex
from memory.ports import VectorIndex


def main() -> int:
    """Serves until the engine closes the socket."""
    with child.parent("index") as sock:
        wire.serve(sock, VectorIndex, ChromaIndex(), child.bug)
    return 0


if __name__ == "__main__":
    sys.exit(logs.run(main))
