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
            "a an one einem einer einen ein eine eins",
            "two zwei couple",
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
} | {"twenty": 20, "zwanzig": 20, "fourteen": 14, "vierzehn": 14}

HALVES = {
    "half an": 0.5,
    "half a": 0.5,
    "einer halben": 0.5,
    "einem halben": 0.5,
    "one and a half": 1.5,
    "two and a half": 2.5,
    "and a half": 1.5,
    "anderthalb": 1.5,
    "eineinhalb": 1.5,
    "zweieinhalb": 2.5,
}

# At least and at most so many.
FEW = {
    "a few": (2, 6),
    "few": (2, 6),
    "a couple of": (1.5, 3),
    "some": (2, 8),
    "several": (3, 9),
    "many": (6, 30),
    "ein paar": (2, 5),
    "paar": (2, 5),
    "einigen": (2, 8),
    "mehreren": (3, 9),
    "vielen": (6, 30),
}

# Which of several, counted from 1; -1 is the last one.
ORDINALS = {
    name: number
    for number, names in (
        (1, "first 1st erste ersten erster"),
        (2, "second 2nd zweite zweiten zweiter"),
        (3, "third 3rd dritte dritten dritter"),
        (4, "fourth 4th vierte vierten vierter"),
        (5, "fifth 5th fünfte fünften fünfter"),
        (-1, "last final letzte letzten letzter"),
    )
    for name in names.split()
}

# How many back: of days, weeks, months, quarters, years.
BACK = {
    name: number
    for number, names in (
        (0, "this current the diese dieser diesen dieses diesem der des laufenden"),
        (1, "last past previous letzte letzter letzten letztes letztem vorige voriger vorigen voriges"),
        (1, "vergangene vergangener vergangenen vergangenes"),
        (2, "vorletzte vorletzter vorletzten vorletztes"),
    )
    for name in names.split()
}

# Meteorological, of the northern hemisphere: the first month.
SEASONS = {
    "spring": 3,
    "springtime": 3,
    "frühling": 3,
    "frühjahr": 3,
    "summer": 6,
    "summertime": 6,
    "sommer": 6,
    "autumn": 9,
    "fall": 9,
    "herbst": 9,
    "winter": 12,
    "wintertime": 12,
}

# Thirds and halves of a stretch: where they begin and end, as shares of it.
SHARES = {
    "early": (0, 1 / 3),
    "the beginning of": (0, 1 / 3),
    "beginning of": (0, 1 / 3),
    "the start of": (0, 1 / 3),
    "start of": (0, 1 / 3),
    "anfang": (0, 1 / 3),
    "beginn": (0, 1 / 3),
    "mid": (1 / 3, 2 / 3),
    "middle of": (1 / 3, 2 / 3),
    "the middle of": (1 / 3, 2 / 3),
    "mitte": (1 / 3, 2 / 3),
    "late": (2 / 3, 1),
    "later": (2 / 3, 1),
    "the end of": (2 / 3, 1),
    "end of": (2 / 3, 1),
    "ende": (2 / 3, 1),
    "the first half of": (0, 1 / 2),
    "first half of": (0, 1 / 2),
    "erste hälfte": (0, 1 / 2),
    "ersten hälfte": (0, 1 / 2),
    "the second half of": (1 / 2, 1),
    "second half of": (1 / 2, 1),
    "zweite hälfte": (1 / 2, 1),
    "zweiten hälfte": (1 / 2, 1),
}

# Minutes after midnight. Day parts overlap on purpose: people draw these lines differently.
DAY_PARTS = {
    "small hours": (0, 5 * 60),
    "early morning": (4 * 60, 9 * 60),
    "late morning": (9 * 60 + 30, 12 * 60 + 30),
    "mid-morning": (9 * 60, 11 * 60 + 30),
    "morning": (5 * 60, 12 * 60),
    "noon": (11 * 60 + 30, 13 * 60 + 30),
    "midday": (11 * 60 + 30, 13 * 60 + 30),
    "lunchtime": (11 * 60 + 30, 14 * 60),
    "early afternoon": (12 * 60, 15 * 60),
    "late afternoon": (15 * 60, 18 * 60 + 30),
    "afternoon": (12 * 60, 18 * 60),
    "early evening": (16 * 60 + 30, 20 * 60),
    "late evening": (20 * 60, 25 * 60),
    "evening": (17 * 60, 24 * 60),
    "night": (20 * 60, 28 * 60),
    "frühmorgens": (4 * 60, 9 * 60),
    "früh": (4 * 60, 10 * 60),
    "frueh": (4 * 60, 10 * 60),
    "morgens": (5 * 60, 12 * 60),
    "vormittags": (8 * 60, 12 * 60 + 30),
    "vormittag": (8 * 60, 12 * 60 + 30),
    "mittags": (11 * 60 + 30, 13 * 60 + 30),
    "mittag": (11 * 60 + 30, 13 * 60 + 30),
    "nachmittags": (12 * 60, 18 * 60),
    "nachmittag": (12 * 60, 18 * 60),
    "spätnachmittag": (15 * 60, 18 * 60 + 30),
    "abends": (17 * 60, 24 * 60),
    "abend": (17 * 60, 24 * 60),
    "nachts": (20 * 60, 28 * 60),
    "nacht": (20 * 60, 28 * 60),
    "morgen": (5 * 60, 12 * 60),
}

# What people do every day; it names today where no day is named.
MEALS = {
    "before breakfast": (4 * 60, 9 * 60),
    "at breakfast": (6 * 60, 10 * 60),
    "over breakfast": (6 * 60, 10 * 60),
    "after breakfast": (7 * 60, 11 * 60),
    "before lunch": (9 * 60, 13 * 60),
    "before the lunch break": (9 * 60, 13 * 60),
    "over lunch": (11 * 60 + 30, 14 * 60),
    "at lunch": (11 * 60 + 30, 14 * 60),
    "during lunch": (11 * 60 + 30, 14 * 60),
    "after lunch": (12 * 60 + 30, 15 * 60),
    "after the lunch break": (12 * 60 + 30, 15 * 60),
    "before dinner": (16 * 60, 20 * 60),
    "over dinner": (18 * 60, 21 * 60),
    "at dinner": (18 * 60, 21 * 60),
    "after dinner": (18 * 60 + 30, 24 * 60),
    "after work": (16 * 60 + 30, 24 * 60),
    "before work": (4 * 60, 10 * 60),
    "vor dem frühstück": (4 * 60, 9 * 60),
    "beim frühstück": (6 * 60, 10 * 60),
    "nach dem frühstück": (7 * 60, 11 * 60),
    "vor dem mittagessen": (9 * 60, 13 * 60),
    "vor der mittagspause": (9 * 60, 13 * 60),
    "beim mittagessen": (11 * 60 + 30, 14 * 60),
    "in der mittagspause": (11 * 60 + 30, 14 * 60),
    "nach dem mittagessen": (12 * 60 + 30, 15 * 60),
    "nach der mittagspause": (12 * 60 + 30, 15 * 60),
    "vor dem abendessen": (16 * 60, 20 * 60),
    "beim abendessen": (18 * 60, 21 * 60),
    "nach dem abendessen": (18 * 60 + 30, 24 * 60),
    "nach feierabend": (16 * 60 + 30, 24 * 60),
    "nach der arbeit": (16 * 60 + 30, 24 * 60),
    "vor der arbeit": (4 * 60, 10 * 60),
}

# The minute that these name, where a span begins or ends with them.
POINTS = {"noon": 720, "midday": 720, "mittag": 720, "midnight": 1440, "mitternacht": 1440}

# Seconds in a unit, and how far off "n units ago" may be by itself (seconds).
UNITS = {
    "second": (1, 60),
    "minute": (60, 300),
    "hour": (3600, 1800),
    "day": (86400, 0),
    "week": (7 * 86400, 3 * 86400),
    "fortnight": (14 * 86400, 3 * 86400),
    "weekend": (7 * 86400, 3 * 86400),
    "month": (30 * 86400, 15 * 86400),
    "quarter": (91 * 86400, 45 * 86400),
    "year": (365 * 86400, 120 * 86400),
}

UNIT_WORDS = {
    name: unit
    for unit, names in (
        ("second", "second seconds sec secs sekunde sekunden"),
        ("minute", "minute minutes min mins minuten"),
        ("hour", "hour hours hr hrs h stunde stunden std"),
        ("day", "day days tag tage tagen tages"),
        ("week", "week weeks woche wochen"),
        ("fortnight", "fortnight fortnights"),
        ("weekend", "weekend weekends wochenende wochenenden wochenendes"),
        ("month", "month months monat monate monaten monats"),
        ("quarter", "quarter quarters quartal quartale quartalen quartals"),
        ("year", "year years jahr jahre jahren jahres"),
    )
    for name in names.split()
}
