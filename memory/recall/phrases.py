"""Rules for time phrases in English and German: a pattern, and the days, hours or span that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from memory.recall.calendar import (
    DAY_PARTS,
    MONTHS,
    NUMBERS,
    SHORT_WEEKDAYS,
    UNIT_WORDS,
    UNITS,
    WEEKDAYS,
)
from memory.recall.spans import DAY, MIDNIGHT, Days, Hours, Piece, Span, moment_of

Groups = dict[str, str | None]
Says = Callable[[Groups, datetime], Piece | None]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


_PIECES = {
    "LED": r"(?:\b(?:on|at|in|during|from|of|am|an|um|im|vom)\s+)?(?:(?:the|den|dem|der)\s+)?",
    "ABOUT": r"(?:(?P<about>around|about|roughly|approximately|gegen|ungefähr|etwa|circa|ca\.?)\s+)?",
    "NUM": rf"(?P<n>\d{{1,3}}|{_any(NUMBERS)})",
    "UNIT": rf"(?P<unit>{_any(UNIT_WORDS)})\b",
    "MONTH": rf"(?P<month>{_any(MONTHS)})\b\.?",
    "WEEKDAY": rf"(?P<weekday>{_any(WEEKDAYS)})",
    "PART": rf"(?P<part>{_any(DAY_PARTS)})",
    "YEAR": r"(?:,?\s+(?P<y>20\d\d)\b)?",
    "LAST": r"(?P<last>last|this|past|previous|current|(?:letzte|vorige|vergangene|diese)[nrsm]?)",
    "DATE": r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?",
    "NEXT": r"(?:next|coming|nächste[nrsm]?|kommende[nrsm]?)",
    "HALF": r"(?P<half>am\b|pm\b|a\.m\.|p\.m\.|uhr\b|o'clock\b)",
    "END": r"(?=\s*(?:$|[\x00?.,;:!)]|(?:on|am|this|last|in)\b))",
}


def _minutes(hour: str | None, minute: str | None, half: str | None) -> int | None:
    """Minutes after midnight; a bare hour up to 6 is taken for the afternoon."""
    if hour is None:
        return None
    h, m = int(hour), int(minute or 0)
    if h > 24 or m > 59:
        return None
    half = (half or "").replace(".", "")
    if (half == "pm" and h < 12) or (half not in ("am", "pm") and 1 <= h <= 6 and not hour.startswith("0")):
        h += 12
    elif half == "am" and h == 12:
        h = 0
    return h * 60 + m


def _number(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else NUMBERS[word]


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Days(found, found)


def _date(g: Groups, at: datetime) -> Days | None:
    """A date; without a year the nearest one."""
    name, day = (g["month"] or "").rstrip("."), int(g["d"] or 0)
    month = int(name) if name.isdigit() else MONTHS[name]
    if year := g.get("y"):
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = [d for y in (at.year - 1, at.year, at.year + 1) if (d := _day(y, month, day))]
    return min(found, key=lambda d: _distance(d.first, at), default=None)


def _distance(day: date, at: datetime) -> float:
    """Days from now; the future counts more, because a memory is asked about the past."""
    days = (day - at.date()).days
    return -days if days < 0 else 1.5 * days


def _side_date(g: Groups, at: datetime) -> Piece | None:
    found = _weekday(g, at) if g.get("weekday") else _date(g, at)
    side = "since" if g["side"] in ("since", "after", "seit", "ab", "nach") else "until"
    if not isinstance(found, Days):
        return None
    before = DAY if g["side"] in ("before", "vor") else 0 * DAY
    return Days(found.first, found.last - before, side)


def _month(first: date) -> Days:
    return Days(first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY)


def _month_only(g: Groups, at: datetime) -> Piece | None:
    """A month; without a year the nearest one."""
    number = MONTHS[(g["month"] or "").rstrip(".")]
    years = [int(y)] if (y := g["y"]) else [at.year - 1, at.year, at.year + 1]
    middles = [date(year, number, 15) for year in years]
    return _month(min(middles, key=lambda d: _distance(d, at)).replace(day=1))


def _named_day(g: Groups, at: datetime) -> Piece | None:
    word = g["day"] or ""
    back = 2 if "before" in word or word == "vorgestern" else word in ("yesterday", "gestern")
    day = at.date() - int(back) * DAY
    return Days(day, day)


def _named_part(g: Groups, at: datetime) -> Piece | None:
    """ "this morning", "gestern Nachmittag", "last night": day and part in one."""
    word, part = g["day"] or "", g["part"] or ""
    day = at.date() - {"this": 0, "heute": 0, "diesen": 0, "vorgestern": 2}.get(word, 1) * DAY
    start, end = DAY_PARTS[part]
    if part in ("night", "nacht") and day < at.date():
        end += 4 * 60
    return Span(moment_of(day, start, at), moment_of(day, end, at))


def _tonight(g: Groups, at: datetime) -> Piece | None:
    return Span(moment_of(at.date(), 18 * 60, at), moment_of(at.date(), MIDNIGHT, at))


def _weekday(g: Groups, at: datetime) -> Piece | None:
    """The last day of that name, today included unless "last" was said."""
    name = g.get("weekday") or ""
    number = WEEKDAYS[name] if name in WEEKDAYS else SHORT_WEEKDAYS[name]
    back = (at.weekday() - number) % 7
    if back == 0 and (g.get("last") or "").startswith(("last", "letzt", "vorig", "verg", "prev", "past")):
        back = 7
    if g.get("week"):
        back = at.weekday() + 7 - number
    day = at.date() - back * DAY
    if part := g.get("part"):
        start, end = DAY_PARTS[part]
        return Span(moment_of(day, start, at), moment_of(day, end, at))
    return Days(day, day)


def _calendar_unit(g: Groups, at: datetime) -> Piece | None:
    """ "this week", "last month", "letztes Jahr"."""
    back = 0 if (g["last"] or "").startswith(("this", "dies", "current")) else 1
    unit, today = UNIT_WORDS[g["unit"] or ""], at.date()
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * back)
        return Days(first, first + 6 * DAY)
    if unit == "month":
        return _month((today.replace(day=1) - back * DAY).replace(day=1))
    if unit == "year":
        return Days(date(today.year - back, 1, 1), date(today.year - back, 12, 31))
    return _past(g, at) if back else None


def _week_of(g: Groups, at: datetime) -> Piece | None:
    day = _date(g, at)
    if day is None:
        return None
    first = day.first - timedelta(days=day.first.weekday())
    return Days(first, first + 6 * DAY)


def _week_number(g: Groups, at: datetime) -> Piece | None:
    if not 1 <= int(g["d"] or 0) <= 52:
        return None
    first = date.fromisocalendar(at.year, int(g["d"] or 0), 1)
    return Days(first, first + 6 * DAY)


def _ago(g: Groups, at: datetime) -> Piece | None:
    unit = UNIT_WORDS[g["unit"] or ""]
    seconds, slack = UNITS[unit]
    then = at - timedelta(seconds=seconds * (0.5 if g.get("halved") else _number(g.get("n"))))
    if seconds >= 86400:
        wide = timedelta(seconds=slack)
        return Days((then - wide).date(), (then + wide).date())
    wide = max(timedelta(seconds=slack), (at - then) / 5)
    return Span(then - wide, min(then + wide, at))


def _past(g: Groups, at: datetime) -> Piece | None:
    """ "in the last 3 days", "in den letzten zwei Stunden": up to now."""
    back = timedelta(seconds=_number(g.get("n")) * UNITS[UNIT_WORDS[g["unit"] or ""]][0])
    return Days((at - back).date(), at.date()) if back >= DAY else Span(at - back, at)


def _just_now(g: Groups, at: datetime) -> Piece | None:
    return Span(at - timedelta(hours=2), at)


def _lately(g: Groups, at: datetime) -> Piece | None:
    return Span(at - timedelta(days=14), at)


def _between(g: Groups, at: datetime) -> Piece | None:
    end = _minutes(g["h2"], g["m2"], g["half2"])
    start = _minutes(g["h"], g["m"], g["half"] or g["half2"])
    if start is not None and end is not None and start > end:
        start -= 720
    return (
        Hours(start, end, clock=True) if start is not None and end is not None and 0 <= start < end else None
    )


def _around(minute: int | None, whole: bool, about: str | None) -> Piece | None:
    if minute is None:
        return None
    if whole and not about:
        return Hours(minute, minute + 60, clock=True)
    wide = 30 if about else 15
    return Hours(minute - wide, minute + wide, clock=True)


def _clock(g: Groups, at: datetime) -> Piece | None:
    return _around(_minutes(g["h"], g.get("m"), g.get("half")), g.get("m") is None, g.get("about"))


def _side_clock(g: Groups, at: datetime) -> Piece | None:
    minute = _minutes(g["h"], g.get("m"), g.get("half"))
    if minute is None:
        return None
    if g["side"] in ("before", "vor", "until", "bis"):
        return Hours(0, minute, clock=True)
    return Hours(minute, MIDNIGHT, clock=True)


def _spoken_clock(g: Groups, at: datetime) -> Piece | None:
    """ "half past four", "quarter to five", "halb vier" (half an hour before four)."""
    hour, how = _number(g["n"]), g["how"] or ""
    if not 1 <= hour <= 12:
        return None
    size = 30 if "half" in how or how == "halb" else 15
    sign = 1 if how.endswith(("past", "nach")) else -1
    minute = hour * 60 + sign * size
    return _around(minute if minute >= 7 * 60 else minute + 720, False, g.get("about"))


def _part(g: Groups, at: datetime) -> Piece | None:
    return Hours(*DAY_PARTS[g["part"] or ""])


def _future(g: Groups, at: datetime) -> Piece | None:
    return None


# In order: the words of an earlier rule are kept from the later ones. Patterns see lower case.
_TABLE: tuple[tuple[str, Says], ...] = (
    (r"{LED}\b(?P<y>20\d\d)-(?P<month>\d\d)-(?P<d>\d\d)(?:t(?=\d)|\b)", _date),
    (
        r"{LED}\b(?:week of|woche (?:vom|um den))\s+(?:the\s+)?{DATE}\s+{MONTH}{YEAR}",
        _week_of,
    ),
    (r"{LED}\b(?:week of|woche (?:vom|um den))\s+{MONTH}\s+(?P<d>\d{{1,2}})\b{YEAR}", _week_of),
    (r"{LED}\b(?:week|kw|kalenderwoche)\s+(?P<d>\d{{1,2}})\b", _week_number),
    (
        r"\b(?P<side>since|until|before|after|seit|bis|vor|nach|ab)\s+(?:the\s+|dem\s+|zum\s+)?{DATE}\s+(?:of\s+)?{MONTH}{YEAR}",
        _side_date,
    ),
    (r"\b(?P<side>since|until|before|seit|bis|vor)\s+(?:{LAST}\s+)?{WEEKDAY}\b", _side_date),
    (r"{LED}\b{DATE}\s+(?:of\s+)?{MONTH}{YEAR}", _date),
    (r"{LED}\b{MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:){YEAR}", _date),
    (r"{LED}\b(?P<d>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?:(?P<y>(?:20)?\d\d)\b)?", _date),
    (r"\b(?:in|im|during)\s+(?:the\s+month\s+of\s+)?{MONTH}{YEAR}", _month_only),
    (
        r"\b(?P<day>this|heute|diesen|last(?=\s+(?:night|evening))|yesterday|gestern|vorgestern)\s+"
        r"(?:(?:at|in the|am|in der)\s+)?{PART}\b(?:'s)?",
        _named_part,
    ),
    (r"\btonight\b", _tonight),
    (
        r"(?:\b(?:from|of|von|vom)\s+)?"
        r"\b(?P<day>(?:the )?day before yesterday|vorgestern|yesterday|gestern|today|heute)\b(?:'s)?",
        _named_day,
    ),
    (r"\b(?:about |around )?(?P<halved>half an?)\s+{UNIT}\s+ago\b", _ago),
    (r"\bvor\s+(?P<halved>einer halben)\s+{UNIT}", _ago),
    (r"\b(?:about |around )?{NUM}\s+(?:of\s+)?{UNIT}\s+ago\b", _ago),
    (r"\bvor\s+(?:etwa\s+|ungefähr\s+)?{NUM}\s+{UNIT}", _ago),
    (
        r"\b(?:(?:in|within|over|during)\s+)?(?:(?:the|den|der|die)\s+)?(?:last|past|letzten|vergangenen)\s+{NUM}\s+{UNIT}",
        _past,
    ),
    (r"{LED}\b{NEXT}\s+(?:{WEEKDAY}\b|{UNIT})", _future),
    (r"{LED}(?:\b{LAST}\s+)?\b{WEEKDAY}\s+(?P<week>last week|letzter woche)\b", _weekday),
    (r"{LED}\b{LAST}\s+{UNIT}(?:'s)?", _calendar_unit),
    (r"\b(?:just now|a moment ago|gerade eben|vorhin)\b", _just_now),
    (r"\b(?:these days|recently|lately|kürzlich|neulich|in letzter zeit)\b", _lately),
    (r"{LED}\b{WEEKDAY}(?:\s+)?(?P<part>morgen|vormittag|mittag|nachmittag|abend|nacht|früh)\b", _weekday),
    (r"{LED}(?:\b{LAST}\s+)?\b{WEEKDAY}s?(?:'s)?\b", _weekday),
    (rf"\b(?:on|am)\s+(?:{{LAST}}\s+)?(?P<weekday>{_any(SHORT_WEEKDAYS)})\b\.?", _weekday),
    (
        r"\b(?:between|from|zwischen|von)\s+(?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d))?\s*{HALF}?\s+(?:and|to|till|until|und|bis)\s+"
        r"(?P<h2>\d{{1,2}})(?:[:.](?P<m2>\d\d))?\s*(?P<half2>am\b|pm\b|uhr\b|o'clock\b)?{END}",
        _between,
    ),
    (
        r"(?:\b(?:at|um)\s+)?{ABOUT}\b"
        r"(?P<how>half past|(?:a )?quarter past|(?:a )?quarter to|halb|viertel nach|viertel vor)\s+{NUM}\b"
        r"(?:\s+uhr\b)?",
        _spoken_clock,
    ),
    (
        r"\b(?P<side>before|after|until|since|vor|nach|bis|seit|ab)\s+(?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d))?\s*{HALF}",
        _side_clock,
    ),
    (
        r"\b(?P<side>before|after|until|since|vor|nach|bis|seit|ab)\s+(?P<h>\d{{1,2}}):(?P<m>\d\d)\b",
        _side_clock,
    ),
    (r"(?:\b(?:at|um)\s+)?{ABOUT}\b(?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d))?\s*{HALF}", _clock),
    (r"(?:\b(?:at|um)\s+)?{ABOUT}\b(?P<h>\d{{1,2}}):(?P<m>\d\d)\b", _clock),
    (r"\b(?:at|um)\s+(?P<h>\d{{1,2}}){END}", _clock),
    (r"\b(?P<about>around|about|gegen)\s+(?P<h>\d{{1,2}}){END}", _clock),
    (r"\b(?:in the\s+|at\s+|am\s+|in der\s+|during the\s+)?(?!morgen\b){PART}\b", _part),
)

RULES: tuple[tuple[re.Pattern[str], Says], ...] = tuple(
    (re.compile(pattern.format(**_PIECES)), says) for pattern, says in _TABLE
)
