"""The journal of a day or week: where its time went, what was done, where it was left, what became known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from memory.consolidate.accounting import LASTS_S, Slice, account, slices
from memory.consolidate.words import terms, title_parts
from memory.records import Episode, Fact, Gap, Journal, JournalEntry, LeftAt, LineRow, Moment, Noted, Used
from memory.trust import gives_orders

BEFORE = timedelta(seconds=LASTS_S)
"""Moments and gaps that end so long before the first midnight still tell of the time after it."""

WINDOWS = 5  # most windows named of an entry
SURE = 0.8  # confidence from which a line is fit to be quoted
LONGEST_LINE = 90
MOST_WORDS = 8  # beyond so many words a line tells no more
PLAIN = frozenset({"application", "site"})
"""Kinds of facts that every new page or program makes: a journal of them would be a list of addresses."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a page is made of. `midnights` bound its days: two for a day, eight for a week, in order of time.

    Days of 23 or 25 hours are as long as their midnights are apart. Moments, gaps and episodes are those that
    touch the time from BEFORE the first midnight to the last; `now` ends the account of what is not over.
    """

    midnights: tuple[datetime, ...]
    now: datetime
    moments: Sequence[Moment]
    gaps: Sequence[Gap]
    episodes: Sequence[Episode]
    facts: Sequence[Fact]

    @property
    def since(self) -> datetime:
        return self.midnights[0]

    @property
    def until(self) -> datetime:
        return max(self.since, min(self.midnights[-1], self.now))


def last_looks(of: Material) -> tuple[int, ...]:
    """Moments whose lines `page` needs: of each episode the last then, and the one before at its window."""
    return tuple(moment.id for pair in _ends(of).values() for moment in pair)


def page(of: Material, lines: Mapping[int, Sequence[LineRow]]) -> Journal:
    """The page; `lines` are those of `last_looks`."""
    parts = slices(of.since, of.until, of.moments, of.gaps)
    entries = tuple(_entries(of, parts, lines))
    days = tuple(
        account(start, min(end, of.until), parts) for start, end in pairwise(of.midnights) if start < of.until
    )
    recorded = sum(day.seconds["recorded"] for day in days)
    return Journal(
        days=days or (account(of.since, of.since, ()),),
        entries=entries,
        apart=recorded - sum(entry.seconds for entry in entries),
        facts=tuple(_noted(of)),
    )


# ------------------------------------------------------------------ what was done


def _entries(
    of: Material, parts: Sequence[Slice], lines: Mapping[int, Sequence[LineRow]]
) -> Iterator[JournalEntry]:
    """An entry for each episode with recorded seconds, the longest first."""
    spent, windows = _spent(of, parts)
    ends = _ends(of)
    for episode in sorted(of.episodes, key=lambda one: (-spent[one.id], one.id)):
        if not spent[episode.id]:
            continue
        spans = tuple(
            (max(start, of.since), min(end, of.until))
            for start, end in episode.spans
            if start < of.until and end >= of.since
        )
        looked = windows[episode.id].most_common()
        earlier = [start for start, _ in episode.spans if start < of.since]
        later = [start for start, _ in episode.spans if start >= of.midnights[-1]]
        yield JournalEntry(
            episode=episode.id,
            title=episode.title,
            gist=episode.gist,
            seconds=spent[episode.id],
            spans=spans,
            apps=tuple(dict.fromkeys(app for (app, _), _ in looked if app)),
            windows=tuple(Used(*window, seconds) for window, seconds in looked[:WINDOWS]),
            people=episode.people,
            sites=episode.sites,
            files=episode.files,
            left=_left(ends.get(episode.id, ()), lines),
            before=_date(max(earlier, default=None)),
            after=_date(min(later, default=None)),
        )


def _spent(
    of: Material, parts: Sequence[Slice]
) -> tuple[Counter[int], defaultdict[int, Counter[tuple[str, str]]]]:
    """Recorded seconds of each episode, and of each of its windows."""
    owner = _owners(of)
    shown = {moment.id: (moment.app, _title(moment)) for moment in of.moments}
    spent: Counter[int] = Counter()
    windows: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for part in parts:
        if part.moment is not None and part.moment in owner:
            spent[owner[part.moment]] += part.end - part.start
            windows[owner[part.moment]][shown[part.moment]] += part.end - part.start
    return spent, windows


def _owners(of: Material) -> dict[int, int]:
    return {moment: episode.id for episode in of.episodes for moment in episode.moments}


def _title(moment: Moment) -> str:
    """Without marks and counts, and without the application, which is told beside it."""
    return " – ".join(title_parts(moment))


def _date(at: datetime | None) -> str | None:
    return None if at is None else at.date().isoformat()


# ------------------------------------------------------------------ where it was left


def _ends(of: Material) -> dict[int, tuple[Moment, ...]]:
    """By episode its last moment then, after the moment before it at the same window where there is one."""
    owner = _owners(of)
    ends: dict[int, tuple[Moment, ...]] = {}
    last: dict[tuple[int, str, str], Moment] = {}
    for moment in sorted(of.moments, key=lambda one: (one.end, one.start, one.id)):
        if moment.start >= of.until or moment.end < of.since or moment.id not in owner:
            continue
        window = (owner[moment.id], moment.app, _title(moment))
        ends[owner[moment.id]] = (last[window], moment) if window in last else (moment,)
        last[window] = moment
    return ends


def _left(pair: Sequence[Moment], lines: Mapping[int, Sequence[LineRow]]) -> LeftAt | None:
    if not pair:
        return None
    last = pair[-1]
    before = {row.line.text for moment in pair[:-1] for row in lines.get(moment.id, ())}
    title = _title(last)
    return LeftAt(last.id, last.end, last.app, title, _last_line(lines.get(last.id, ()), before, title))


def _last_line(rows: Sequence[LineRow], before: set[str], title: str) -> str:
    """What was new on the last screen, then what says most, then what was read last and stands lowest."""
    of_title = set(terms(title))
    fit = [row for row in rows if _tells(row, of_title)]
    best = max(
        fit,
        key=lambda row: (
            row.line.text not in before,
            min(MOST_WORDS, len(set(terms(row.line.text)))),
            row.frame,
            row.line.box[1],
            row.id,
        ),
        default=None,
    )
    return best.line.text if best else ""


def _tells(row: LineRow, of_title: set[str]) -> bool:
    text = row.line.text
    words = set(terms(text))
    return (
        row.front
        and row.line.confidence >= SURE
        and len(words) >= 2
        and 8 <= len(text) <= LONGEST_LINE
        and sum(map(str.isalpha, text)) >= len(text) / 2
        and len(words & of_title) * 2 < len(words)
        and not gives_orders(text)
    )


# ------------------------------------------------------------------ what became known


def _noted(of: Material) -> Iterator[Noted]:
    """Facts first seen then that still stood at its end, in order of that, with the value they replaced."""
    then = {fact.id: fact for fact in of.facts if of.since <= fact.first_seen < of.until}
    older = {fact.superseded_by: fact.value for fact in of.facts if fact.superseded_by is not None}
    for fact in sorted(then.values(), key=lambda one: (one.first_seen, one.id)):
        if fact.kind not in PLAIN and fact.superseded_by not in then:
            yield Noted(fact.id, fact.statement, fact.value, older.get(fact.id))
