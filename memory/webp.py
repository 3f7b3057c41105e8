"""WebP files as chunks: stills laid over each other on one canvas by copying bytes, no pixel is decoded.

The container is that of https://developers.google.com/speed/webp/docs/riff_container: an animation is a
canvas and stills with their places on it. Here its last frame is the picture, and the frames before it are
what lies below.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from memory.errors import DamagedPicture
from memory.records import Box

Size = tuple[int, int]
"""Width and height."""

DEEPEST = 8
"""Layers that may lie over a whole picture: each takes about 2 ms to decode on a screen of 1440x900."""

STILL = (b"ALPH", b"VP8 ", b"VP8L")
"""The chunks that hold pixels."""

ANIMATED, TRANSPARENT = 0x02, 0x10
ONCE_ON_NOTHING = bytes(4) + b"\x01\x00"
"""A transparent background, and played once."""


def layer(still: bytes, box: Box, size: Size) -> bytes:
    """A still at its place on a canvas of `size`, transparent elsewhere; x and y of the box are even.

    Raises DamagedPicture where `still` is none.
    """
    return _canvas(size, [_frame(still, box)])


def stacked(files: Sequence[bytes]) -> bytes:
    """One picture of several, the lowest first; of one alone it is that file. Raises DamagedPicture."""
    if len(files) == 1:
        return files[0]
    size = _size(files[0])
    frames: list[bytes] = []
    for file in files:
        if _size(file) != size:
            raise DamagedPicture(reason="it does not fit what lies below it")
        layers = [data for kind, data in _chunks(file) if kind == b"ANMF"]
        frames += layers or [_frame(file, (0, 0, *size))]
    return _canvas(size, frames)


def is_layer(file: bytes) -> bool:
    """Whether it is a layer alone, without what is below."""
    try:
        return any(kind == b"ANMF" for kind, _ in _chunks(file))
    except DamagedPicture:
        return False


def is_exact(file: bytes) -> bool:
    """Whether it is a plain still without loss: what layers can rest on."""
    try:
        return [kind for kind, _ in _chunks(file)] == [b"VP8L"]
    except DamagedPicture:
        return False


def _canvas(size: Size, frames: Sequence[bytes]) -> bytes:
    flags = bytes((ANIMATED | TRANSPARENT, 0, 0, 0))
    head = _chunk(b"VP8X", flags + _less_one(size)) + _chunk(b"ANIM", ONCE_ON_NOTHING)
    body = b"WEBP" + head + b"".join(_chunk(b"ANMF", frame) for frame in frames)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _frame(still: bytes, box: Box) -> bytes:
    x, y, *size = box
    pixels = b"".join(_chunk(kind, data) for kind, data in _chunks(still) if kind in STILL)
    if not pixels:
        raise DamagedPicture(reason="it holds no still")
    # No time, and laid over what is below: three bytes and one of zeros.
    return _u24(x // 2) + _u24(y // 2) + _less_one((size[0], size[1])) + bytes(4) + pixels


def _size(file: bytes) -> Size:
    for kind, data in _chunks(file):
        if kind == b"VP8X" and len(data) >= 10:
            return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
        if kind == b"VP8L" and len(data) >= 5:
            bits = int.from_bytes(data[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        if kind == b"VP8 " and len(data) >= 10:
            width, height = struct.unpack("<HH", data[6:10])
            return width & 0x3FFF, height & 0x3FFF
    raise DamagedPicture(reason="it has no size")


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    if file[:4] != b"RIFF" or file[8:12] != b"WEBP":
        raise DamagedPicture(reason="it is no WebP picture")
    at = 12
    while at < len(file):
        kind, length = file[at : at + 4], int.from_bytes(file[at + 4 : at + 8], "little")
        data = file[at + 8 : at + 8 + length]
        if len(data) != length:
            raise DamagedPicture(reason="it is cut off")
        yield kind, data
        at += 8 + length + length % 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def _less_one(size: Size) -> bytes:
    return _u24(size[0] - 1) + _u24(size[1] - 1)


def _u24(number: int) -> bytes:
    return number.to_bytes(3, "little")
