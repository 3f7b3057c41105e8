"""Names an activity by the digests of its spans: a title, a gist of one sentence, who and what took part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from memory.consolidate.digests import Rarity, Window, longest, tells
from memory.consolidate.words import short_path, terms
from memory.records import Digest, Interruption, Named
from memory.trust import gives_orders

KEY_MOMENTS = 3
PHRASES = 3
WINDOWS_NAMED = 3
HUB_FROM = 3  # activities from which a window's title (an inbox, a terminal) no longer names one
LONGEST_TITLE = 90
LONGEST_GIST = 300
MOST_OF_EACH = 12  # people, sites, files and interruptions told of an episode

Part = tuple[datetime, datetime]


class Names:
    """Names activities; knows those around them, so that what is common to many names none.

    `around` are the windows of each activity of the time, `rarity` that of its words.
    """

    def __init__(self, around: Iterable[Iterable[Window]], rarity: Rarity) -> None:
        self._spread = Counter(window for activity in around for window in set(activity))
        self._rarity = rarity

    def of(self, digests: Sequence[Digest], spans: Sequence[Part]) -> Named:
        """The name of the activity of these spans, in order of time."""
        phrases = self._phrases(digests)
        windows = self._windows(digests)
        title = _title(windows[0], self._heading(digests, windows[0], phrases))
        apps: Counter[str] = Counter()
        for digest in digests:
            for app, _, length, _ in digest.windows:
                apps[app] += round(length)
        return Named(
            title=title,
            gist=_gist(title, apps, windows, phrases, spans),
            apps=tuple(app for app, _ in longest(apps) if app),
            key_moments=_keys(digests, windows),
            people=_most(digest.people for digest in digests),
            sites=_most(digest.sites for digest in digests),
            files=_most(digest.files for digest in digests),
            interruptions=_last_interruptions(digests),
        )

    def _windows(self, digests: Sequence[Digest]) -> list[Window]:
        """Windows by how long they were looked at and how much they are this activity's own, best first."""
        seen: defaultdict[Window, float] = defaultdict(float)
        for digest in digests:
            for app, parts, length, _ in digest.windows:
                seen[app, parts] += length
        return sorted(seen, key=lambda window: (-seen[window] / max(1, self._spread[window]), window))

    def _heading(self, digests: Sequence[Digest], window: Window, phrases: Sequence[str]) -> str:
        """What names the activity where its window does not: the mail read longest, or a telling line."""
        read: Counter[str] = Counter()
        for digest in digests:
            for app, parts, subject, length in digest.mails:
                if (app, parts) == window:
                    read[subject] += round(length)
        if read:
            return max(read, key=lambda mail: (read[mail], mail))
        named = window[1] and self._spread[window] < HUB_FROM
        return phrases[0] if phrases and not named else ""

    def _phrases(self, digests: Sequence[Digest]) -> list[str]:
        """Lines by rarity of their words, how often they were seen, and their size; near-repeats left out."""
        times: Counter[str] = Counter()
        sizes: dict[str, float] = {}
        for digest in digests:
            for line, count, size in digest.phrases:
                times[line] += count
                sizes[line] = size
        scored = ((tells(line, times[line], sizes[line], self._rarity), line) for line in times)
        best: list[str] = []
        said: set[str] = set()
        for score, line in sorted(scored, key=lambda item: (-item[0], item[1])):
            words = set(terms(line))
            if score <= 0 or len(best) == PHRASES:
                break
            if len(words & said) * 2 < len(words):
                best.append(line)
                said |= words
        return best


def _keys(digests: Sequence[Digest], windows: Sequence[Window]) -> tuple[int, ...]:
    """Of each of the foremost windows its moment in the span that saw it longest, in order of time."""
    found: dict[Window, tuple[float, int, int]] = {}
    for n, digest in enumerate(digests):
        for app, parts, length, moment in digest.windows:
            if (app, parts) in windows[:KEY_MOMENTS]:
                found[app, parts] = max(found.get((app, parts), (0.0, 0, 0)), (length, -n, -moment))
    return tuple(moment for _, moment in sorted((-n, -moment) for _, n, moment in found.values()))


def _most(seen: Iterable[dict[str, float]]) -> tuple[str, ...]:
    total: Counter[str] = Counter()
    for counted in seen:
        for name, length in counted.items():
            total[name] += round(length)
    return tuple(name for name, _ in longest(total)[:MOST_OF_EACH])


def _last_interruptions(digests: Sequence[Digest]) -> tuple[Interruption, ...]:
    return tuple(one for digest in digests for one in digest.interruptions)[-MOST_OF_EACH:]


def _title(window: Window, heading: str) -> str:
    app, parts = window
    shown = [part for part in parts if not gives_orders(part)]
    place = shown[-1] if len(shown) > 1 else app
    name = heading or (short_path(shown[0]) if shown else "")
    if not name:
        return (place or "Untitled")[:LONGEST_TITLE]
    return f"{name} – {place}"[:LONGEST_TITLE] if place and place != name else name[:LONGEST_TITLE]


def _gist(
    title: str,
    apps: Counter[str],
    windows: Sequence[Window],
    phrases: Sequence[str],
    spans: Sequence[Part],
) -> str:
    used = [app for app, _ in longest(apps) if app]
    names = [
        short_path(parts[0]) for _, parts in windows[:WINDOWS_NAMED] if parts and not gives_orders(parts[0])
    ]
    told = list(dict.fromkeys(name for name in names if name not in title))
    told += [f"“{phrase}”" for phrase in phrases if phrase not in title]
    opening = _duration(spans) + (f" in {_and(used)}" if used else "")
    if len(spans) > 1:
        opening += f", in {len(spans)} parts" + _days(spans)
    gist = f"{opening}: {'; '.join(told)}" if told else opening
    return f"{gist.rstrip('.')}." if len(gist) < LONGEST_GIST else f"{gist[: LONGEST_GIST - 1]}…"


def _duration(spans: Sequence[Part]) -> str:
    minutes = round(sum((end - start).total_seconds() for start, end in spans) / 60)
    if minutes < 1:
        return "Less than a minute"
    if minutes == 1:
        return "About a minute"
    return f"About {minutes} minutes" if minutes < 90 else f"About {round(minutes / 30) / 2:g} hours"


def _days(spans: Sequence[Part]) -> str:
    days = len({start.date() for start, _ in spans})
    return f" on {days} days" if days > 1 else ""


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
