"""Settling without a ledger: day by day, the plan carried out on moments in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from memory.consolidate import episodes
from memory.consolidate.likeness import RESUMED_WITHIN
from memory.consolidate.settle import plan
from memory.records import Episode, MomentText, Span, SpanDraft


class Memory:
    """Moments as they are after settling, and the spans of all days; `settle` as often as one likes."""

    def __init__(self) -> None:
        self.moments: tuple[MomentText, ...] = ()
        self._days: dict[date, list[tuple[int, SpanDraft]]] = {}
        self._last = 0

    def settle(self, moments: Iterable[MomentText]) -> None:
        """Settles every day of these and of all that was settled before, as it is now."""
        rows = sorted((*self.moments, *moments), key=_in_time)
        left: list[MomentText] = []
        for day, texts in groupby(rows, key=lambda text: text.moment.start.date()):
            left += self._settle_day(day, tuple(texts))
        self.moments = tuple(left)

    def _settle_day(self, day: date, texts: Sequence[MomentText]) -> Sequence[MomentText]:
        made = plan(texts, self._before(day))
        new: dict[int, int] = {}
        for link in made.links:
            if link < 0 and link not in new:
                self._last += 1
                new[link] = self._last
        self._days[day] = [
            (new.get(link, link), span) for link, span in zip(made.links, made.spans, strict=True)
        ]
        return made.left

    def _before(self, day: date, until: date | None = None) -> tuple[Span, ...]:
        """The spans from RESUMED_WITHIN before the day to before it, or to `until`."""
        days = sorted(of for of in self._days if day - RESUMED_WITHIN <= of < (until or day))
        return tuple(
            Span(
                0,
                episode,
                span.start,
                span.words,
                tuple((app, parts) for app, parts, *_ in span.digest.windows),
            )
            for of in days
            for episode, span in self._days[of]
        )

    def episodes(self) -> tuple[Episode, ...]:
        """The episodes of all spans, in order of time."""
        spans: defaultdict[int, list[SpanDraft]] = defaultdict(list)
        for _, of_day in sorted(self._days.items()):
            for episode, span in of_day:
                spans[episode].append(span)
        return tuple(self._episode(id, parts) for id, parts in spans.items())

    def _episode(self, id: int, parts: Sequence[SpanDraft]) -> Episode:
        last = parts[-1].start.date()
        times = tuple((part.start, part.end) for part in parts)
        names = episodes.names(self._before(last, last + timedelta(days=1)))
        named = names.of([part.digest for part in parts], times)
        return Episode(
            id=id,
            title=named.title,
            gist=named.gist,
            spans=times,
            level="episode",
            apps=named.apps,
            moments=tuple(moment for part in parts for moment in part.moments),
            key_moments=named.key_moments,
            people=named.people,
            sites=named.sites,
            files=named.files,
            interruptions=named.interruptions,
        )


def group(moments: Iterable[MomentText]) -> tuple[Episode, ...]:
    """The episodes of moments that are settled in one go."""
    memory = Memory()
    memory.settle(moments)
    return memory.episodes()


def _in_time(text: MomentText) -> tuple[object, int]:
    return text.moment.start, text.moment.id
