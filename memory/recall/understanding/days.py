"""Days that a time phrase names, out of the groups of its pattern: dates, weeks, months, seasons, feasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from math import ceil, floor

from memory.recall.language.calendar import (
    BACK,
    FEW,
    HALVES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SHARES,
    SHORT_WEEKDAYS,
    UNIT_WORDS,
    UNITS,
    WEEKDAYS,
)
from memory.recall.language.feasts import CORES, feast, nth_weekday
from memory.recall.understanding.spans import DAY, Days, Piece, Span, Weekday, moment_of

Groups = dict[str, str | None]
A_DAY = 86_400
"""Seconds."""

Yearly = Callable[[int], tuple[date, date]]

NAMED_DAYS = {
    "today": 0,
    "heute": 0,
    "this": 0,
    "diesen": 0,
    "diese": 0,
    "yesterday": 1,
    "gestern": 1,
    "last": 1,
    "the day before yesterday": 2,
    "day before yesterday": 2,
    "vorgestern": 2,
    "vorvorgestern": 3,
}

# From how many days before now until how many.
LATELY = {
    "these days": (14, 0),
    "recently": (14, 0),
    "lately": (14, 0),
    "kürzlich": (14, 0),
    "neulich": (14, 0),
    "letztens": (14, 0),
    "unlängst": (14, 0),
    "vor kurzem": (14, 0),
    "in letzter zeit": (14, 0),
    "in den letzten tagen": (7, 0),
    "in the last days": (7, 0),
    "in recent days": (7, 0),
    "in den letzten wochen": (60, 0),
    "in recent weeks": (60, 0),
    "in den letzten monaten": (200, 0),
    "in recent months": (200, 0),
    "the other day": (10, 1),
    "a while ago": (None, 14),
    "some time ago": (None, 14),
    "vor einiger zeit": (None, 14),
    "a long time ago": (None, 60),
    "long ago": (None, 60),
    "ages ago": (None, 60),
    "vor langer zeit": (None, 60),
    "vor längerer zeit": (None, 60),
}


def number(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdecimal() else NUMBERS[word]


# ------------------------------------------------------------------ dates


def on_date(g: Groups, at: datetime) -> Days | None:
    """A date; without a year the nearest one."""
    found = _date(g.get("d"), g, at)
    return Days(found, found) if found else None


def date_range(g: Groups, at: datetime) -> Days | None:
    """ "from 4 to 8 May": two days of one month."""
    last = _date(g.get("d"), g, at)
    first = _day(last.year, last.month, int(g["d1"] or 0)) if last else None
    return Days(first, last) if first and last and first <= last else None


def slashed(g: Groups, at: datetime) -> Days | None:
    """ "4/5/2026": the day first, unless only the other way is a day that has been."""
    one, other = int(g["d"] or 0), int(g["d1"] or 0)
    year = _year(g, at) or at.year
    found = [day for d, m in ((one, other), (other, one)) if (day := _day(year, m, d))]
    past = [day for day in found if day <= at.date()]
    return Days(past[0], past[0]) if past else None


def of_this_month(g: Groups, at: datetime) -> Days | None:
    """ "on the 4th": the latest one."""
    end = at.date().replace(day=1) - DAY
    for year, month in ((at.year, at.month), (end.year, end.month)):
        found = _day(year, month, int(g["d"] or 0))
        if found and found <= at.date():
            return Days(found, found)
    return None


def _date(day: str | None, g: Groups, at: datetime) -> date | None:
    name = (g["month"] or "").rstrip(".")
    month = int(name) if name.isdecimal() else MONTHS[name]
    if year := _year(g, at):
        return _day(year, month, int(day or 0))
    found = [d for y in _years(at) if (d := _day(y, month, int(day or 0)))]
    return min(found, key=lambda d: _distance(d, at), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(at: datetime) -> range:
    return range(max(1, at.year - 1), min(9998, at.year + 1) + 1)


def _year(g: Groups, at: datetime) -> int | None:
    """The year that was named: in figures, or as "last year"."""
    if figures := g.get("y"):
        return int(figures) + (2000 if len(figures) == 2 else 0)
    return at.year - BACK[back] if (back := g.get("yearback")) else None


def _distance(day: date, at: datetime) -> float:
    """Days from now; the future counts more, because a memory is asked about the past."""
    days = (day - at.date()).days
    return -days if days < 0 else 1.5 * days


# ------------------------------------------------------------------ weeks, months, seasons, years, feasts


def period(g: Groups, at: datetime) -> Days | None:
    """A week, weekend, month, quarter, season, year or feast, of now or so many back."""
    last = g.get("last")
    back = BACK[last] if last else None
    if unit := g.get("unit"):
        return _unit(UNIT_WORDS[unit], 2 if g.get("again") else back, at)
    return _of_a_year(_yearly(g), _year(g, at), back, at)


def _yearly(g: Groups) -> Yearly:
    """First and last day of what comes once a year."""
    if name := g.get("feast"):
        return partial(feast, name)
    if name := g.get("season"):
        return partial(_months, SEASONS[name], 3)
    if which := g.get("q") or g.get("nth"):
        quarter = int(which) if which.isdecimal() else ORDINALS[which]
        return partial(_months, 3 * (quarter % 5 or 4) - 2 if quarter > 0 else 10, 3)
    if name := g.get("month"):
        return partial(_months, MONTHS[name.rstrip(".")], 1)
    return partial(_months, 1, 12)


def _months(first: int, many: int, year: int) -> tuple[date, date]:
    years, month = divmod(first - 1 + many, 12)
    return date(year, first, 1), date(year + years, month + 1, 1) - DAY


def _of_a_year(of: Yearly, year: int | None, back: int | None, at: datetime) -> Days:
    if year is not None:
        return Days(*of(year))
    found = [of(y) for y in range(max(1, at.year - 3), min(9998, at.year + 1) + 1)]
    over = [days for days in found if days[1] < at.date()]
    if back:
        return Days(*over[-back])
    begun = [days for days in found if days[0] <= at.date()]
    if back == 0 and begun[-1][1] >= at.date():
        return Days(*begun[-1])
    return Days(*min(found, key=lambda days: _distance(days[0] + (days[1] - days[0]) / 2, at)))


def _unit(unit: str, back: int | None, at: datetime) -> Days | None:
    today = at.date()
    monday = today - timedelta(days=today.weekday())
    if unit == "weekend":
        saturday = monday + 5 * DAY
        back = back if back is not None else int(today < saturday)
        return Days(saturday - 7 * back * DAY, saturday + (1 - 7 * back) * DAY)
    back = back or 0
    if unit == "week":
        return Days(monday - 7 * back * DAY, monday + (6 - 7 * back) * DAY)
    if unit in ("month", "quarter"):
        many = 1 if unit == "month" else 3
        months = 12 * today.year + (today.month - 1) // many * many - many * back
        return Days(*_months(months % 12 + 1, many, months // 12))
    return Days(*_months(1, 12, today.year - back)) if unit == "year" else None


def part_of(g: Groups, at: datetime) -> Days | None:
    """ "early March", "Ende letzter Woche": a third or a half of what `period` names."""
    days = period(g, at)
    if days is None:
        return None
    length = (days.last - days.first).days + 1
    begin, end = SHARES[g["share"] or ""]
    return Days(days.first + floor(begin * length) * DAY, days.first + (ceil(end * length) - 1) * DAY)


def nth_of(g: Groups, at: datetime) -> Days | None:
    """ "the first week of March", "am letzten Freitag im April"."""
    days = period(g | {"last": None, "unit": None, "nth": None}, at)
    which = ORDINALS[g["which"] or ""]
    if days is None:
        return None
    if name := g.get("weekday"):
        found = nth_weekday(days.first.year, days.first.month, WEEKDAYS[name], which)
        return Days(found, found)
    if which < 0:
        return Days(days.last - 6 * DAY, days.last)
    first = days.first + 7 * (which - 1) * DAY
    return Days(first, min(first + 6 * DAY, days.last)) if first <= days.last else None


def week_of(g: Groups, at: datetime) -> Days | None:
    days = period(g, at) if g.get("feast") else on_date(g, at)
    if days is None:
        return None
    monday = days.last - timedelta(days=days.last.weekday())
    return Days(monday, monday + 6 * DAY)


def weekend_of(g: Groups, at: datetime) -> Days | None:
    week = week_of(g, at)
    return Days(week.first + 5 * DAY, week.last) if week else None


def week_number(g: Groups, at: datetime) -> Days | None:
    first = date.fromisocalendar(_year(g, at) or at.year, int(g["d"] or 0), 1)
    return Days(first, first + 6 * DAY)


def beside(g: Groups, at: datetime) -> Days | None:
    """ "the day after Christmas", "am Freitag vor Ostern", "two weeks before 4 May"."""
    earlier = g["relation"] in ("before", "vor")
    if (name := g.get("feast")) and earlier:
        g = g | {"feast": CORES.get(name, name)}
    days = period(g, at) if name else on_date(g, at)
    if days is None:
        return None
    if name := g.get("weekday"):
        found = Weekday(WEEKDAYS[name], 1).before(days.first if earlier else days.last + 8 * DAY)
        return Days(found, found)
    unit = UNIT_WORDS[g["offset"] or ""]
    if unit == "weekend":
        week = Weekday(5, 1).before(days.first if earlier else days.last + 8 * DAY)
        return Days(week, week + DAY)
    many = number(g.get("n"))
    if unit == "week" and many == 1:
        first = days.first - 7 * DAY if earlier else days.last + DAY
        return Days(first, first + 6 * DAY)
    away = timedelta(seconds=many * UNITS[unit][0])
    found = days.first - away if earlier else days.last + away
    return Days(found, found)


# ------------------------------------------------------------------ relative to today


def named_day(g: Groups, at: datetime) -> Days:
    day = at.date() - NAMED_DAYS[g["day"] or ""] * DAY
    return Days(day, day)


def weeks_before_day(g: Groups, at: datetime) -> Days:
    """ "a week ago yesterday", "heute vor zwei Wochen"."""
    day = at.date() - (NAMED_DAYS[g["day"] or ""] + 7 * number(g["n"])) * DAY
    return Days(day, day)


def weekday(g: Groups, at: datetime) -> Piece:
    name = g["weekday"] or ""
    day = WEEKDAYS[name] if name in WEEKDAYS else SHORT_WEEKDAYS[name]
    last = g.get("last")
    if last and not BACK[last]:
        found = at.date() + (day - at.weekday()) * DAY
        return Days(found, found)
    back = BACK[last] if last else 0
    return Weekday(day, number(g["n"]) if g.get("n") else 2 if g.get("again") else back)


def last_night(g: Groups, at: datetime) -> Span:
    """It began yesterday; "heute Nacht" late in the evening is the one that has begun."""
    day = at.date() - DAY * int(not ((g.get("day") or "") == "heute" and at.hour >= 20))
    return Span(moment_of(day, 20 * 60, at), moment_of(day, 28 * 60, at))


def tonight(g: Groups, at: datetime) -> Span:
    return Span(moment_of(at.date(), 18 * 60, at), moment_of(at.date(), 24 * 60, at))


def ago(g: Groups, at: datetime) -> Piece:
    """ "3 days ago", "vor einigen Wochen", "half an hour ago": with how far off that may be."""
    unit = UNIT_WORDS[g["unit"] or ""]
    seconds, slack = UNITS[unit]
    least, most = _many(g)
    early, late = _back(at, most * seconds), _back(at, least * seconds)
    if least == most:
        wide = timedelta(seconds=slack)
        wide = wide if seconds >= A_DAY else max(wide, (at - early) / 5)
        early, late = early - wide, min(late + wide, at)
    return Days(early.date(), late.date()) if seconds >= A_DAY else Span(early, late)


def _many(g: Groups) -> tuple[float, float]:
    if half := g.get("halved"):
        return HALVES[half], HALVES[half]
    if few := g.get("few"):
        return FEW[few]
    if decimal := g.get("decimal"):
        return float(decimal.replace(",", ".")), float(decimal.replace(",", "."))
    return number(g.get("n")), number(g.get("n"))


def _back(at: datetime, seconds: float) -> datetime:
    """So much earlier by the clock that never changes; whole days by the calendar."""
    if seconds >= 30 * A_DAY or seconds % A_DAY == 0:
        return at - timedelta(seconds=seconds)
    return (at.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(at.tzinfo)


def past(g: Groups, at: datetime) -> Piece:
    """ "in the last 3 days", "in den letzten zwei Stunden": up to now."""
    seconds = UNITS[UNIT_WORDS[g["unit"] or ""]][0]
    early = _back(at, _many(g)[1] * seconds)
    return Days(early.date(), at.date()) if seconds >= A_DAY else Span(early, at)


def earlier(g: Groups, at: datetime) -> Span | None:
    """ "earlier this week": up to now."""
    days = period(g, at) if g.get("unit") else Days(at.date(), at.date())
    return Span(moment_of(days.first, 0, at), at) if days else None


def just_now(g: Groups, at: datetime) -> Span:
    return Span(_back(at, 2 * 3600), at)


def lately(g: Groups, at: datetime) -> Span:
    since, until = LATELY[g["lately"] or ""]
    return Span(None if since is None else at - since * DAY, at - until * DAY)


def ahead(g: Groups, at: datetime) -> None:
    """What lies in the future, or comes again and again, names no span."""
