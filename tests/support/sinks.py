"""A sink that remembers what the recorder or an import said to it, beside the real intake's tests."""

from __future__ import annotations

from memory.records import Frame, Gap, Orders, Rule, Taken


class FakeSink:
    """Takes every frame once, as memory's intake does."""

    def __init__(self, rules: tuple[Rule, ...] = ()) -> None:
        self.told = Orders(allowed=True, paused_until=None, rules=rules)
        self.frames: list[Frame] = []
        self.pictures: dict[bytes, bytes] = {}
        self.gaps: list[Gap] = []
        self.idled: list[float] = []
        self.asked = 0

    def orders(self) -> Orders:
        return self.told

    def known(self, digests: tuple[bytes, ...]) -> dict[bytes, bool]:
        self.asked += len(digests)
        return {frame.digest: frame.new for frame in self.frames if frame.digest in digests}

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        if any(frame.digest == taken.digest for taken in self.frames):
            return Taken("already")
        assert bool(picture) == (frame.new and frame.text is None)
        self.frames.append(frame)
        self.pictures[frame.digest] = picture
        return Taken("kept" if frame.new else "counted")

    def gap(self, gap: Gap) -> None:
        self.gaps.append(gap)

    def idle(self, seconds: float) -> None:
        self.idled.append(seconds)

    @property
    def origins(self) -> list[str | None]:
        return [frame.origin for frame in self.frames]
