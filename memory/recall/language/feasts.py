"""Feast days by name, English and German: of fixed date, by Easter, or the nth weekday of a month."""

from __future__ import annotations

from datetime import date, timedelta

# Month and day of the first and the last day.
_FIXED = {
    "new year": (1, 1, 1, 1),
    "new year's day": (1, 1, 1, 1),
    "new years day": (1, 1, 1, 1),
    "neujahr": (1, 1, 1, 1),
    "epiphany": (1, 6, 1, 6),
    "dreikönig": (1, 6, 1, 6),
    "heilige drei könige": (1, 6, 1, 6),
    "valentine's day": (2, 14, 2, 14),
    "valentinstag": (2, 14, 2, 14),
    "labour day": (5, 1, 5, 1),
    "may day": (5, 1, 5, 1),
    "tag der arbeit": (5, 1, 5, 1),
    "midsummer": (6, 24, 6, 24),
    "tag der deutschen einheit": (10, 3, 10, 3),
    "halloween": (10, 31, 10, 31),
    "reformationstag": (10, 31, 10, 31),
    "all saints' day": (11, 1, 11, 1),
    "allerheiligen": (11, 1, 11, 1),
    "st martin's day": (11, 11, 11, 11),
    "martinstag": (11, 11, 11, 11),
    "st nicholas day": (12, 6, 12, 6),
    "nikolaus": (12, 6, 12, 6),
    "nikolaustag": (12, 6, 12, 6),
    "christmas eve": (12, 24, 12, 24),
    "heiligabend": (12, 24, 12, 24),
    "heiliger abend": (12, 24, 12, 24),
    "christmas day": (12, 25, 12, 25),
    "christmas": (12, 24, 12, 25),
    "xmas": (12, 24, 12, 25),
    "weihnachten": (12, 24, 12, 26),
    "weihnachtsfeiertage": (12, 25, 12, 26),
    "weihnachtsfeiertagen": (12, 25, 12, 26),
    "boxing day": (12, 26, 12, 26),
    "zwischen den jahren": (12, 27, 12, 31),
    "new year's eve": (12, 31, 12, 31),
    "new years eve": (12, 31, 12, 31),
    "silvester": (12, 31, 12, 31),
}

# Days after Easter Sunday of the first and the last day.
_BY_EASTER = {
    "rose monday": (-48, -48),
    "rosenmontag": (-48, -48),
    "shrove tuesday": (-47, -47),
    "pancake day": (-47, -47),
    "mardi gras": (-47, -47),
    "faschingsdienstag": (-47, -47),
    "carnival": (-52, -46),
    "karneval": (-52, -46),
    "fasching": (-52, -46),
    "ash wednesday": (-46, -46),
    "aschermittwoch": (-46, -46),
    "palm sunday": (-7, -7),
    "palmsonntag": (-7, -7),
    "maundy thursday": (-3, -3),
    "gründonnerstag": (-3, -3),
    "good friday": (-2, -2),
    "karfreitag": (-2, -2),
    "easter": (-2, 1),
    "ostern": (-2, 1),
    "osterfeiertage": (-2, 1),
    "osterfeiertagen": (-2, 1),
    "easter sunday": (0, 0),
    "ostersonntag": (0, 0),
    "easter monday": (1, 1),
    "ostermontag": (1, 1),
    "ascension day": (39, 39),
    "christi himmelfahrt": (39, 39),
    "himmelfahrt": (39, 39),
    "vatertag": (39, 39),
    "pentecost": (48, 50),
    "whitsun": (48, 50),
    "pfingsten": (48, 50),
    "whit monday": (50, 50),
    "pfingstsonntag": (49, 49),
    "pfingstmontag": (50, 50),
    "corpus christi": (60, 60),
    "fronleichnam": (60, 60),
}

# Month, weekday (Monday 0) and which of them; the days after it that belong to it.
_BY_WEEKDAY = {
    "thanksgiving": (11, 3, 4, 0),
    "black friday": (11, 3, 4, 1),
}

CORES = {
    "easter": "easter sunday",
    "ostern": "ostersonntag",
    "pentecost": "pfingstsonntag",
    "whitsun": "pfingstsonntag",
    "pfingsten": "pfingstsonntag",
}
"""The day that "the week before" is counted from, where the feast itself begins earlier."""

FEASTS = (*_FIXED, *_BY_EASTER, *_BY_WEEKDAY)
"""All names, in lower case."""


def feast(name: str, year: int) -> tuple[date, date]:
    """First and last day of a feast in a year."""
    if name in _FIXED:
        month, day, last_month, last_day = _FIXED[name]
        return date(year, month, day), date(year, last_month, last_day)
    if name in _BY_EASTER:
        first, last = _BY_EASTER[name]
        return easter(year) + timedelta(days=first), easter(year) + timedelta(days=last)
    month, weekday, which, after = _BY_WEEKDAY[name]
    found = nth_weekday(year, month, weekday, which) + timedelta(days=after)
    return found, found


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The first (1) to fifth of a weekday in a month, or the last (-1); ValueError where there is none."""
    if which < 0:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    if found.month != month:
        raise ValueError
    return found


def easter(year: int) -> date:
    """Easter Sunday of the western churches: the Gregorian computus (J. Meeus, Astronomical Algorithms)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    month, day = divmod(moon + to_sunday - 7 * ((golden + 11 * moon + 22 * to_sunday) // 451) + 114, 31)
    return date(year, month, day + 1)
