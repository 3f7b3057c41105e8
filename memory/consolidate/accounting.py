"""Where time went, to the second: what was recorded and by which moment, else the reason why nothing was."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from memory.records import Accounted, Gap, Moment

REASONS = ("recorded", "paused", "excluded", "locked", "idle", "not running")

LASTS_S = 300
"""A moment lasts until the next look or gap, at most this long: so long is its screen said to have stayed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOOKED, _GAP, _STAYED = 0, 1, 9

# Where gaps overlap the first of these holds: of a machine that slept while paused or idle the recorder tells
# both, and it was not running. Neither was it where looking failed (trouble) or was not its time (hours).
_GAPS = {
    "not running": "not running",
    "locked": "locked",
    "paused": "paused",
    "excluded": "excluded",
    "idle": "idle",
    "trouble": "not running",
    "hours": "not running",
}


@dataclass(frozen=True, slots=True)
class Slice:
    """Seconds since 1970 from `start` up to `end` of one reason; `moment` is what was on the screen."""

    start: int
    end: int
    reason: str
    moment: int | None


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """Of the claims on a second the least holds: looks, gaps, a screen that stayed; of these the latest."""

    rank: int
    later: int
    moment: int
    start: int
    end: int
    reason: str


def slices(since: datetime, until: datetime, moments: Sequence[Moment], gaps: Sequence[Gap]) -> list[Slice]:
    """The stretch in slices that touch each other, from its first second to its last; none when it is empty.

    What neither a look nor a gap claims is "not running": while it runs, the recorder tells one or the other
    at every look that is due, so silence is its absence. `moments` and `gaps` may reach beyond the stretch on
    both sides; those of LASTS_S before it count.
    """
    first, last = second(since), second(until)
    claims = sorted(_claims(moments, gaps), key=lambda claim: claim.start)
    bounds = {at for claim in claims for at in (claim.start, claim.end) if first < at < last}
    edges = sorted(bounds | {first, last}) if first < last else []
    open_ones: list[_Claim] = []
    given: list[Slice] = []
    following = 0
    for start, end in pairwise(edges):
        while following < len(claims) and claims[following].start <= start:
            heapq.heappush(open_ones, claims[following])
            following += 1
        while open_ones and open_ones[0].end <= start:
            heapq.heappop(open_ones)
        held = open_ones[0] if open_ones else _Claim(_STAYED + 1, 0, 0, start, end, "not running")
        told = Slice(start, end, held.reason, held.moment or None)
        if given and (given[-1].reason, given[-1].moment) == (told.reason, told.moment):
            told = replace(told, start=given.pop().start)
        given.append(told)
    return given


def account(since: datetime, until: datetime, of: Sequence[Slice]) -> Accounted:
    """The seconds of each reason between two times, from slices that cover them."""
    first, last = second(since), max(second(since), second(until))
    seconds = dict.fromkeys(REASONS, 0)
    for one in of:
        seconds[one.reason] += max(0, min(one.end, last) - max(one.start, first))
    return Accounted(since, max(since, until), seconds)


def second(at: datetime) -> int:
    """Whole seconds since 1970; what is finer is cut off, so that what touches still does."""
    return (at - _EPOCH) // timedelta(seconds=1)


def _claims(moments: Sequence[Moment], gaps: Sequence[Gap]) -> Iterator[_Claim]:
    order = list(_GAPS)
    for gap in gaps:
        start = second(gap.start)
        yield _Claim(_GAP + order.index(gap.reason), -start, 0, start, second(gap.end), _GAPS[gap.reason])
    ends, begins = _silences(gaps)
    for moment in moments:
        start, end = second(moment.start), second(moment.end)
        following = begins[bisect_right(ends, end)]
        stays = min(end + LASTS_S, max(end, following))
        yield _Claim(_LOOKED, -start, moment.id, start, end, "recorded")
        yield _Claim(_STAYED, -end, moment.id, end, stays, "recorded")


def _silences(gaps: Sequence[Gap]) -> tuple[list[int], list[int]]:
    """Ends of the gaps in order, and for each place in it the first start of all gaps from there on."""
    ordered = sorted((second(gap.end), second(gap.start)) for gap in gaps)
    begins = [1 << 62]
    for _, start in reversed(ordered):
        begins.append(min(begins[-1], start))
    return [end for end, _ in ordered], begins[::-1]
