"""Names an activity: a title from its windows, a gist of one sentence, and its most telling lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import log, sqrt

from memory.consolidate.fields import open_mail
from memory.consolidate.likeness import Vocabulary
from memory.consolidate.spans import Stretch
from memory.consolidate.words import Furniture, gives_orders, short_path, terms, title_parts
from memory.records import Moment, MomentText

KEY_MOMENTS = 3
PHRASES = 3
WINDOWS_NAMED = 3
HUB_FROM = 3  # activities from which a window's title (an inbox, a terminal) no longer names one
LONGEST_TITLE = 90
LONGEST_PHRASE = 70
LONGEST_GIST = 300
SURE = 0.8  # confidence from which a line is fit to be quoted
SHORTEST_LOOK = timedelta(seconds=5)  # a moment of one look counts as seen this long

Span = tuple[datetime, datetime]
Window = tuple[str, tuple[str, ...]]  # application, and the parts of the title


class Names:
    """Names the activities of one memory; knows all of them, so that what is common to many names none."""

    def __init__(
        self, activities: Sequence[Sequence[Stretch]], vocabulary: Vocabulary, furniture: Furniture
    ) -> None:
        self._vocabulary = vocabulary
        self._furniture = furniture
        self._spread = Counter(
            window for activity in activities for window in {_window(text.moment) for text in _flat(activity)}
        )

    def of(self, activity: Sequence[Stretch], spans: Sequence[Span]) -> tuple[str, str, tuple[int, ...]]:
        """Title, gist and key moments (at most 3, in order of time)."""
        moments = list(_flat(activity))
        phrases = self._phrases(moments)
        windows = self._windows(moments)
        title = _title(windows[0], self._heading(moments, windows[0], phrases))
        return title, _gist(title, moments, windows, phrases, spans), self._keys(moments, windows)

    def _windows(self, moments: Sequence[MomentText]) -> list[Window]:
        """Windows by how long they were looked at and how much they are this activity's own, best first."""
        seen: defaultdict[Window, float] = defaultdict(float)
        for text in moments:
            seen[_window(text.moment)] += _seconds(text.moment)
        return sorted(seen, key=lambda window: (-seen[window] / self._spread[window], window))

    def _heading(self, moments: Sequence[MomentText], window: Window, phrases: Sequence[str]) -> str:
        """What names the activity where its window does not: the mail read longest, or a telling line."""
        read: defaultdict[str, float] = defaultdict(float)
        for text in moments:
            if _window(text.moment) == window:
                read[open_mail(text.lines)[0]] += _seconds(text.moment)
        read.pop("", None)
        if read:
            return max(read, key=lambda mail: (read[mail], mail))
        named = window[1] and self._spread[window] < HUB_FROM
        return phrases[0] if phrases and not named else ""

    def _phrases(self, moments: Sequence[MomentText]) -> list[str]:
        """Lines by rarity of their words, how often they were seen, and their size; near-repeats left out."""
        seen: Counter[str] = Counter()  # rows, not moments: what is both listed and open counts twice
        heights: dict[str, int] = {}
        for text in moments:
            of_title = frozenset(terms(text.moment.title))
            for row in self._furniture.own(text):
                if row.line.confidence < SURE or _repeats(row.line.text, of_title):
                    continue
                seen[row.line.text] += 1
                heights[row.line.text] = row.line.box[3]
        usual = sorted(heights.values())[len(heights) // 2] if heights else 1
        scored = ((self._tells(line, seen[line], heights[line] / max(1, usual)), line) for line in seen)
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

    def _tells(self, line: str, times: int, size: float) -> float:
        words = terms(line)
        letters = sum(map(str.isalpha, line))
        if not 2 <= len(words) <= 10 or not 8 <= len(line) <= LONGEST_PHRASE or letters < 0.6 * len(line):
            return 0.0
        if gives_orders(line):
            return 0.0
        rare = sum(map(self._vocabulary.rarity, words)) / len(words)
        return rare * sqrt(min(6, len(words))) * (1 + log(times)) * min(1.6, max(0.7, size))

    def _keys(self, moments: Sequence[MomentText], windows: Sequence[Window]) -> tuple[int, ...]:
        """Of each of the foremost windows the moment that was looked at longest and shows most."""
        keys = []
        for window in windows[:KEY_MOMENTS]:
            of_it = [text for text in moments if _window(text.moment) == window]
            best = max(
                of_it, key=lambda text: (_seconds(text.moment) * (1 + len(text.lines)), -text.moment.id)
            )
            keys.append((best.moment.start, best.moment.id))
        return tuple(id for _, id in sorted(keys))


def _flat(activity: Sequence[Stretch]) -> Iterable[MomentText]:
    return (text for stretch in activity for text in stretch)


def _repeats(line: str, of_title: frozenset[str]) -> bool:
    """The window's own title, or the name of its tab, as read from the screen."""
    words = set(terms(line))
    return bool(words) and len(words & of_title) >= len(words) / 2


def _window(moment: Moment) -> Window:
    return moment.app, title_parts(moment)


def _seconds(moment: Moment) -> float:
    return max(moment.end - moment.start, SHORTEST_LOOK).total_seconds()


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
    moments: Sequence[MomentText],
    windows: Sequence[Window],
    phrases: Sequence[str],
    spans: Sequence[Span],
) -> str:
    looked = Counter[str]()
    for text in moments:
        looked[text.moment.app] += round(_seconds(text.moment))
    apps = [app for app, _ in sorted(looked.items(), key=lambda item: (-item[1], item[0])) if app]
    names = [
        short_path(parts[0]) for _, parts in windows[:WINDOWS_NAMED] if parts and not gives_orders(parts[0])
    ]
    told = list(dict.fromkeys(name for name in names if name not in title))
    told += [f"“{phrase}”" for phrase in phrases if phrase not in title]
    opening = _duration(spans) + (f" in {_and(apps)}" if apps else "")
    if len(spans) > 1:
        opening += f", in {len(spans)} parts" + _days(spans)
    gist = f"{opening}: {'; '.join(told)}" if told else opening
    return f"{gist.rstrip('.')}." if len(gist) < LONGEST_GIST else f"{gist[: LONGEST_GIST - 1]}…"


def _duration(spans: Sequence[Span]) -> str:
    minutes = round(sum((end - start).total_seconds() for start, end in spans) / 60)
    if minutes < 1:
        return "Less than a minute"
    if minutes == 1:
        return "About a minute"
    return f"About {minutes} minutes" if minutes < 90 else f"About {round(minutes / 30) / 2:g} hours"


def _days(spans: Sequence[Span]) -> str:
    days = len({start.date() for start, _ in spans})
    return f" on {days} days" if days > 1 else ""


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
