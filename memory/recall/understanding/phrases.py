"""Rules for time phrases in English and German: a pattern, and the days, hours or span that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from memory.recall.language.calendar import (
    BACK,
    DAY_PARTS,
    FEW,
    HALVES,
    MEALS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SHARES,
    SHORT_WEEKDAYS,
    UNIT_WORDS,
    WEEKDAYS,
)
from memory.recall.language.feasts import FEASTS
from memory.recall.understanding import clocks, days
from memory.recall.understanding.days import LATELY, NAMED_DAYS, Groups
from memory.recall.understanding.spans import Piece

Says = Callable[[Groups, datetime], Piece | None]


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of these, the longest first."""
    return "|".join(
        re.escape(w).replace(
            r"\ ",
            r""
            r"\s+",
        )
        for w in sorted(words, key=len, reverse=True)
    )


def _units(*names: str) -> str:
    return any_of(word for word, unit in UNIT_WORDS.items() if unit in names)


def _after(words: str) -> str:
    """A pattern of the place after one of these words, which are left to be seen."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words.split()) + ")"


_ALONE = [word for word in NAMED_DAYS if word not in ("this", "last", "diesen", "diese")]
_BEFORE_NOW = [word for word, back in BACK.items() if back or word not in ("the", "der", "des")]

# What patterns are made of; a name in angle brackets stands for its entry.
_PIECES = {
    "LED": r"(?:\b(?:on|at|in|during|over|from|of|for|am|an|im|in|vom|von|zu|über|während)\s+)?"
    r"(?:\b(?:the|den|dem|der|die|das|des)\s+)?",
    "AFTER": _after(
        "in im during over of from since until till before after around about last this by throughout"
        " seit bis vor nach ab um vom von gegen sometime irgendwann"
    ),
    "SINCE": _after("since until till before after seit bis vor nach"),
    "ABOUT": r"(?:(?P<about>around|about|roughly|approximately|towards|gegen|ungefähr|etwa|circa|ca\.?|so um)"
    r"\s+)?",
    "NUM": rf"(?P<n>\d{{1,3}}|{any_of(NUMBERS)})",
    "MANY": rf"(?:(?P<halved>{any_of(HALVES)})|(?P<few>{any_of(FEW)})|(?P<decimal>\d{{1,2}}[.,]\d)"
    rf"|(?P<n>\d{{1,3}}|{any_of(NUMBERS)})(?:\s+of)?)",
    "UNIT": rf"(?P<unit>{any_of(UNIT_WORDS)})\b",
    "WEEKS": rf"(?P<unit>{_units('week', 'weekend', 'month', 'quarter', 'year')})\b",
    "MONTH": rf"(?P<month>{any_of(MONTHS)})\b\.?",
    "SEASON": rf"(?P<season>{any_of(SEASONS)})\b",
    "FEAST": rf"(?P<feast>{any_of(FEASTS)})\b",
    "QUARTER": rf"(?:q(?P<q>[1-4])\b|(?P<nth>{any_of(w for w, n in ORDINALS.items() if n > 0)})\s+"
    r"(?:quarter|quartal)\b)",
    "WEEKDAY": rf"(?P<weekday>{any_of(WEEKDAYS)})",
    "PART": rf"(?P<part>{any_of(DAY_PARTS)})\b",
    "YEAR": r"(?:,?\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b"
    r"|\s+(?:of\s+)?(?P<yearback>last|this|letzten|vorigen|dieses|vorletzten|letztes|voriges)\s+"
    r"(?:year|jahres|jahr)\b)?",
    "LAST": rf"(?P<last>{any_of(_BEFORE_NOW)})",
    "THE": rf"(?P<last>{any_of(BACK)})",
    "SHARE": rf"(?P<share>{any_of(SHARES)})",
    "WHICH": rf"(?P<which>{any_of(ORDINALS)})",
    "DATE": r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?",
    "TO": r"(?:-|–|to|until|till|through|and|und|bis)",
    "NEXT": r"(?:next|coming|following|nächste[nrsm]?|kommende[nrsm]?|übernächste[nrsm]?)",
    "HALF": r"(?P<half>am\b|pm\b|a\.m\.|p\.m\.|uhr\b|o'clock\b)",
    "MINUTE": r"(?:[:.](?P<m>\d\d)(?::\d\d)?)?",
    "HOUR": rf"(?P<h>\d{{1,2}}(?!\d)|(?:{any_of(clocks.CLOCK_WORDS)})\b)",
    "SIDE": r"\b(?:(?P<near>just|shortly|right|kurz)"
    r"\s+)?(?P<side>before|after|until|till|vor|nach|bis)",
    "SPOKEN": rf"(?P<how>{any_of(clocks.SPOKEN)})",
    "BESIDE": rf"(?P<how>(?:\d{{1,2}}|{any_of(clocks.CLOCK_WORDS)}|twenty|zwanzig)"
    rf"(?: minuten?| minutes?)?"
    r" (?:past|to|nach|vor)(?: halb)?)",
    "CLOSE": r"(?=\s*(?:$|[^\w\s]|"
    r"\b(?:about|when|while|with|on|for|in|at|and|or|to|until|i|we|the|my|a|an|did|was"
    r"|were|of|herum|rum|und|oder|bis|ich|wir|der|die"
    r"|das|den|dem|mit|habe|hab|war|20\d\d)\b))",
    "END": r"(?=\s*(?:$|[\x00?.,;:!)]|(?:on|am|this|last|in|did|was|were|i|ich|habe|hab|war)\b))",
}

# In order: the words of an earlier rule are kept from the later ones. Patterns see lower case.
_DAYS: tuple[tuple[str, Says], ...] = (
    # dates
    (r"<LED>\b(?P<y>(?:19|20)\d\d)[-/](?P<month>\d\d)[-/](?P<d>\d\d)(?:t(?=\d)|\b)", days.on_date),
    (r"<LED>\b(?P<d>\d{1,2})/(?P<d1>\d{1,2})/(?P<y>(?:20)?\d\d)\b", days.slashed),
    (
        r"\b<NEXT>\s+(?:<WEEKDAY>s?\b|<UNIT>|(?:<MONTH>|<SEASON>))|"
        r"\b(?:tomorrow|übermorgen)\b",
        days.ahead,
    ),
    (
        r"\b(?:every|each|jede[nrsm]?)\s+<WEEKDAY>s?\b|\bon\s+"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
        r"|\b(?:montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags)\b",
        days.ahead,
    ),
    (r"\b(?:in|within)\s+<NUM>\s+<UNIT>(?!\s+ago)(?:\s+time\b)?<END>", days.ahead),
    (
        r"<LED>\b(?:week of|woche (?:vom|um den|von|ab dem))\s+(?:the\s+)?(?:<DATE>\s+(?:of\s+)?"
        r"<MONTH>|<FEAST>)<YEAR>",
        days.week_of,
    ),
    (r"<LED>\b(?:week of)\s+<MONTH>\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\b<YEAR>", days.week_of),
    (
        r"<LED>\b(?:weekend of|wochenende (?:vom|um den))\s+(?:the\s+)?<DATE>\s+(?:of\s+)?<MONTH>"
        r"<YEAR>",
        days.weekend_of,
    ),
    (r"<LED>\b<FEAST>\s+week\b", days.week_of),
    (
        r"<LED>\b(?:calendar week|week|kw|kalenderwoche)\s+(?P<d>\d{1,2})\b(?!:)(?:(?:"
        r"\s+of|/)?\s*(?P<y>20\d\d)\b)?",
        days.week_number,
    ),
    (
        r"<LED>(?:\b(?P<weekday>" + any_of(WEEKDAYS) + r")|(?:\b<NUM>\s+)?"
        r"\b(?P<offset>" + any_of(UNIT_WORDS) + r"))\s+"
        r"(?P<relation>before|after|vor|nach)\s+(?:the\s+|dem\s+|der\s+)?(?:<FEAST>|<DATE>\s+"
        r"(?:of\s+)?<MONTH>)<YEAR>",
        days.beside,
    ),
    (
        r"<LED>\b(?P<d1>\d{1,2})(?:st|nd|rd|th|\.)?\s*<TO>\s*(?:(?:the|dem|den|zum)\s+)*<DATE>\s+"
        r"(?:of\s+)?<MONTH><YEAR>",
        days.date_range,
    ),
    (
        r"<LED>\b<MONTH>\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s*<TO>\s*<DATE>\b(?!:)"
        r"<YEAR>",
        days.date_range,
    ),
    (
        r"<LED>\b(?P<d1>\d{1,2})\.\s*<TO>\s*(?P<d>\d{1,2})\.(?P<month>\d{1,2})\.(?:(?P<y>"
        r"(?:20)?\d\d)\b)?",
        days.date_range,
    ),
    (r"<LED>\b<DATE>\s+(?:of\s+)?<MONTH><YEAR>", days.on_date),
    (r"<LED>\b<MONTH>\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?!:)<YEAR>", days.on_date),
    (r"<LED>\b(?P<d>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<y>(?:20)?\d\d)\b)?", days.on_date),
    (r"(?:<SINCE>|\bon\s+)the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)\b<END>", days.of_this_month),
    (
        r"(?:<SINCE>(?:dem\s+|zum\s+)?|\bam\s+)(?P<d>\d{1,2})\.(?=\s*"
        r"(?:$|[?,;!]))",
        days.of_this_month,
    ),
    # parts of weeks, months, seasons, years
    (
        r"<LED>\b<SHARE>[\s-]+(?:(?:the|im|in|vom)\s+)?(?:<THE>\s+)?(?:<MONTH>|<SEASON>|<WEEKS>|"
        r"<QUARTER>)<YEAR>",
        days.part_of,
    ),
    (r"<LED>\b<SHARE>\s+(?:des jahres\s+)?(?P<y>20\d\d)\b", days.part_of),
    (
        r"<LED>\b<WHICH>\s+(?:week|woche|<WEEKDAY>)\s+(?:of|in|im|des)\s+(?:the\s+)?<MONTH>"
        r"<YEAR>",
        days.nth_of,
    ),
    (r"<LED>\b<WHICH>\s+(?P<month>" + any_of(MONTHS) + r")woche\b<YEAR>", days.nth_of),
    # months, seasons, quarters, years, feasts
    (
        r"<LED>\b(?P<yearback>last|this|letztes|dieses|voriges|vorletztes)\s+(?:year|jahr),?\s+"
        r"(?:in|im|at|on|an|zu|am)\s+"
        r"(?:<MONTH>|<SEASON>|<FEAST>)",
        days.period,
    ),
    (r"<LED>\b<LAST>\s+(?:<MONTH>|<SEASON>|<FEAST>)", days.period),
    (r"<AFTER><MONTH><YEAR>", days.period),
    (
        r"\b<MONTH>(?=,?\s+(?:of\s+)?(?:20\d\d|last year|this year|letzten jahres|dieses jahres))"
        r"<YEAR>",
        days.period,
    ),
    (r"<AFTER>(?:(?:the|dem|den|der)\s+)?(?!(?<=im )fall)<SEASON><CLOSE><YEAR>", days.period),
    (r"\b<SEASON>(?=\s+(?:of\s+)?20\d\d)<YEAR>", days.period),
    (r"<LED>\b<QUARTER><YEAR>", days.period),
    (r"\bquartal\s+(?P<q>[1-4])\b<YEAR>", days.period),
    (r"<LED>\b<FEAST><CLOSE><YEAR>", days.period),
    (r"<AFTER>(?:(?:the year|jahr|jahre)\s+)?(?P<y>20\d\d)\b(?![-/:.,]\d)", days.period),
    # days by name
    (r"\bearlier\s+(?:today|<LAST>\s+<WEEKS>)", days.earlier),
    (r"\b<NUM>\s+weeks?\s+ago\s+(?P<day>today|yesterday)\b", days.weeks_before_day),
    (
        r"\b(?P<day>today|yesterday|heute|gestern)\s+(?:vor\s+)?<NUM>\s+(?:weeks?|wochen?)\b(?:"
        r"\s+ago\b)?",
        days.weeks_before_day,
    ),
    (
        r"\b(?:last\s+night|overnight|over\s+night|letzte\s+nacht|gestern\s+nacht|(?P<day>heute)"
        r"\s+nacht)\b(?:'s)?",
        days.last_night,
    ),
    (r"\btonight\b", days.tonight),
    (
        r"\b(?P<day>last(?=\s+evening\b)|(?:this|diesen?)(?=\s+"
        r"(?:" + any_of(DAY_PARTS) + r")\b))",
        days.named_day,
    ),
    (
        rf"<LED>"
        rf"\b(?P<day>{any_of(_ALONE)})\b(?:'s)?",
        days.named_day,
    ),
    # so long ago
    (r"<LED>\b<NUM>\s+<WEEKDAY>s\s+ago\b", days.weekday),
    (r"<LED>\b<WEEKDAY>\s+before\s+(?P<again>last)\b", days.weekday),
    (r"\bvor\s+<NUM>\s+<WEEKDAY>en\b", days.weekday),
    (r"<LED>\b<WEEKS>\s+before\s+(?P<again>last)\b", days.period),
    (r"\b<ABOUT>(?:<MANY>\s+)<UNIT>\s+ago\b", days.ago),
    (r"\ban?\s+<UNIT>\s+(?P<halved>and a half)\s+ago\b", days.ago),
    (r"\bvor\s+<ABOUT><MANY>\s+<UNIT>", days.ago),
    (
        r"\b(?:(?:in|within|over|during|for)\s+)?(?:(?:the|den|der|die)\s+)?"
        r"(?:last|past|letzten|vergangenen)\s+<MANY>\s+<UNIT>",
        days.past,
    ),
    (
        r"\b(?:(?:in|within|over|during)\s+the\s+(?:last|past)|in\s+der\s+letzten)"
        r"\s+(?P<unit>" + _units("minute", "hour") + r")\b",
        days.past,
    ),
    (r"<LED>\b<LAST>\s+<WEEKS>(?:'s)?", days.period),
    (r"\b(?:at|on|over|am|übers|during)\s+(?:the\s+)?(?P<unit>weekend|wochenende)\b", days.period),
    (r"\b(?:just now|a moment ago|a minute ago|gerade eben|vorhin|eben gerade)\b", days.just_now),
    (rf"\b(?P<lately>{any_of(LATELY)})\b", days.lately),
    # weekdays
    (r"<LED>(?:\b<LAST>\s+)?\b<WEEKDAY>(?=" + any_of(DAY_PARTS) + r")", days.weekday),
    (r"<LED>(?:\b<LAST>\s+)?\b<WEEKDAY>s?(?:'s)?\b", days.weekday),
    (
        rf"\b(?:on|last|this)"
        rf"\s+(?P<weekday>{any_of(w for w in SHORT_WEEKDAYS if len(w) > 2)})\b\.?",
        days.weekday,
    ),
    (
        rf"\b(?:am|seit|bis)\s+(?P<weekday>{any_of(w for w in SHORT_WEEKDAYS if len(w) == 2)})"
        rf"\b(?:\.|<END>)",
        days.weekday,
    ),
)

_HOURS: tuple[tuple[str, Says], ...] = (
    (rf"\b(?:(?:just|right|shortly|kurz|direkt)\s+)?(?P<meal>{any_of(MEALS)})\b", clocks.meal),
    (r"\b(?P<side>before|after|vor|nach)\s+(?:midnight|mitternacht)\b", clocks.midnight),
    (r"\b(?:(?:at|um|around|about|gegen)\s+)?(?:midnight|mitternacht)\b", clocks.midnight),
    (
        r"\b(?:between|from|zwischen|von)\s+(?:<SPOKEN>\s+)?<HOUR><MINUTE>\s*<HALF>?\s*<TO>\s*"
        r"(?:(?P<how2>" + any_of(clocks.SPOKEN) + r")\s+)?(?P<h2>\d{1,2}(?!\d)|"
        r"(?:"
        + any_of(clocks.CLOCK_WORDS)
        + r")\b)(?:[:.](?P<m2>\d\d))?\s*(?P<half2>am\b|pm\b|a\.m\.|p\.m\.|uhr\b|o'clock\b)?"
        r"<END>",
        clocks.between,
    ),
    (
        r"(?:<SINCE>|\b(?:at|um|(?P<about>around|about|gegen|so um))\s+)<BESIDE>\s+<HOUR>(?:\s*"
        r"<HALF>)?",
        clocks.clock,
    ),
    (r"<SIDE>\s+<SPOKEN>\s+<HOUR>\s*<HALF>?", clocks.side),
    (r"(?:\b(?:at|um)\s+)?\b<ABOUT><SPOKEN>\s+<HOUR>(?:\s*<HALF>)?", clocks.clock),
    (r"<SIDE>\s+<HOUR><MINUTE>\s*(?:<HALF>|(?<=:\d\d)|<END>)", clocks.side),
    (r"(?:\b(?:at|um)\s+)?\b<ABOUT>(?P<h>\d{1,2})\s*(?:uhr|h)\s*(?P<m>\d\d)\b", clocks.clock),
    (r"(?:\b(?:at|um)\s+)?\b<ABOUT><HOUR><MINUTE>\s*<HALF>", clocks.clock),
    (r"(?:\b(?:at|um)\s+)?\b<ABOUT>(?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?\b", clocks.clock),
    (r"(?:<SINCE>|\b(?:at|um|(?P<about>around|about|gegen|so um))\s+)<HOUR><END>", clocks.clock),
    # The part of a day that is named beside it, or with a word that makes it a time.
    (
        r"(?<=\x00)[\s,]*(?:\b(?:(?:late|early|spät|früh)\s+)?(?:in|at|am|im|during)\s+)?(?:"
        r"(?:the|der)\s+)?<PART>(?:'s)?",
        clocks.part,
    ),
    (
        r"(?:\b(?:late|early|spät|früh)\s+)?(?:\b(?:on|in|at|am)\s+)?(?:\b(?:the|der)\s+)?\b"
        r"<PART>(?=\s*\x00)",
        clocks.part,
    ),
    (
        r"(?:\b(?:late|early|spät|früh)\s+)?\b(?:in\s+(?:the|der)|at|am|zu|gegen|during\s+the)"
        r"\s+(?!morgen\b)<PART>",
        clocks.part,
    ),
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<([A-Z]+)>", lambda name: _PIECES[name[1]], pattern))


RULES: tuple[tuple[re.Pattern[str], Says], ...] = tuple(
    (_compiled(pattern), says) for pattern, says in (*_DAYS, *_HOURS)
)
