"""Hours, days and weeks as a view over episodes: one object for each that holds something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from memory.records import Episode

Level = Literal["hour", "day", "week"]
Piece = tuple[datetime, datetime]

KEYS: dict[Level, int] = {"hour": 3, "day": 5, "week": 7}  # most key moments
NAMED: dict[Level, int] = {"hour": 1, "day": 2, "week": 3}  # episodes that the title names
TOLD = 5  # episodes that the gist names
TITLE = 90
NAME = 60  # letters of an episode in a gist

# An id is told by level and start alone, far above any number that the ledger counts up to.
_FIRST: dict[Level, int] = {"hour": 10**12, "day": 2 * 10**12, "week": 3 * 10**12}
_EPOCH = datetime(1970, 1, 1)
_NOTHING = timedelta()


def levels(episodes: Iterable[Episode], starts: Mapping[int, datetime]) -> tuple[Episode, ...]:
    """Weeks, days and hours (local, by the zone of then) that hold spans of these episodes, in order of time.

    `starts` are the starts of moments: a moment belongs to the hour, day and week in which it begins. Spans
    are those of the episodes, cut at the bounds and joined where they touch; of one level none overlap.
    """
    found: dict[tuple[Level, int], _Stretch] = defaultdict(_Stretch)
    for episode in episodes:
        for start, end in episode.spans:
            for hour, piece in _hours(start, end):
                for level, number in _places(hour):
                    found[level, number].add(episode, piece)
        for moment in episode.moments:
            if moment in starts:
                for level, number in _places(_hour_of(starts[moment])):
                    found[level, number].moments.setdefault(episode.id, []).append(moment)
    order: tuple[Level, ...] = ("week", "day", "hour")
    return tuple(
        stretch.told(level, _FIRST[level] + number, starts)
        for (level, number), stretch in sorted(
            found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
        if stretch.pieces
    )


def whole(at: datetime) -> Piece:
    """A stretch around a time that holds its hour, day and week whole, wherever the clock stood then."""
    return at - timedelta(days=8), at + timedelta(days=8)


@dataclass(slots=True)
class _Stretch:
    """What fell into one hour, day or week."""

    episodes: dict[int, Episode] = field(default_factory=dict)
    spent: dict[int, timedelta] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    moments: dict[int, list[int]] = field(default_factory=dict)

    def add(self, episode: Episode, piece: Piece) -> None:
        self.episodes[episode.id] = episode
        self.spent[episode.id] = self.spent.get(episode.id, _NOTHING) + (piece[1] - piece[0])
        self.pieces.append(piece)

    def told(self, level: Level, id: int, starts: Mapping[int, datetime]) -> Episode:
        """As an object of its level: its longest episodes name it, and lend it their key moments."""
        longest = sorted(self.episodes.values(), key=lambda one: (-self.spent[one.id], one.id))
        moments = [moment for held in self.moments.values() for moment in held]
        moments.sort(key=lambda moment: (starts[moment], moment))
        return Episode(
            id=id,
            title=_title([one.title for one in longest], NAMED[level]),
            gist=self._gist(longest),
            spans=_joined(self.pieces),
            level=level,
            apps=_first_of(one.apps for one in longest),
            moments=tuple(moments),
            key_moments=self._keys(longest, KEYS[level], starts),
            people=_first_of(one.people for one in longest),
            sites=_first_of(one.sites for one in longest),
            files=_first_of(one.files for one in longest),
        )

    def _gist(self, longest: Sequence[Episode]) -> str:
        told = [f"{shortened(one.title, NAME)} ({_long(self.spent[one.id])})" for one in longest[:TOLD]]
        rest = len(longest) - len(told)
        if rest:
            told.append(f"and {rest} more" if rest > 1 else "and one more")
        return f"{_long(sum(self.spent.values(), _NOTHING))}: {', '.join(told)}."

    def _keys(self, longest: Sequence[Episode], most: int, starts: Mapping[int, datetime]) -> tuple[int, ...]:
        """The first key moment of each episode, then their second ones; where there is none, its first."""
        offers: list[tuple[int, int, int]] = []
        for one in longest:
            here = self.moments.get(one.id, [])
            keys = [moment for moment in one.key_moments if moment in set(here)] or here[:1]
            offers += [(turn, len(offers), moment) for turn, moment in enumerate(keys)]
        chosen = [moment for _, _, moment in sorted(offers)[:most]]
        return tuple(sorted(chosen, key=lambda moment: (starts[moment], moment)))


def _hours(start: datetime, end: datetime) -> Iterator[tuple[datetime, Piece]]:
    """Each hour that a span touches, with the part of the span in it."""
    while True:
        hour = _hour_of(start)
        following = (hour.astimezone(UTC) + timedelta(hours=1)).astimezone(start.tzinfo)
        yield hour, (start, min(end, following))
        if end <= following:
            return
        start = following


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _places(hour: datetime) -> Iterator[tuple[Level, int]]:
    """The hour, day and week that an hour belongs to, as numbers that count up with time.

    An hour is told by its instant (one that a clock set back shows twice is two), day and week by date.
    """
    day = (hour.replace(tzinfo=None) - _EPOCH).days
    yield "hour", (hour.astimezone(UTC).replace(tzinfo=None) - _EPOCH) // timedelta(minutes=1)
    yield "day", day
    yield "week", day - hour.weekday()


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    spans: list[Piece] = []
    for start, end in sorted(pieces):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(spans)


def _title(titles: Sequence[str], named: int) -> str:
    told = list(dict.fromkeys(title for title in titles if title))
    rest = len(told) - named
    tail = "" if rest <= 0 or named == 1 else f" and {rest} more"
    joined = "; ".join(told[:named])
    return shortened(joined, TITLE - len(tail)) + tail if joined else "Untitled"


def shortened(text: str, most: int) -> str:
    """At most so many letters; where some are left out it says so."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _first_of(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _long(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{minutes} min" if minutes else "under a minute"
