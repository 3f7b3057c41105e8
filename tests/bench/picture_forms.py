"""Forms in which a row of screens can be kept: Onceseen's, plain ones, and the ways of others."""

from __future__ import annotations

import hashlib
import io
import statistics
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from PIL import Image

from memory import webp
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.ledger.frames import BaseRow
from memory.perceive import pixels
from memory.perceive.known import StripReader
from memory.perceive.layers import LARGEST, Layers
from memory.ports import Pixels
from memory.records import Base, Frame
from memory.resting import BACK, likely

TILE = 64
READ_EVERY = 45
"""Of what has loss: one frame in so many is read, original and decoded."""
SHOWN_EVERY = 5
"""Of each form: one in so many is decoded."""
LOOK_S = 3.0


@dataclass(frozen=True)
class Screen:
    """A frame and what it shows."""

    frame: Frame
    scene: int
    pixels: Pixels


@dataclass
class Cost:
    """What a form came to."""

    bytes: int = 0
    write_ms: list[float] = field(default_factory=list)
    show_ms: list[float] = field(default_factory=list)
    exact: bool = True
    agreement: float = 1.0


class Words:
    """What tesseract reads in a picture, as a bag."""

    def __init__(self) -> None:
        self._reader = StripReader(TesserOcr("eng+deu"))
        self._read: dict[bytes, Counter[str]] = {}

    def of(self, picture: Pixels) -> Counter[str]:
        key = hashlib.blake2b(np.ascontiguousarray(picture)).digest()
        if key not in self._read:
            said = self._reader.words(picture)
            self._read[key] = Counter(word.text.casefold() for strip in said for word in strip)
        return self._read[key]

    def agreement(self, one: Pixels, other: Pixels) -> float:
        """Twice the words that both hold over the words of both."""
        a, b = self.of(one), self.of(other)
        return 2 * (a & b).total() / max(1, a.total() + b.total())


def encoded(picture: Pixels, form: str, **settings: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, form, **settings)
    return out.getvalue()


# ------------------------------------------------------------------ forms

Form = Callable[[Sequence[Screen]], Iterator[tuple[bytes, Callable[[], bytes]]]]
"""Gives for each screen what is written for it, and how what is to be decoded is put together."""


def alone(function: Callable[[Pixels], bytes]) -> Form:
    """A form in which each screen is a file of its own."""

    def write(screens: Sequence[Screen]) -> Iterator[tuple[bytes, Callable[[], bytes]]]:
        for screen in screens:
            file = function(screen.pixels)
            yield file, lambda file=file: file  # type: ignore[misc]

    return write


def smaller(picture: Pixels) -> bytes:
    lossless, lossy = pixels.lossless(picture), encoded(picture, "WEBP", quality=80)
    return min(lossless, lossy, key=len)


Choose = Callable[[list[BaseRow], Frame], Sequence[BaseRow]]


def layered(deepest: int, choose: Choose, largest: float = LARGEST) -> Form:
    """As the product does it, with so many layers at most over bases that `choose` takes of the last ones."""

    def write(screens: Sequence[Screen]) -> Iterator[tuple[bytes, Callable[[], bytes]]]:
        layers, near, piles = (
            Layers(deepest=deepest, largest=largest),
            deque[BaseRow](maxlen=BACK),
            list[tuple[bytes, ...]](),
        )
        day = None
        for n, screen in enumerate(screens):
            if screen.frame.at.date() != day:
                near.clear()
            day, active = screen.frame.at.date(), screen.frame.active
            chosen = choose([one for one in near if one.depth < deepest], screen.frame)
            offers = tuple(Base(webp.stacked(piles[one.id]), one.depth) for one in chosen)
            small = layers.smallest(screen.pixels, offers)
            below = () if small.base is None else piles[chosen[small.base].id]
            piles.append((*below, small.picture))
            app, title = (active.app, active.title) if active else ("", "")
            near.appendleft(BaseRow(n, app, title, len(below)))
            yield small.picture, lambda n=n: webp.stacked(piles[n])  # type: ignore[misc]

    return write


def _likely(near: list[BaseRow], frame: Frame) -> Sequence[BaseRow]:
    active = frame.active
    return likely(near, active.app if active else "", active.title if active else "")


ENDLESS = 100_000

FORMS: dict[str, tuple[Form, bool]] = {
    "lossless WebP a frame (baseline)": (alone(pixels.lossless), True),
    "near-lossless WebP 60": (
        alone(lambda p: encoded(p, "WEBP", lossless=True, quality=60, method=2)),
        False,
    ),
    "WebP q80": (alone(lambda p: encoded(p, "WEBP", quality=80)), False),
    "AVIF q60, speed 8": (alone(lambda p: encoded(p, "AVIF", quality=60, speed=8)), False),
    "AVIF q75 4:4:4, speed 8": (
        alone(lambda p: encoded(p, "AVIF", quality=75, speed=8, subsampling="4:4:4")),
        False,
    ),
    "the smaller of lossless and q80": (alone(smaller), False),
    "layers on the last whole picture, 1 deep": (
        layered(1, lambda near, _frame: [one for one in near if not one.depth][:1], 0.4),
        True,
    ),
    "layers on one of likely wholes, 1 deep": (layered(1, _likely, 0.4), True),
    "layers, 2 deep": (layered(2, _likely), True),
    "layers, 4 deep": (layered(4, _likely), True),
    "**layers, 8 deep (Onceseen)**": (layered(8, _likely), True),
    "a chain: each on the one before": (layered(ENDLESS, lambda near, _frame: near[:1]), True),
}


def kept_as(form: Form, exact: bool, screens: Sequence[Screen], words: Words) -> Cost:
    cost, agreements = Cost(exact=exact), []
    made = form(screens)
    for n, screen in enumerate(screens):
        began = time.process_time()
        file, whole = next(made)
        cost.write_ms.append((time.process_time() - began) * 1000)
        cost.bytes += len(file)
        if n % SHOWN_EVERY == 0:
            picture = whole()
            began = time.process_time()
            shown = _shown(picture)
            cost.show_ms.append((time.process_time() - began) * 1000)
            if exact and not np.array_equal(shown, screen.pixels):
                raise AssertionError("a screen does not come back")
            if not exact and n % READ_EVERY == 0:
                agreements.append(words.agreement(screen.pixels, shown))
    cost.agreement = statistics.mean(agreements) if agreements else 1.0
    return cost


def _shown(picture: bytes) -> Pixels:
    """As `pixels.decoded`, of chains of any length."""
    with Image.open(io.BytesIO(picture)) as image:
        image.seek(getattr(image, "n_frames", 1) - 1)
        return np.asarray(image.convert("RGB"))


def tiles(screens: Sequence[Screen]) -> Cost:
    """Lossless tiles of TILE pixels, each content once; 16 bytes to name one in a frame."""
    cost, known = Cost(), set[bytes]()
    for screen in screens:
        began = time.process_time()
        height, width = screen.pixels.shape[:2]
        for y in range(0, height, TILE):
            for x in range(0, width, TILE):
                tile = np.ascontiguousarray(screen.pixels[y : y + TILE, x : x + TILE])
                key = hashlib.blake2b(tile, digest_size=16).digest()
                cost.bytes += len(key)
                if key not in known:
                    known.add(key)
                    cost.bytes += len(pixels.lossless(tile))
        cost.write_ms.append((time.process_time() - began) * 1000)
    return cost


# ------------------------------------------------------------------ others


def _grey(picture: Pixels, width: int, height: int) -> Pixels:
    small = Image.fromarray(picture).convert("L").resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=np.uint8)


def p_hash(picture: Pixels) -> int:
    """64 bits: signs about the median of the lowest 8x8 of a cosine transform of 32x32 grey levels."""
    grey = _grey(picture, 32, 32).astype(float)
    n = np.arange(32)
    cosines = np.cos(np.pi * (2 * n[None] + 1) * n[:, None] / 64)
    low = (cosines @ grey @ cosines.T)[:8, :8]
    return int.from_bytes(np.packbits(low > np.median(low)).tobytes(), "big")


def gradient_hash(picture: Pixels) -> int:
    """64 bits: whether each of 9x8 grey levels is below the one right of it."""
    grey = _grey(picture, 9, 8).astype(int)
    return int.from_bytes(np.packbits(grey[:, :-1] < grey[:, 1:]).tobytes(), "big")


def ssim(one: Pixels, other: Pixels) -> float:
    """One figure over the whole picture, without a window."""
    a, b = (p.astype(float) @ (0.2989, 0.587, 0.114) for p in (one, other))
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    covariance = ((a - a.mean()) * (b - b.mean())).mean()
    return float(
        (2 * a.mean() * b.mean() + c1)
        * (2 * covariance + c2)
        / ((a.mean() ** 2 + b.mean() ** 2 + c1) * (a.var() + b.var() + c2))
    )


def open_recall(screens: Sequence[Screen]) -> tuple[int, int]:
    """Kept where it is less than .9 like the last one kept; lossless."""
    last, kept = None, []
    for screen in screens:
        if last is None or ssim(last.pixels, screen.pixels) < 0.9:
            kept.append(last := screen)
    return len(kept), sum(len(encoded(one.pixels, "WEBP", lossless=True)) for one in kept)


def pensieve(screens: Sequence[Screen]) -> tuple[int, int]:
    """Kept where 4 bits or more of the hash differ from the last one kept; q85."""
    last, kept = None, []
    for screen in screens:
        now = p_hash(screen.pixels)
        if last is None or (last ^ now).bit_count() >= 4:
            kept.append(screen)
            last = now
    return len(kept), sum(len(encoded(one.pixels, "WEBP", quality=85)) for one in kept)


def rewind_os(screens: Sequence[Screen]) -> tuple[int, int]:
    """Kept where more than 3 bits differ from each of the last 10 hashes of 30 s; q80, at most 1920 wide."""
    seen: deque[tuple[datetime, int]] = deque(maxlen=10)
    kept = []
    for screen in screens:
        now = gradient_hash(screen.pixels)
        fresh = [one for at, one in seen if screen.frame.at - at <= timedelta(seconds=30)]
        if all((one ^ now).bit_count() > 3 for one in fresh):
            kept.append(screen)
            seen.append((screen.frame.at, now))
    return len(kept), sum(len(encoded(one.pixels, "WEBP", quality=80)) for one in kept)


def every_look(screens: Sequence[Screen]) -> tuple[int, int]:
    """PNG of a look every LOOK_S; between two frames of a scene the screen stayed as the first showed it."""
    looks = total = 0
    for screen, after in zip(screens, [*screens[1:], None], strict=True):
        stays = after is not None and after.scene == screen.scene
        apart = (after.frame.at - screen.frame.at).total_seconds() if after and stays else 0.0
        here = max(1, round(apart / LOOK_S))
        looks += here
        total += here * len(encoded(screen.pixels, "PNG"))
    return looks, total
