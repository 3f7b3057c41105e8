"""The edge of memory's world: what it needs from outside, each with at least two adapters (fakes count)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from memory.records import Base, Box, Line, Reading, Seen, Small, Vectors

if TYPE_CHECKING:
    # For names alone: the window's process comes by here and has no use for numpy.
    import numpy as np
    from numpy.typing import NDArray

Pixels: TypeAlias = "NDArray[np.uint8]"
"""A picture as rows x columns x 3 (red, green, blue)."""

Grey: TypeAlias = "NDArray[np.uint8]"
"""Rows x columns, 0 black."""

Kind = Literal["passage", "picture"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word read in a strip: its box in the strip's pixels, confidence 0..1."""

    text: str
    box: Box
    confidence: float


class Ocr(Protocol):
    """Reads text; `name` says engine, version and languages."""

    name: str

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        """The words of each strip, in reading order; of the first of them only, where time.monotonic() comes
        to `until` meanwhile. A strip holds a line or a few, dark on white, about 30 pixels high; raises NoOcr
        where no engine is there, ChildFailed where it broke.
        """


class TextEncoder(Protocol):
    """Turns texts into vectors of meaning."""

    name: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text: len(texts) x dimensions."""

    def overlap(self, text: str, others: Sequence[str]) -> NDArray[np.float32]:
        """How much of a text each of `others` holds, token by token, about 0..1 (late interaction); empty
        where the encoder does not tell its tokens apart.
        """


class PictureEncoder(Protocol):
    """Turns pictures into vectors; some can put words into the same space."""

    name: str

    def encode(self, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
        """One unit vector a picture: len(pictures) x dimensions."""

    def encode_words(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Unit vectors of texts in the pictures' space; None where the encoder has no text side."""


class Tagger(Protocol):
    """Says in plain English words what photographs show; `name` says by which network."""

    name: str

    def tags(self, pictures: Sequence[Pixels]) -> tuple[tuple[tuple[str, float], ...], ...]:
        """(word, how sure, 0..1) for each picture, surest first; none is better than a wrong one."""


class Reader(Protocol):
    """The reader process as the engine sees it. Pictures are WebP bytes. What was read lately is remembered
    there, in its memory alone and as long as it runs.
    """

    def read(self, picture: bytes, bases: tuple[Base, ...] = ()) -> Reading:
        """Text, a thumbnail and the smallest form of the picture: whole, or a layer over one of `bases`."""

    def rest(self, picture: bytes, bases: tuple[Base, ...]) -> Small:
        """The smallest form of a picture that was read already."""

    def encode_texts(self, texts: tuple[str, ...]) -> Vectors:
        """Vectors of meaning of passages."""

    def see(self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]) -> Seen:
        """What frames show, whose lines are known: cues, and vectors where an encoder is there."""

    def read_again(
        self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]
    ) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """What known lines of kept pictures say when each is read alone, at one size and, unless it says the
        same, at another; picture by picture. Without pictures it gets ready to.
        """

    def encode_words(self, texts: tuple[str, ...]) -> Vectors | None:
        """Texts in the pictures' space, or None."""


class VectorIndex(Protocol):
    """Nearest vectors by cosine. Derived from the ledger, rebuilt and never repaired."""

    def put(self, kind: Kind, ids: tuple[int, ...], texts: tuple[str, ...], vectors: Vectors) -> None:
        """Adds or replaces; `texts` is empty or as long as `ids`."""

    def find(self, kind: Kind, query: Vectors, limit: int) -> tuple[tuple[int, float], ...]:
        """(id, cosine) of the nearest to the one vector of `query`, of its encoder only, best first."""

    def drop(self, kind: Kind, ids: tuple[int, ...]) -> None:
        """Removes; ids that are not there are passed over."""

    def count(self, kind: Kind, encoder: str) -> int:
        """How many vectors of this encoder there are."""

    def clear(self) -> None:
        """Removes all."""


class Writer(Protocol):
    """Puts short things into better words; it may be wrong, and whoever asks checks what it says."""

    def write(self, rules: str, words: str) -> str:
        """What it makes of `words` by the `rules`, as it said it; raises NoWriter."""


class Keyring(Protocol):
    """The operating system's store of secrets; raises NoKeyring."""

    def there(self) -> bool:
        """Whether there is one that answers."""

    def read(self, account: str) -> bytes | None: ...

    def write(self, account: str, secret: bytes) -> None: ...

    def remove(self, account: str) -> None: ...
