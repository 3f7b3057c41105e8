"""Times that lean on a time spoken of before: "the day before", "an hour later", "am Tag davor"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from memory.recall.language.calendar import DAY_PARTS, NUMBERS, UNIT_WORDS, UNITS
from memory.recall.understanding.spans import Span, moment_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Then:
    """What was spoken of: the span that was named, and when the cited moment was seen. Either may be None."""

    named: Span | None
    seen: Span | None

    @property
    def span(self) -> Span | None:
        """The span that was named, else that of the moment."""
        return self.named or self.seen

    @property
    def point(self) -> Span | None:
        """The moment, else the span that was named."""
        return self.seen or self.named


@dataclass(frozen=True, slots=True)
class Shift:
    """The span that is meant, and the text without the words for it."""

    span: Span
    rest: str


Groups = dict[str, str | None]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_KNOWN = ("second", "minute", "hour", "day", "week", "weekend", "month", "year")
_UNIT = rf"(?P<unit>{_any(word for word, unit in UNIT_WORDS.items() if unit in _KNOWN)})\b"
_NUM = rf"(?P<n>\d{{1,3}}|{_any(word for word in NUMBERS if word)})\s+"
_HALF = r"(?P<half>half an?|eine halbe)\s+"
_PART = rf"(?P<part>{_any(DAY_PARTS)})\b"
_EARLIER = "earlier|before|früher|davor|zuvor|vorher"
_LATER = "later|after(?:wards)?|später|danach|darauf"
_SIDE = rf"(?P<side>{_EARLIER}|{_LATER})\b"
_LED = r"\b(?:(?:on|in|during|at|am|an|im)\s+)?(?:(?:the|der|dem|den|das|die)\s+)?"
_BESIDE = (
    r"\b(?:(?:on|in|an)\s+)?(?:the|der|dem|den|am|im)\s+"
    r"(?P<side>next|following|nächsten?|folgenden?|darauffolgenden?"
    r"|previous|preceding|vorigen?|vorherigen?|vorhergehenden?)\s+"
)
_SAME = r"(?:that(?: same)?|the same|(?:dem|der)?selben|(?:dem|der) (?:gleichen|selben)|jene[nmr])\s+"
# "The day before the wedding" leans on nothing that was said before.
_END = r"(?=\s*(?:$|[?.!,;:]|(?:and|but|in|on|at|und|aber|im|am|bei)\b))"


def _number(word: str | None) -> int:
    return 1 if not word else int(word) if word.isdigit() else NUMBERS[word]


def _sign(g: Groups) -> int:
    return -1 if re.match(rf"{_EARLIER}|prev|prec|vor", g.get("side") or "") else 1


def _by_unit(g: Groups, then: Then) -> Span | None:
    """So many units earlier or later: hours from the moment, days and more from the day that was named."""
    unit, n = UNIT_WORDS[g["unit"] or ""], _number(g.get("n")) * _sign(g)
    seconds, slack = UNITS[unit]
    if seconds < DAY.total_seconds():
        away = n * timedelta(seconds=seconds) / (2 if g.get("half") else 1)
        return _by_clock(then, away, timedelta(seconds=slack))
    edge = _edge(then.span, n)
    if edge is None:
        return None
    if unit == "day":
        return _days(edge.date() + n * DAY, 1, edge)
    if unit == "weekend":
        return _days(edge.date() + (5 - edge.weekday() + 7 * n) * DAY, 2, edge)
    if unit == "week":
        return _days(edge.date() - edge.weekday() * DAY + 7 * n * DAY, 7, edge)
    months = n * (12 if unit == "year" else 1)
    first = _month(edge.date(), months, whole_year=unit == "year")
    return _days(first, (_month(first, 12 if unit == "year" else 1) - first).days, edge)


def _by_clock(then: Then, away: timedelta, slack: timedelta) -> Span | None:
    point = then.point
    if point is None:
        return None
    since, until = point.since or point.until, point.until or point.since
    if since is None or until is None:
        return None
    return Span(since + away - slack, until + away + slack)


def _edge(span: Span | None, n: int) -> datetime | None:
    """The end of a span from which it is counted; its own end is not of it any more."""
    if span is None:
        return None
    if n > 0 and span.until is not None:
        return span.until - timedelta(seconds=1)
    return span.since or span.until


def _days(first: date, count: int, like: datetime) -> Span:
    return Span(moment_of(first, 0, like), moment_of(first + count * DAY, 0, like))


def _month(day: date, away: int, whole_year: bool = False) -> date:
    """The first of the month so many away; of the year where that is whole."""
    number = day.year * 12 + (0 if whole_year else day.month - 1) + away
    return date(number // 12, number % 12 + 1, 1)


def _by_part(g: Groups, then: Then) -> Span | None:
    """The evening before, the next morning, that afternoon."""
    n = _sign(g) if g.get("side") else 0
    edge = _edge(then.span, n)
    if edge is None:
        return None
    start, end = DAY_PARTS[g["part"] or ""]
    day = edge.date() + n * DAY
    return Span(moment_of(day, start, edge), moment_of(day, end, edge))


def _same(g: Groups, then: Then) -> Span | None:
    """That day, the same week."""
    unit = UNIT_WORDS[g["unit"] or ""]
    if then.span is None or unit not in ("day", "week", "month", "year"):
        return None
    edge = _edge(then.span, 0)
    return None if edge is None else _by_unit({"unit": g["unit"], "n": "0", "side": ""}, then)


_TABLE: tuple[tuple[str, Callable[[Groups, Then], Span | None]], ...] = (
    (_LED + _SAME + _UNIT, _same),
    (_LED + _SAME + _PART, _by_part),
    (_LED + _HALF + _UNIT + r"\s+" + _SIDE + _END, _by_unit),
    (_LED + _NUM + _UNIT + r"\s+" + _SIDE + _END, _by_unit),
    (_LED + _UNIT + r"\s+" + _SIDE + _END, _by_unit),
    (_LED + _PART + r"\s+" + _SIDE + _END, _by_part),
    (_BESIDE + _UNIT, _by_unit),
    (_BESIDE + _PART, _by_part),
)
_RULES = tuple((re.compile(pattern, re.IGNORECASE), says) for pattern, says in _TABLE)


def shifted(text: str, then: Then) -> Shift | None:
    """The first time in a text that leans on `then`; None where there is none."""
    for pattern, says in _RULES:
        match = pattern.search(text)
        if match is None:
            continue
        try:
            span = says({name: word and word.lower() for name, word in match.groupdict().items()}, then)
        except (OverflowError, ValueError):
            span = None
        if span is not None:
            return Shift(span, " ".join((text[: match.start()] + " " + text[match.end() :]).split()))
    return None
