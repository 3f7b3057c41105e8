"""What it frees to let pictures go that rest on each other, so that those that stay can still be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from memory.records import Layer


class Piles:
    """Pictures in piles: the lowest is whole, each other one a layer over the one that it rests on.

    With `moves` a picture that stays is put on another one, or made whole, when what it rests on goes: about
    as large as the whole one at the ground of its pile, at most as large as all that it takes up. Without,
    what others rest on stays until those have gone.
    """

    def __init__(self, layers: Iterable[Layer], moves: bool) -> None:
        self._moves = moves
        self._layers = {layer.frame: layer for layer in sorted(layers, key=lambda layer: layer.frame)}
        self._ground: dict[int, int] = {}
        self._piles: dict[int, list[int]] = defaultdict(list)
        self._gone: set[int] = set()
        for frame, layer in self._layers.items():
            base = layer.base if layer.base in self._layers else None
            # What a picture rests on came before it.
            self._ground[frame] = frame if base is None else self._ground.get(base, base)
            self._piles[self._ground[frame]].append(frame)
        self._sizes: dict[int, int] = {}

    def ground(self, frame: int) -> int:
        """The frame at the ground of the pile in which one's picture lies."""
        return self._ground[frame]

    def drop(self, frames: Iterable[int]) -> int:
        """About how many bytes it frees to let these go as well; not negative."""
        frames = [frame for frame in frames if frame in self._layers and frame not in self._gone]
        grounds = {self._ground[frame] for frame in frames}
        before = sum(map(self._size, grounds))
        self._gone.update(frames)
        for ground in grounds:
            self._sizes[ground] = self._measure(ground)
        return max(before - sum(map(self._size, grounds)), 0)

    def _size(self, ground: int) -> int:
        if ground not in self._sizes:
            self._sizes[ground] = self._measure(ground)
        return self._sizes[ground]

    def _measure(self, ground: int) -> int:
        staying = [frame for frame in self._piles[ground] if frame not in self._gone]
        if self._moves:
            return self._moved(staying, self._layers[ground].bytes)
        needed: set[int] = set()
        for frame in staying:
            below: int | None = frame
            while below is not None and below in self._layers and below not in needed:
                needed.add(below)
                below = self._layers[below].base
        return sum(self._layers[frame].bytes for frame in needed)

    def _moved(self, staying: list[int], whole: int) -> int:
        total = 0
        for n, frame in enumerate(staying):
            size, below = self._layers[frame].bytes, self._layers[frame].base
            while below in self._gone and below in self._layers:
                # The ground goes into the first that stays; the others are put on that one.
                size += self._layers[below].bytes if below != self._ground[frame] else 0
                below = self._layers[below].base
            alone = n == 0 and frame != self._ground[frame]
            total += whole if alone else min(size, max(whole, self._layers[frame].bytes))
        return total
