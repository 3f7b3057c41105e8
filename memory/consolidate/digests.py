"""What is kept of a span so that it can be linked and named without its moments."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from math import log, sqrt

from memory.consolidate.fields import open_mail
from memory.consolidate.moments import plain_title
from memory.consolidate.participants import document, people, site
from memory.consolidate.spans import Stretch
from memory.consolidate.words import Furniture, terms, title_parts
from memory.records import Digest, Interruption, Moment, MomentText, Words
from memory.trust import gives_orders

PHRASES = 12  # lines kept of a span, of which its episode is summed up by the most telling
LONGEST_PHRASE = 70
SURE = 0.8  # confidence from which a line is fit to be quoted
SHORTEST_LOOK = timedelta(seconds=5)  # a moment of one look counts as seen this long
SHORT = timedelta(minutes=3)  # a look at something else that is shorter interrupts, and cuts nothing
MOST_OF_EACH = 12  # people, sites and files kept of a span

# What tells nothing to a person: code, prompts, tabs and buttons in a row, signs that were icons.
_UNTELLING = re.compile(
    r"[|@©®§¥{}<>=\\$_~«»]|\w\(|::|//|^(?:import|def|return|class|while|elif|const|let|var)\s"
    r"|[a-z]\.[a-z]\w*.*[a-z]\.[a-z]|\w{25}"
)

Window = tuple[str, tuple[str, ...]]  # application, and the parts of the title
Rarity = Callable[[str], float]


def words(stretch: Stretch, furniture: Furniture) -> Words:
    """In how many moments of the stretch each word stands in the title, and in the text."""
    titles: Counter[str] = Counter()
    text: Counter[str] = Counter()
    for one in stretch:
        titles.update(set(terms(plain_title(one.moment.title))))
        text.update({term for row in furniture.own(one) for term in terms(row.line.text)})
    return Words(len(stretch), dict(titles), dict(text))


def digest(stretch: Stretch, furniture: Furniture, rarity: Rarity) -> Digest:
    """What the stretch showed; `rarity` tells how few spans a word occurs in (likeness.Vocabulary)."""
    seen: dict[str, defaultdict[str, float]] = {
        kind: defaultdict(float) for kind in ("people", "sites", "files")
    }
    for text in stretch:
        length = seconds(text.moment)
        for name in dict.fromkeys(one.name for one in people(text)):
            seen["people"][name] += length
        for kind, name in (("sites", site(text.moment)), ("files", document(text.moment))):
            if name and not gives_orders(name):
                seen[kind][name] += length
    return Digest(
        windows=_windows(stretch),
        mails=_mails(stretch),
        phrases=_phrases(stretch, furniture, rarity),
        interruptions=_interruptions(stretch),
        **{kind: dict(longest(counted)[:MOST_OF_EACH]) for kind, counted in seen.items()},
    )


def window(moment: Moment) -> Window:
    return moment.app, title_parts(moment)


def seconds(moment: Moment) -> float:
    """How long a moment was looked at."""
    return max(moment.end - moment.start, SHORTEST_LOOK).total_seconds()


def longest(counted: Mapping[str, float]) -> list[tuple[str, float]]:
    """By how long, then by name."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _windows(stretch: Stretch) -> tuple[tuple[str, tuple[str, ...], float, int], ...]:
    """The windows, those seen longest first, each with its moment that was seen longest and shows most."""
    length: defaultdict[Window, float] = defaultdict(float)
    best: dict[Window, tuple[float, int]] = {}
    for text in stretch:
        key = window(text.moment)
        length[key] += seconds(text.moment)
        shows = (seconds(text.moment) * (1 + len(text.lines)), -text.moment.id)
        best[key] = max(best.get(key, (0.0, 0)), shows)
    ordered = sorted(length, key=lambda key: (-length[key], key))
    return tuple((*key, length[key], -best[key][1]) for key in ordered)


def _mails(stretch: Stretch) -> tuple[tuple[str, tuple[str, ...], str, float], ...]:
    read: defaultdict[tuple[Window, str], float] = defaultdict(float)
    for text in stretch:
        if subject := open_mail(text.lines)[0]:
            read[window(text.moment), subject] += seconds(text.moment)
    return tuple((*of, subject, length) for (of, subject), length in sorted(read.items()))


def tells(line: str, times: int, size: float, rarity: Rarity) -> float:
    """How well a line says what was done: rare words, seen often, set large; 0 for what says nothing."""
    found = terms(line)
    letters = sum(map(str.isalpha, line))
    if not 2 <= len(found) <= 10 or not 8 <= len(line) <= LONGEST_PHRASE or letters < 0.6 * len(line):
        return 0.0
    if gives_orders(line) or _UNTELLING.search(line):
        return 0.0
    rare = sum(map(rarity, found)) / len(found)
    return rare * sqrt(min(6, len(found))) * (1 + log(times)) * min(1.6, max(0.7, size))


def _phrases(stretch: Stretch, furniture: Furniture, rarity: Rarity) -> tuple[tuple[str, int, float], ...]:
    seen: Counter[str] = Counter()  # rows, not moments: what is both listed and open counts twice
    heights: dict[str, int] = {}
    for text in stretch:
        of_title = frozenset(terms(text.moment.title))
        for row in furniture.own(text):
            if row.line.confidence < SURE or _repeats(row.line.text, of_title):
                continue
            seen[row.line.text] += 1
            heights[row.line.text] = row.line.box[3]
    usual = max(1, sorted(heights.values())[len(heights) // 2]) if heights else 1
    sizes = {line: round(height / usual, 2) for line, height in heights.items()}
    scored = sorted((-tells(line, times, sizes[line], rarity), line) for line, times in seen.items())
    return tuple((line, seen[line], sizes[line]) for score, line in scored[:PHRASES] if score < 0)


def _repeats(line: str, of_title: frozenset[str]) -> bool:
    """The window's own title, or the name of its tab, as read from the screen."""
    found = set(terms(line))
    return bool(found) and len(found & of_title) >= len(found) / 2


def _interruptions(stretch: Stretch) -> tuple[Interruption, ...]:
    """Short runs of a window that is seen only then, between runs of one and the same other window."""
    runs = [(key, list(run)) for key, run in groupby(stretch, key=lambda text: _place(text.moment))]
    times = Counter(key for key, _ in runs)
    found = []
    for (before, _), (key, run), (after, _) in zip(runs, runs[1:], runs[2:], strict=False):
        start, end = run[0].moment.start, _end(run)
        if before == after and times[key] == 1 and end - start < SHORT:
            moment = run[0].moment
            title = "" if gives_orders(moment.title) else plain_title(moment.title)
            found.append(Interruption(start, end, moment.app, title))
    return tuple(found)


def _place(moment: Moment) -> Hashable:
    return moment.app.casefold(), plain_title(moment.title)


def _end(run: Sequence[MomentText]) -> datetime:
    return max(text.moment.end for text in run)
