"""The hours that a time phrase names, from the groups of its pattern: clocks as written and as spoken."""

from __future__ import annotations

import re
from datetime import datetime

from memory.recall.language.calendar import DAY_PARTS, MEALS, NUMBERS, POINTS
from memory.recall.understanding.days import Groups, number
from memory.recall.understanding.spans import MIDNIGHT, Hours

# Minutes beside the hour that is named.
SPOKEN = {
    "half past": 30,
    "half": 30,
    "a quarter past": 15,
    "quarter past": 15,
    "a quarter to": -15,
    "quarter to": -15,
    "halb": -30,
    "viertel nach": 15,
    "viertel vor": -15,
    "dreiviertel": -15,
    "drei viertel": -15,
    "viertel": -45,
}

_SIGNS = {"past": 1, "nach": 1, "to": -1, "vor": -1}
_BESIDE = re.compile(r"(?P<n>\w+)(?: minuten?| minutes?)? (?P<sign>past|to|nach|vor)(?P<half> halb)?")

CLOCK_WORDS = (*(name for name, n in NUMBERS.items() if n > 1), "one", "eins")
"""Numbers as they are said for hours."""

WORKING = 7 * 60
"""An hour before this, said without a part of the day, is taken for the afternoon."""


def clock(g: Groups, at: datetime) -> Hours | None:
    """An hour, or a minute with some slack: "at 3 pm", "15:18", "um halb vier"."""
    minute = _minute(g)
    if minute is None:
        return None
    if g.get("m") is None and not g.get("how") and not g.get("about"):
        return Hours(minute, minute + 60, clock=True, point=minute)
    wide = 30 if g.get("about") else 15
    return Hours(minute - wide, minute + wide, clock=True, point=minute)


def side(g: Groups, at: datetime) -> Hours | None:
    """ "before 10 am", "nach 15 Uhr" within a day; "just after three" within half an hour."""
    minute = _minute(g)
    if minute is None:
        return None
    near, earlier = g.get("near") is not None, g["side"] in ("before", "until", "till", "vor", "bis")
    if earlier:
        return Hours(minute - 30 if near else 0, minute, clock=True, point=minute)
    return Hours(minute, minute + 30 if near else MIDNIGHT, clock=True, point=minute)


def between(g: Groups, at: datetime) -> Hours | None:
    """ "from 9 to half past ten"; a half of the day that is named once holds for both."""
    end = _minute(g, "2")
    start = _minute(g, half=g.get("half") or g.get("half2"))
    if start is None or end is None:
        return None
    if start > end:
        start -= 720
    return Hours(start, end, clock=True, point=start) if 0 <= start < end else None


def part(g: Groups, at: datetime) -> Hours:
    name = g["part"] or ""
    return Hours(*DAY_PARTS[name], point=POINTS.get(name))


def meal(g: Groups, at: datetime) -> Hours:
    return Hours(*MEALS[g["meal"] or ""], alone=True)


def midnight(g: Groups, at: datetime) -> Hours:
    """The end of the day that is named."""
    if g.get("side") in ("before", "vor"):
        return Hours(22 * 60, MIDNIGHT, clock=True, point=MIDNIGHT)
    if g.get("side") in ("after", "nach"):
        return Hours(0, 4 * 60, clock=True, point=0)
    return Hours(MIDNIGHT - 30, MIDNIGHT + 30, clock=True, point=MIDNIGHT)


def _minute(g: Groups, which: str = "", half: str | None = None) -> int | None:
    """Minutes after midnight of the clock in the groups how, h, m and half."""
    hour, how = g.get(f"h{which}"), g.get(f"how{which}")
    if not hour:
        return None
    h, m = number(hour), int(g.get(f"m{which}") or 0)
    if h > 24 or m > 59:
        return None
    named = (half or g.get(f"half{which}") or "").replace(".", "")
    if how:
        return _spoken(h, how, named)
    if named == "am" and h == 12:
        return m
    late = named == "pm" or (named != "am" and 1 <= h <= 6 and not hour.startswith("0"))
    if late and h < 12:
        h += 12
    return h * 60 + m


def _spoken(hour: int, how: str, half: str) -> int | None:
    """ "half past four", "quarter to five", "halb vier" (half an hour before four), "zehn nach drei"."""
    if not 1 <= hour <= 12:
        return None
    minutes = SPOKEN.get(how)
    if minutes is None:
        match = _BESIDE.fullmatch(how)
        if match is None:
            return None
        minutes = _SIGNS[match["sign"]] * number(match["n"]) - (30 if match["half"] else 0)
    minute = hour * 60 + minutes
    late = half == "pm" or (half != "am" and minute < WORKING)
    return minute + 720 if late and minute < 720 else minute
