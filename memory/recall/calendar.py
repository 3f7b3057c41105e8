"""The words people use for time, in English and German: months, weekdays, numbers, parts of a day, units."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner",
            "february feb februar",
            "march mar märz maerz mär",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag",
            "tuesday dienstag",
            "wednesday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag sonnabend",
            "sunday sonntag",
        )
    )
    for name in names.split()
}

SHORT_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon mo", "tue tues di", "wed mi", "thu thur thurs do", "fri fr", "sat sa", "sun so")
    )
    for name in names.split()
}

NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "",
            "a an one einem einer ein eine eins",
            "two zwei couple paar",
            "three drei",
            "four vier",
            "five fünf fuenf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
            "eleven elf",
            "twelve zwölf zwoelf",
        )
    )
    for name in names.split()
}

# Minutes after midnight. Day parts overlap on purpose: people draw these lines differently.
DAY_PARTS = {
    "early morning": (4 * 60, 9 * 60),
    "morning": (5 * 60, 12 * 60),
    "before lunch": (9 * 60, 13 * 60),
    "noon": (11 * 60 + 30, 13 * 60 + 30),
    "midday": (11 * 60 + 30, 13 * 60 + 30),
    "lunchtime": (11 * 60 + 30, 14 * 60),
    "over lunch": (11 * 60 + 30, 14 * 60),
    "at lunch": (11 * 60 + 30, 14 * 60),
    "after lunch": (12 * 60 + 30, 15 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (17 * 60, 24 * 60),
    "night": (20 * 60, 24 * 60),
    "früh": (4 * 60, 10 * 60),
    "frueh": (4 * 60, 10 * 60),
    "vormittag": (8 * 60, 12 * 60 + 30),
    "vor dem mittagessen": (9 * 60, 13 * 60),
    "vor der mittagspause": (9 * 60, 13 * 60),
    "nach dem mittagessen": (12 * 60 + 30, 15 * 60),
    "nach der mittagspause": (12 * 60 + 30, 15 * 60),
    "mittags": (11 * 60 + 30, 13 * 60 + 30),
    "mittag": (11 * 60 + 30, 13 * 60 + 30),
    "nachmittag": (12 * 60, 18 * 60),
    "abend": (17 * 60, 24 * 60),
    "nacht": (20 * 60, 24 * 60),
    "morgen": (5 * 60, 12 * 60),
}

# Seconds in a unit, and how far off "n units ago" may be by itself (seconds).
UNITS = {
    "second": (1, 60),
    "minute": (60, 300),
    "hour": (3600, 1800),
    "day": (86400, 0),
    "week": (7 * 86400, 3 * 86400),
    "month": (30 * 86400, 15 * 86400),
    "year": (365 * 86400, 120 * 86400),
}

UNIT_WORDS = {
    "second": "second",
    "seconds": "second",
    "sekunde": "second",
    "sekunden": "second",
    "minute": "minute",
    "minutes": "minute",
    "min": "minute",
    "mins": "minute",
    "minuten": "minute",
    "hour": "hour",
    "hours": "hour",
    "stunde": "hour",
    "stunden": "hour",
    "day": "day",
    "days": "day",
    "tag": "day",
    "tage": "day",
    "tagen": "day",
    "week": "week",
    "weeks": "week",
    "woche": "week",
    "wochen": "week",
    "month": "month",
    "months": "month",
    "monat": "month",
    "monate": "month",
    "monaten": "month",
    "year": "year",
    "years": "year",
    "jahr": "year",
    "jahre": "year",
    "jahren": "year",
}
