"""The spans of a day, and the activities that they belong to: what settling a day says of episodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from memory.consolidate import digests
from memory.consolidate.likeness import Vocabulary, linked
from memory.consolidate.naming import Names
from memory.consolidate.spans import Stretch, stretches
from memory.consolidate.words import Furniture
from memory.records import MomentText, Span, SpanDraft


def of_day(
    moments: Sequence[MomentText], before: Sequence[Span]
) -> tuple[tuple[SpanDraft, ...], tuple[int, ...]]:
    """The spans of a day's moments, and the episode of each: one of those before, or a new one (-1, -2 ..).

    Every moment is in exactly one span, and spans do not overlap. `before` are the spans of
    likeness.RESUMED_WITHIN before the day, in order of time.
    """
    furniture = Furniture(moments)
    parts = stretches(moments, furniture)
    words = [digests.words(part, furniture) for part in parts]
    vocabulary = Vocabulary([*(span.words for span in before), *words])
    spans = tuple(
        SpanDraft(
            start=part[0].moment.start,
            end=end,
            moments=tuple(text.moment.id for text in part),
            words=of_it,
            digest=digests.digest(part, furniture, vocabulary.rarity),
        )
        for part, end, of_it in zip(parts, _ends(parts), words, strict=True)
    )
    return spans, linked(((span.episode, span.words) for span in before), words, vocabulary)


def names(around: Sequence[Span]) -> Names:
    """What names an episode whose last span is among the last of these, the spans up to its day."""
    windows: defaultdict[int, set[digests.Window]] = defaultdict(set)
    for span in around:
        windows[span.episode].update(span.windows)
    return Names(windows.values(), Vocabulary([span.words for span in around]).rarity)


def _ends(parts: Sequence[Stretch]) -> list[datetime]:
    """Up to the last look, but never into the next span (another monitor may stay longer) or the next day."""
    starts = [part[0].moment.start for part in parts]
    return [
        min(max(text.moment.end for text in part), following)
        for part, following in zip(parts, [*starts[1:], *map(_midnight, starts[-1:])], strict=True)
    ]


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
