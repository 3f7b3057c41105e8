"""How an answer is known: seen word for word and read again, read doubtfully, or inferred by rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from memory.ledger import frames
from memory.ledger.connection import Db
from memory.ledger.frames import Place
from memory.recall.checking.check import held
from memory.recall.checking.standing import plain
from memory.records import Answer, Line, LineRow

LEAST = 0.5
"""Below this confidence of the first reading a line is doubtful whatever the second one says."""

DISAGREES = 0.7
"""What an answer's confidence is multiplied by where a number of it reads otherwise the second time."""

EDGE = 1
"""Letters that a crop may catch of what stands beside a line: an icon is read as one. "No" has two."""

_DIGITS = re.compile(r"\d+")
_IN_NUMBER = re.compile(r"(?<=\d)(?=\d)")
_TELLING = re.compile(r"[^\W_]|[%€$£]|(?<=\d)\W(?=\d)|(?<!\S)[-−+](?=\d)")


@dataclass(frozen=True, slots=True)
class Crop:
    """A quoted line: the piece of it that is quoted, and where the picture lies that it was read in, on top
    of what that rests on; nowhere where it has gone, or where the text was read elsewhere.
    """

    row: LineRow
    piece: str
    pile: tuple[Place, ...]

    @property
    def line(self) -> Line:
        return self.row.line

    @property
    def read(self) -> bool:
        """Whether it was read in a picture, which may be wrong; else it was told letter by letter."""
        return self.line.box[2] > 0


Readings = Mapping[int, tuple[str, ...]]
"""By the id of a line what it says when it is read again, look by look; lines that were not are left out."""


def crops(db: Db, said: Answer) -> tuple[Crop, ...]:
    """The quoted lines of an answer; words of titles, which nobody had to read, are left out."""
    found = (held(db, citation) for citation in said.citations)
    lines = [line for one in found if one for line in one.quoted.lines]
    piles = {frame: frames.pile_of(db, frame) for frame in {row.frame for row, _ in lines}}
    return tuple(Crop(row, piece, piles[row.frame]) for row, piece in dict.fromkeys(lines))


def graded(said: Answer, quoted: Sequence[Crop], again: Readings) -> Answer:
    """The answer with its grade; an inferred one stays so. Where a number reads otherwise it is less sure."""
    if not said.found:
        return said
    looks = [again.get(crop.row.id, ()) for crop in quoted]
    agreed = [
        not crop.read or (crop.line.confidence >= LEAST and agrees(crop.piece, texts, plain(crop.line.text)))
        for crop, texts in zip(quoted, looks, strict=True)
    ]
    other = any(
        texts and not _numbers_agree(crop.piece, texts) for crop, texts in zip(quoted, looks, strict=True)
    )
    confidence = round(said.confidence * DISAGREES, 4) if other else said.confidence
    return replace(said, grade=said.grade or ("seen" if all(agreed) else "doubtful"), confidence=confidence)


def agrees(piece: str, texts: Sequence[str], line: str = "") -> bool:
    """Whether any look reads these letters and digits in this order, blanks, case and most signs aside.

    Where the piece begins or ends its line, the look has no more there than EDGE signs: a word that the first
    reading missed may turn what it says.
    """
    wanted = _read(piece)
    before = rf"^.{{0,{EDGE}}}" if line.startswith(piece) else ""
    after = rf".{{0,{EDGE}}}$" if line.endswith(piece) else ""
    return bool(wanted) and any(_within(wanted, _read(text), before, after) for text in texts)


def _numbers_agree(piece: str, texts: Sequence[str]) -> bool:
    return any(set(_DIGITS.findall(piece)) <= set(_DIGITS.findall(text)) for text in texts)


def _within(wanted: str, read: str, before: str, after: str) -> bool:
    """Whether it stands there, no digit cut off at either end; a number may be read with a blank in it."""
    before += "(?<!\\d)" if wanted[0].isdigit() else ""
    after = ("(?!\\d)" if wanted[-1].isdigit() else "") + after
    said = _IN_NUMBER.sub(" ?", " ?".join(map(re.escape, wanted.split(" "))))
    return re.search(before + said + after, read) is not None


def _read(text: str) -> str:
    """Letters and digits, with what stands between two digits, a digit's sign, and currencies."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("ı", "i").split())
    return "".join(_TELLING.findall(plain))
