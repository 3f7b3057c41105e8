"""Groups moments into episodes: stretches of one activity, resumed ones together, named and summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from memory.consolidate.likeness import Vocabulary, activities
from memory.consolidate.naming import Names
from memory.consolidate.spans import Stretch, stretches
from memory.consolidate.words import Furniture
from memory.records import EpisodeDraft, MomentText


def group(moments: Sequence[MomentText]) -> tuple[EpisodeDraft, ...]:
    """Every moment in exactly one episode of level "episode"; spans of all episodes do not overlap."""
    furniture = Furniture(moments)
    parts = stretches(moments, furniture)
    spans = _spans(parts)
    vocabulary = Vocabulary(parts, furniture)
    grouped = activities(parts, vocabulary)
    names = Names([[parts[at] for at in positions] for positions in grouped], vocabulary, furniture)
    return tuple(
        _draft([parts[at] for at in positions], tuple(spans[at] for at in positions), names)
        for positions in grouped
    )


def _spans(parts: Sequence[Stretch]) -> list[tuple[datetime, datetime]]:
    """From a stretch's first look to its last, but never into the next (another monitor may stay longer)."""
    starts = [part[0].moment.start for part in parts]
    ends = [max(text.moment.end for text in part) for part in parts]
    return [
        (start, min(end, following))
        for start, end, following in zip(starts, ends, [*starts[1:], *ends[-1:]], strict=True)
    ]


def _draft(
    activity: Sequence[Stretch], spans: tuple[tuple[datetime, datetime], ...], names: Names
) -> EpisodeDraft:
    title, gist, keys = names.of(activity, spans)
    moments = [text.moment for part in activity for text in part]
    apps = Counter(moment.app for moment in moments if moment.app)
    return EpisodeDraft(
        title=title,
        gist=gist,
        spans=spans,
        level="episode",
        apps=tuple(app for app, _ in sorted(apps.items(), key=lambda item: (-item[1], item[0]))),
        moments=tuple(moment.id for moment in moments),
        key_moments=keys,
    )
